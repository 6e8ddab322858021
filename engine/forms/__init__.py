"""Forms that people fill in on a page: saved as they type, handed in as a material of the case."""
