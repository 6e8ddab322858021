"""One line of a mail: what one case still owes for one milestone, in the reader's language."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from operator import attrgetter
from typing import Any, NamedTuple

from config.moved import moved_note
from config.schedule import Milestone
from engine.lagging import lags
from engine.rules import Rules, facts_of
from notifications.letter import Item
from workflows.blockers import Blocker, Code
from workflows.decide import next_trigger, path_blockers
from workflows.guards import short_of
from workflows.registry import lifecycle, target_of
from workflows.wording import say, say_lack, say_mend, say_ready


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """When letters are read, and where their links lead."""

    now: datetime
    base_url: str


Told = tuple[Any, Any]
"""A ledger row with its case, and its firing."""


class _Owed(NamedTuple):
    """What is owed for one milestone by every case in the same situation.

    ``place`` is that of its row among the case's rows, ``said`` the fields of its line that all
    those cases share.
    """

    place: int
    said: Mapping[str, Any]


class Lines:
    """The lines of a sweep's letters read at one moment; what many cases share is worked out once.

    ``firings`` are the sweep's by number, in the order in which a case's are looked at.
    """

    def __init__(self, reader: Reader, firings: Mapping[int, Any]) -> None:
        self.reader = reader
        self.firings = firings
        self._rank = {number: place for place, number in enumerate(firings)}
        self._owed: dict[Hashable, tuple[_Owed, ...]] = {}

    def of_case(self, rows: Sequence[Any], rules: Rules, *, others: Sequence[Any]) -> list[Item]:
        """Return the lines about one case for one person, nearest date first.

        ``rows`` are its ledger rows, ``others`` the people above who are told of it. What is done
        since is left out, and nothing is said twice.
        """
        if len(rows) > 1:
            rows = sorted(rows, key=lambda row: self._rank[row.firing_id])
        key = _situation(rows)
        owed = self._owed.get(key)
        if owed is None:
            told = [(row, self.firings[row.firing_id]) for row in rows]
            owed = self._owed[key] = tuple(_owed(told, rules, self.reader.now))
        return [_item(rows[one.place], one.said, self.reader.base_url, others=others) for one in owed]


_LOOKED_AT = attrgetter(
    "lang",
    "kind",
    "lifecycle",
    "milestone",
    "state",
    "starts_on",
    "ends_on",
    "online",
    "participants",
    "address_bad",
    "recommended_by",
    "award",
    "returned_for",
)


def _situation(rows: Sequence[Any]) -> Hashable:
    """Return all of a case's rows that guards and wording look at: who shares it is owed the same."""
    row = rows[0]
    return (
        tuple([(one.firing_id, one.role, one.coordinator_id == one.person_id) for one in rows]),
        _LOOKED_AT(row),
        tuple(row.materials.items()),
        tuple([bool(text and text.strip()) for text in (row.title, row.place, row.online_url, row.email)]),
    )


def _owed(told: Sequence[Told], rules: Rules, now: datetime) -> Iterator[_Owed]:
    said: list[Blocker] = []
    reason = told[0][0].returned_for
    today = rules.today(now)
    for due, _, place, milestone in sorted(_asked(told, rules), key=lambda one: one[:2]):
        row, fired = told[place]
        if not _still(row, fired, milestone, today):
            continue
        fresh = [blocker for blocker in lacking(row, rules, milestone, now=now) if blocker not in said]
        said += fresh
        known = None if due == date.max else due
        yield _Owed(
            place,
            _case_said(row, fired, rules)
            | {"approximate": milestone.due.approximate}
            | _dates_said(row, rules, milestone, due=known, today=today)
            | _lack_said(fresh, row, milestone)
            | {"reason": reason},
        )
        reason = None


def _asked(told: Sequence[Told], rules: Rules) -> Iterator[tuple[date, int, int, Milestone]]:
    """Yield each milestone that the rows are about once: its day, its step on the path, its row's place."""
    seen = set()
    for place, (row, fired) in enumerate(told):
        milestone = rules.schedule.milestone(fired.milestone)
        if milestone is None or milestone.key in seen:
            continue
        seen.add(milestone.key)
        target = target_of(milestone)
        path = lifecycle(row.kind, row.lifecycle).path
        step = path.index(target) if target in path else -1
        yield rules.due_day(milestone, row.ends_on) or date.max, step, place, milestone


def _still(row: Any, fired: Any, milestone: Milestone, today: date) -> bool:
    """Return whether the reader is still to be told: the case lags, and is still the coordinator's."""
    if row.role == "coordinator" and row.coordinator_id != row.person_id:
        return False
    anchors = (fired.anchor_from, fired.anchor_to) if fired.anchor_from else None
    return lags(row, milestone, day=max(fired.day, today), anchors=anchors)


