"""What is to happen: how many activities a notice gets, when each is entered, held, moved or called off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from random import Random

from config.regions import NATION, region
from config.schedule import Schedule
from engine.drafts import ActivityDraft
from engine.rules import calendar_of
from engine.simulate.cast import Staffed, Troupe, counties_of
from engine.simulate.invent import place, titles
from engine.simulate.tempers import Temper, draw_temper

_NATIONAL_SHARE = 0.05
_SHORTEST_WEEK = 3
_WAVES = ((0.03, 50), (0.3, 25), (0.65, 18))
"""When activities are entered, as a share of the days until the campaign, and how many in a hundred."""


class Fate(StrEnum):
    """What becomes of an activity that not all goes well with."""

    HELD = "held"
    CALLED_OFF = "called_off"
    TOO_HOT = "too_hot"
    POSTPONED = "postponed"
    HANDED_OVER = "handed_over"


_FATES = ((Fate.HELD, 884), (Fate.CALLED_OFF, 16), (Fate.POSTPONED, 60), (Fate.HANDED_OVER, 40))
_HEAT = 0.12


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One activity: what is entered on which day, by whom it is looked after, what becomes of it."""

    draft: ActivityDraft
    entered: date
    unit: Staffed
    fate: Fate
    temper: Temper


def shares(schedules: Sequence[Schedule], activities: int) -> dict[str, int]:
    """Return how many activities each notice gets: by its counties, and a few for the nation's."""
    cities = [one for one in schedules if one.region != NATION]
    nation = [one for one in schedules if one.region == NATION]
    first = round(activities * _NATIONAL_SHARE) if cities else activities
    given = {one.id: first // len(nation) for one in nation}
    left = activities - sum(given.values())
    weights = [max(1, len(counties_of(one.region))) for one in cities]
    for place_, (one, weight) in enumerate(zip(cities, weights, strict=True)):
        given[one.id] = round(left * weight / sum(weights[place_:]))
        left -= given[one.id]
    return given


def plot(schedule: Schedule, troupe: Troupe, count: int, *, applied: date, random: Random) -> list[Planned]:
    """Plan the activities of one notice, in the order in which they are entered."""
    names = {unit.draft: titles(random, unit.draft.name) for unit in troupe.units}
    tempers = {unit.draft: draw_temper(random) for unit in troupe.units}
    weights = [3 if unit.draft.kind == "association" else 2 for unit in troupe.units]
    frame = _Frame(schedule, applied)
    planned = []
    for unit in random.choices(troupe.units, weights=weights, k=count):
        title, online = next(names[unit.draft])
        entered, starts_on, ends_on = frame.days(random)
        temper = tempers[unit.draft] if random.random() < 0.8 else draw_temper(random)
        draft = ActivityDraft(
            title=title,
            region=unit.draft.region,
            unit=unit.draft.name,
            coordinator=unit.coordinator.email,
            starts_on=starts_on,
            ends_on=ends_on,
            place=None if online else place(random, region(unit.draft.region).name),
            online=online,
            online_url=f"https://live.example.cn/{random.getrandbits(32):08x}"
            if online and random.random() < 0.5
            else None,
        )
        fate = _fate(draft, unit, random)
        planned.append(Planned(draft=draft, entered=entered, unit=unit, fate=fate, temper=temper))
    return sorted(planned, key=lambda one: one.entered)


def _fate(draft: ActivityDraft, unit: Staffed, random: Random) -> Fate:
    hot = (
        draft.starts_on is not None
        and not draft.online
        and (7, 1) <= (draft.starts_on.month, draft.starts_on.day) < (9, 16)
    )
    if hot and random.random() < _HEAT:
        return Fate.TOO_HOT
    fate = random.choices([one for one, _ in _FATES], weights=[share for _, share in _FATES])[0]
    return Fate.HELD if fate is Fate.HANDED_OVER and unit.colleague is None else fate


class _Frame:
    """The days of one notice between which activities are entered and held."""

    def __init__(self, schedule: Schedule, applied: date) -> None:
        spans = [(w.start.start, w.end.day) for w in schedule.windows if w.start.start and w.end.day]
        self.week = min((s for s in spans if (s[1] - s[0]).days >= _SHORTEST_WEEK), key=lambda s: s[1] - s[0])
        self.whole = min(s[0] for s in spans), max(s[1] for s in spans)
        self.applied = applied
        self.calendar = calendar_of(schedule)

    def days(self, random: Random) -> tuple[date, date, date]:
        """Draw the day of entry, and the first and last day of an activity."""
        first, last = self.week if random.random() < 0.6 else self.whole
        length = random.choices((0, 1, 2, 6), weights=(80, 9, 6, 5))[0]
        first = max(first, self.applied + timedelta(days=4))
        starts_on = min(first, last) + timedelta(days=random.randint(0, max(0, (last - first).days - length)))
        return self._entered(starts_on, random), starts_on, starts_on + timedelta(days=length)

    def _entered(self, starts_on: date, random: Random) -> date:
        """Draw a day of entry: in one of three waves, or late, when reminders are already on their way."""
        ahead = max(0, (starts_on - self.applied).days)
        share = random.choices([*(share for share, _ in _WAVES), None], weights=[*(n for _, n in _WAVES), 7])[
            0
        ]
        if share is None:
            return self.calendar.on_or_after(starts_on + timedelta(days=random.randint(2, 12)))
        return self.calendar.on_or_after(self.applied + timedelta(days=1 + round(share * max(0, ahead - 3))))


def by_entry(planned: Sequence[Planned]) -> Mapping[date, list[Planned]]:
    """Return activities by the day on which they are entered."""
    found: dict[date, list[Planned]] = {}
    for one in planned:
        found.setdefault(one.entered, []).append(one)
    return found
