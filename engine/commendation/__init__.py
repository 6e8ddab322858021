"""Commending: who did best by the notice's criteria, adjusted by people, decided by two admins."""
