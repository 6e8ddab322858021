"""The pages, by whose desk they are."""
