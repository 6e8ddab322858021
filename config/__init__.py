"""When and where: notices and per-city schedules, working days, regions, settings. Knows nobody."""
