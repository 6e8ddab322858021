"""What happens: the only room that opens the database or reads the clock."""
