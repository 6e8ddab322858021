"""The pages of the admin: who is late, what is sent when, who is who."""
