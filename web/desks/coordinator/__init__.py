"""The pages of the coordinator: what do I owe, by when, what is missing."""
