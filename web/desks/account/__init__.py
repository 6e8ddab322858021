"""The pages of everybody: signing in and out, the own account."""
