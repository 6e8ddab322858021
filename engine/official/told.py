"""What became of an official sheet: what was entered, what was changed, what to know of it."""

from dataclasses import dataclass

from config.schedule import Name
from engine.drafts import Saved


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One place of one activity: what it said, and what the sheet says."""

    ref: str
    title: str
    heading: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """One new activity as it was understood; ``row`` is its row, or which document it is."""

    row: int
    title: str
    period: str
    place: str
    unit: str
    region: str
    contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a sheet: numbers of activities; the new ones, what changed of others; what to know."""

    saved: Saved
    entered: tuple[Entered, ...] = ()
    changes: tuple[Changed, ...]
    notes: tuple[Name, ...]
