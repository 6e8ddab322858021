"""Notices being read: a document's text and what a person decided of it, until it is in force."""
