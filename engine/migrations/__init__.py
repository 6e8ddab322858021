"""The database's schema, step by step. Run by ``engine.schema`` only."""
