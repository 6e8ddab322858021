"""Drafting: from a Reading, and what a person decided of it, to the YAML file of a notice. Pure."""
