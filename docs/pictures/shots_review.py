"""What an admin sees once mails wait for review: the last of the pictures, for it changes the season."""

from datetime import UTC, datetime

from shot import Shot, press
from shots_admin import NOTICE
from stage import Stage

_MORNING = datetime(2023, 9, 26, 1, 2, tzinfo=UTC)


def _next_morning(stage: Stage) -> str:
    """Ask for review today, let the night pass and the reminders of the morning fall due."""
    page = stage.window("admin", 1080)
    page.goto(f"{NOTICE}/edit")
    page.check("[name=review]")
    press(page, stage.say("notices.to_plan"))
    page.fill("[name=reason]", "发出前先看一遍" if stage.lang == "zh" else "We look at them first.")
    press(page, stage.say("notices.apply"))
    stage.clock.now = _MORNING
    stage.runner.tick()
    stage.windows.clear()  # nobody stays signed in over night
    return "/mails?box=draft"


REVIEW = (Shot(name="outbox", who="admin", path=_next_morning, height=760),)
