"""Uploads: files and links from people, taken in so that nothing in them can do harm."""
