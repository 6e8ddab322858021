"""Places and values of schedules as the pages say them: no key and no raw date in front of a person."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from cli.words import lang, say
from config.schedule import Schedule
from engine.schedule_diff import FieldChange

if TYPE_CHECKING:
    from web.desks.notices.wording import Wording

_EVERY_YEAR = 0  # the year that needs no saying: none, two versions may be of different ones


def changed_rows(fields: Iterable[FieldChange], schedules: Sequence[Schedule]) -> list[tuple[str, str, str]]:
    """Return what differs, row by row: what it is called, before and after. ``schedules`` know the names."""
    changed = _wording(schedules).changed(fields)
    return [(one.name, one.before or "–", one.after or "–") for one in changed]


def date_place(place: str, schedule: Schedule) -> str:
    """Return what a single date is called: the first or last day of a window, a milestone's."""
    words = _wording([schedule])
    family, _, rest = place.partition(".")
    key, _, field = rest.partition(".")
    if family != "windows" or not field:
        return words.place(place)
    name = next((one.name.in_(lang()) for one in schedule.windows if one.key == key), key)
    return say(f"window.{field}", name=name)


def date_said(text: str) -> str:
    """Return a date's expression as people say it."""
    from web.desks.notices.dates import text_said  # noqa: PLC0415  the words of the pages, few commands need them

    return text_said(text, lang(), year=_EVERY_YEAR)


def _wording(schedules: Sequence[Schedule]) -> "Wording":
    from web.desks.notices.wording import Wording  # noqa: PLC0415

    return Wording(schedules=tuple(schedules), lang=lang(), year=_EVERY_YEAR)
