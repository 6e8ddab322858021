"""The page of one case, which all desks share, and what is done there."""
