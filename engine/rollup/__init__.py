"""Rolling up: all that a region did for a notice, collected into one package for the level above."""
