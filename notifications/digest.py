"""A letter's items in the order in which a person reads them: by urgency, then by milestone."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from notifications.letter import Item, Letter

SHOWN = 100
"""More cases than this are counted, not listed: mail readers cut a mail at about 100 kB."""


class Urgency(StrEnum):
    """How pressing a group of cases is."""

    LATE = "late"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"
    OPEN = "open"


_ORDER = tuple(Urgency)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Cases that owe the same by the same day.

    ``by`` is the day to name: the last working day, or the due day once that is past.
    ``days_left`` counts working days, ``days_late`` calendar days. ``hidden`` cases of the
    group are counted, not listed.
    """

    urgency: Urgency
    milestone: str
    due: date | None
    by: date | None
    approximate: bool
    days_left: int
    days_late: int
    items: tuple[Item, ...]
    hidden: int = 0

    @property
    def count(self) -> int:
        """Return how many cases the group has, listed or not."""
        return len(self.items) + self.hidden


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """The sentence of a notice that asks for some of the cases.

    ``moved`` are the days (due, last working day) where the due day is a day off; ``changed`` tells of
    the date first set, where the one in force was changed without a clause of its own.
    """

    notice: str
    clause: str | None
    cite: str | None
    milestones: tuple[str, ...]
    moved: tuple[tuple[date, date], ...]
    changed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What a template says of its letter's cases.

    ``count`` and ``late`` are numbers of cases, as pages count them; ``lines`` that of what is owed: a case
    has one for each milestone.
    ``told`` are the people told beside the reader, where they are the same for all cases
    (else each case names its own); ``notice``, ``kind`` and
    ``role`` are what is common to all cases, or empty.
    """

    count: int
    late: int
    lines: int
    groups: tuple[Group, ...] = ()
    clauses: tuple[Clause, ...] = ()
    told: tuple[str, ...] = ()
    told_apart: bool = False
    notice: str = ""
    kind: str = ""
    role: str = ""

    @property
    def coming(self) -> Group | None:
        """Return the most urgent group that is not late yet."""
        return next((group for group in self.groups if group.urgency is not Urgency.LATE), None)

    @property
    def longest(self) -> int:
        """Return by how many days the latest case is late."""
        return max((group.days_late for group in self.groups), default=0)

    @property
    def first(self) -> Group:
        """Return the most urgent group; a template that asks an empty letter gets an IndexError."""
        return self.groups[0]


def digest(letter: Letter) -> Digest:
    """Group a letter's items; every item is counted, the first SHOWN are listed."""
    items = letter.items
    told = tuple(dict.fromkeys(item.also_told for item in items))
    return Digest(
        count=_cases(items),
        late=_cases(item for item in items if item.days_late > 0),
        lines=len(items),
        groups=_groups(items, letter.at.date()),
        clauses=_clauses(items),
        told=told[0] if len(told) == 1 else (),
        told_apart=len(told) > 1,
        notice=_common(item.notice_title for item in items),
        kind=_common(item.kind for item in items),
        role=_common(item.role for item in items),
    )


def _cases(items: Iterable[Item]) -> int:
    """Count cases, each once; what is about no case counts for itself."""
    return len({item.ref or place for place, item in enumerate(items)})


def _common(values: Iterable[str]) -> str:
    distinct = set(values)
    return distinct.pop() if len(distinct) == 1 else ""


def _by(item: Item, today: date) -> date | None:
    if item.days_late or item.act_by is None or item.act_by < today:
        return item.due
    return item.act_by


def _urgency(item: Item, today: date) -> Urgency:
    by = _by(item, today)
    if item.days_late > 0:
        return Urgency.LATE
    if by is None:
        return Urgency.OPEN
    if by <= today:
        return Urgency.TODAY
    return Urgency.SOON if item.days_left <= 3 else Urgency.LATER


def _groups(items: tuple[Item, ...], today: date) -> tuple[Group, ...]:
    def key(item: Item) -> tuple[int, date, str]:
        return _ORDER.index(_urgency(item, today)), _by(item, today) or date.max, item.milestone

    ordered = sorted(items, key=key)
    left = SHOWN
    groups = []
    for _, found in groupby(ordered, key=key):
        members = tuple(found)
        groups.append(_group(members, today, left))
        left = max(0, left - len(members))
    return tuple(groups)


def _group(members: tuple[Item, ...], today: date, room: int) -> Group:
    head = members[0]
    return Group(
        urgency=_urgency(head, today),
        milestone=head.milestone,
        due=head.due,
        by=_by(head, today),
        approximate=any(item.approximate for item in members),
        days_left=head.days_left,
        days_late=head.days_late,
        items=members[:room],
        hidden=max(0, len(members) - room),
    )


def _clauses(items: tuple[Item, ...]) -> tuple[Clause, ...]:
    by_clause: dict[tuple[str, str | None, str | None, str], list[Item]] = {}
    for item in items:
        by_clause.setdefault((item.notice_title, item.clause, item.cite, item.moved), []).append(item)
    return tuple(
        Clause(
            notice=notice,
            clause=clause,
            cite=cite,
            milestones=_distinct(members, lambda item: item.milestone),
            moved=_moved(members),
            changed=changed,
        )
        for (notice, clause, cite, changed), members in by_clause.items()
    )


def _distinct(items: Iterable[Item], of: Callable[[Item], str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(of(item) for item in items))


def _moved(items: Iterable[Item]) -> tuple[tuple[date, date], ...]:
    pairs = {
        (item.due, item.act_by)
        for item in items
        if item.due is not None and item.act_by is not None and item.act_by < item.due
    }
    return tuple(sorted(pairs))
