"""Lists that several desks share."""
