"""Working days of mainland China, make-up days included, with a city's own table laid over them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

import chinese_calendar

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCalendar:
    """Which days are worked. ``days`` (date → working?) overrides the national arrangement.

    A year whose arrangement is not published counts Monday to Friday, and is provisional.
    """

    days: Mapping[date, bool] = field(default_factory=dict)
    _seen: dict[date, bool] = field(default_factory=dict, init=False, repr=False, compare=False)

    def is_working(self, day: date) -> bool:
        """Tell whether ``day`` is worked."""
        known = self._seen.get(day)
        if known is None:
            known = self._seen[day] = self.days[day] if day in self.days else _national(day)
        return known

    def is_provisional(self, day: date) -> bool:
        """Tell whether ``is_working(day)`` may change, because its year is not published yet."""
        return day not in self.days and day.year not in _known_years()

    def shift(self, day: date, n: int) -> date:
        """Return the ``n``-th working day after ``day`` (before it if negative), not counting ``day``."""
        step = _DAY if n > 0 else -_DAY
        for _ in range(abs(n)):
            day = self._seek(day + step, step)
        return day

    def on_or_before(self, day: date) -> date:
        """Return ``day``, or the last working day before it if it is off."""
        return self._seek(day, -_DAY)

    def on_or_after(self, day: date) -> date:
        """Return ``day``, or the next working day after it if it is off."""
        return self._seek(day, _DAY)

    def count(self, a: date, b: date) -> int:
        """Count the working days after ``a`` up to ``b`` inclusive; ``-count(b, a)`` when ``b < a``."""
        if b < a:
            return -self.count(b, a)
        return sum(self.is_working(a + timedelta(days=n)) for n in range(1, (b - a).days + 1))

    def name(self, year: int) -> str:
        """Return what the calendar of ``year`` is called in a source line: ``CN-2023``."""
        return f"CN-{year}" if year in _known_years() else f"CN-{year} (provisional)"

    def _seek(self, day: date, step: timedelta) -> date:
        while not self.is_working(day):
            day += step
        return day


@cache
def _known_years() -> range:
    published = chinese_calendar.holidays.keys()
    return range(min(published).year, max(published).year + 1)


def _national(day: date) -> bool:
    # The library's own is_workday searches its whole table on every call.
    if day in chinese_calendar.workdays:
        return True
    return day.weekday() < _SATURDAY and day not in chinese_calendar.holidays
