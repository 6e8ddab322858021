"""Notices and their schedules: looking, editing, planning, applying, comparing versions."""
