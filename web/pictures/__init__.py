"""Pictures that the server makes: pure functions of plain data, each with a table of the same numbers."""
