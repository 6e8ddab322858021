"""The pages on which commendations are drawn up, adjusted and decided by two admins."""