def _item(row: Any, said: Mapping[str, Any], url: str, *, others: Sequence[Any]) -> Item:
    return Item(
        ref=row.ref,
        title=row.title,
        unit=row.unit_name,
        url=f"{url}/cases/{row.ref}",
        coordinator=row.coordinator_name or "",
        coordinator_phone=row.coordinator_phone or "",
        also_told=_told_too(others, row) if others else (),
        **said,
    )


def _case_said(row: Any, fired: Any, rules: Rules) -> dict[str, Any]:
    return {
        "notice_title": rules.schedule.title,
        "held_on": row.ends_on,
        "state": lifecycle(row.kind, row.lifecycle).labels[row.state].in_(row.lang),
        "role": row.role,
        "entered_late": fired.template == "already_due",
        "kind": row.kind,
    }


def _dates_said(
    row: Any, rules: Rules, milestone: Milestone, *, due: date | None, today: date
) -> dict[str, Any]:
    act_by, left, late = distance(rules, due, today)
    source = milestone.sources.get("due") or milestone.sources["milestone"]
    moved = moved_note(milestone)
    return {
        "milestone": milestone.name.in_(row.lang),
        "key": milestone.key,
        "due": due,
        "act_by": act_by,
        "days_left": left,
        "days_late": late,
        "clause": source.clause,
        "cite": source.cite,
        "moved": moved.in_(row.lang) if moved else "",
    }


def _lack_said(blockers: Sequence[Blocker], row: Any, milestone: Milestone) -> dict[str, Any]:
    things, step = told_of(blockers, row, milestone)
    return {"missing": things, "step": step}


def with_milestone(item: Item, row: Any, rules: Rules, milestone: Milestone, *, reader: Reader) -> Item:
    """Return an item with what its case owes for a milestone, by when and by which clause."""
    due = rules.due_day(milestone, row.ends_on)
    dates = _dates_said(row, rules, milestone, due=due, today=rules.today(reader.now))
    lack = _lack_said(lacking(row, rules, milestone, now=reader.now), row, milestone)
    return replace(item, **dates, **lack)


def distance(rules: Rules, due: date | None, today: date) -> tuple[date | None, int, int]:
    """Return the last working day up to ``due``, working days left until it, calendar days late."""
    if due is None:
        return None, 0, 0
    act_by = rules.calendar.on_or_before(due)
    left = rules.calendar.count(today, act_by) if act_by > today else 0
    return act_by, left, max(0, (today - due).days)


def lacking(row: Any, rules: Rules, milestone: Milestone, *, now: datetime) -> tuple[Blocker, ...]:
    """Return all that stands between a case and a milestone, but for what clears by itself."""
    target = target_of(milestone)
    if target is None:
        return tuple(short_of(milestone.needs, row.materials))
    life = lifecycle(row.kind, row.lifecycle)
    found = path_blockers(life, row.state, target, lambda trigger: facts_of(row, rules, trigger, now=now))
    return tuple(b for b in found if b.clears_on is None and b.code != Code.COORDINATOR_MAIL_MISSING)


def told_of(blockers: Sequence[Blocker], row: Any, milestone: Milestone) -> tuple[tuple[str, ...], str]:
    """Return the things missing and the sentence on what else is to be done, in the reader's language."""
    things = tuple(filter(None, (say_lack(blocker, row.lang) for blocker in blockers)))
    others = [say(blocker, row.lang) for blocker in blockers if say_lack(blocker, row.lang) is None]
    if things or others:
        return things, ("；" if row.lang == "zh" else "; ").join(others)
    return (), _bare_step(row, milestone)


def _bare_step(row: Any, milestone: Milestone) -> str:
    """Return the next step of a case that lacks nothing for it; empty while its last day is to come.

    What was sent back and is still as it was is not ready: it is to be mended first.
    """
    life = lifecycle(row.kind, row.lifecycle)
    step = next_trigger(life, row.state)
    target = target_of(milestone)
    if step is None or target is None or row.state not in life.before(target):
        return ""
    say_step = say_ready if row.returned_for is None else say_mend
    return say_step(life, step, row.lang)


_ROLE_NAMES = {"lead": {"zh": "负责人", "en": "lead"}, "admin": {"zh": "市级管理员", "en": "city admin"}}


def _told_too(others: Sequence[Any], reader: Any) -> tuple[str, ...]:
    names = {}
    for other in others:
        if other.id != reader.person_id:
            role = _ROLE_NAMES[other.role][reader.lang]
            names[other.id] = f"{other.name}（{role}）" if reader.lang == "zh" else f"{other.name} ({role})"
    return tuple(names.values())
