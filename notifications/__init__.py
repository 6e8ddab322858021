"""How people are told: pure rendering and mail transport. Knows no database."""
