"""The virtual clock, and what is going to happen when: it only ever moves forward."""

from datetime import UTC, date, datetime, time, timedelta
from heapq import heappop, heappush
from typing import NamedTuple
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
HOURS = (10, 14, 16, 18)
"""The hours of a day at which people act; the sweep has gone at nine."""

Outage = tuple[datetime, datetime]
"""From when until when the engine is down."""


class VirtualClock:
    """A clock that stands until it is moved."""

    def __init__(self, start: datetime) -> None:
        self.now = start

    def __call__(self) -> datetime:
        """Return the instant at which the season stands."""
        return self.now

    def move_to(self, at: datetime) -> None:
        """Move forward; an instant already past leaves the clock where it is."""
        self.now = max(self.now, at)


class Deed(NamedTuple):
    """Something to be done about a case or a notice: a step, or ``reach`` a state.

    ``who`` is a mail address; empty for whoever then is the case's coordinator.
    """

    verb: str
    about: str
    target: str = ""
    who: str = ""


class Agenda:
    """What people have set out to do, by instant."""

    def __init__(self) -> None:
        self._instants: list[datetime] = []
        self._deeds: dict[datetime, list[Deed]] = {}

    def put(self, at: datetime, deed: Deed) -> None:
        """Set out to do something at an instant."""
        if at not in self._deeds:
            self._deeds[at] = []
            heappush(self._instants, at)
        self._deeds[at].append(deed)

    def next_at(self) -> datetime | None:
        """Return when somebody will next do something."""
        return self._instants[0] if self._instants else None

    def take(self, now: datetime) -> list[Deed]:
        """Return all that is to be done by ``now``, each thing once."""
        found: dict[Deed, None] = {}
        while self._instants and self._instants[0] <= now:
            found |= dict.fromkeys(self._deeds.pop(heappop(self._instants)))
        return list(found)


def at_hour(day: date, hour: int) -> datetime:
    """Return the instant (UTC) of a full hour of a local day."""
    return datetime.combine(day, time(hour), ZONE).astimezone(UTC)


def local_day(at: datetime) -> date:
    """Return the local day of an instant."""
    return at.astimezone(ZONE).date()


def hour_after(now: datetime, day: date, pick: int) -> datetime:
    """Return one of the hours of ``day`` that are after ``now`` (of the next day if none is)."""
    hours = [at for hour in HOURS if (at := at_hour(day, hour)) > now]
    if not hours:
        return hour_after(now, max(day, local_day(now)) + timedelta(days=1), pick)
    return hours[pick % len(hours)]
