"""Official sheets: blank, filled from cases, read back, given back marked. What they look like is data."""
