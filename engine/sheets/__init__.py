"""Sheets that people fill in: CSV and XLSX, read into drafts, and written so that no text becomes live."""
