"""Sheets that people fill in: CSV and XLSX read into drafts, and written so that nothing in them becomes live."""
