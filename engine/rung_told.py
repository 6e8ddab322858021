"""A rung as it is told: the date it counts from and its working days, for faces to put into words."""

from dataclasses import dataclass

from config.schedule import Milestone


@dataclass(frozen=True, slots=True, kw_only=True)
class RungTold:
    """One rung. ``on`` is the date it counts from (opens or due); empty where it has no place in a ladder."""

    key: str
    on: str = ""
    offset: int = 0


def rung_told(milestone: Milestone | None, key: str) -> RungTold:
    """Return a rung of a milestone by its key; one that the ladder no longer has keeps its key alone."""
    ladder = milestone.ladder if milestone else ()
    found = next((rung for rung in ladder if rung.key == key), None)
    return RungTold(key=key, on=found.on, offset=found.offset) if found else RungTold(key=key)
