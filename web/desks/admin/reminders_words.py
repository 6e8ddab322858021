"""What a rung is called on a page."""

from engine.rung_told import RungTold
from web.pictures.ladder import rung_name
from web.words import said

_OWN = {"entered": "reminders.rung_entered", "closing": "reminders.rung_closing"}


def rung_said(rung: RungTold, lang: str) -> str:
    """Return the name of a rung, such as 提前 3 个工作日; its key where nothing else is known of it."""
    if rung.key in _OWN:
        return said(_OWN[rung.key], lang)
    return rung_name(rung.on, rung.offset, lang) if rung.on else rung.key
