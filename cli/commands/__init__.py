"""The commands, one module for each first word or few; imported only when used."""
