"""What an admin sees while mails wait for review: those that the demonstration leaves for the morning."""

from shot import Shot

REVIEW = (Shot(name="outbox", who="admin", path="/mails?box=draft", height=760),)
