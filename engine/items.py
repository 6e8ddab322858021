"""One line of a mail: what one case still owes for one milestone, in the reader's language."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from config.schedule import Milestone
from engine.lagging import lags
from engine.rules import Rules, facts_of
from notifications.letter import Item
from workflows.blockers import Blocker, Code
from workflows.decide import next_trigger, path_blockers
from workflows.materials import missing
from workflows.registry import lifecycle, target_of
from workflows.wording import say, say_lack, say_ready


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """When letters are read, and where their links lead."""

    now: datetime
    base_url: str


class _Owed(NamedTuple):
    """What is owed for one milestone by every case in the same situation.

    ``place`` is that of its row among the case's rows.
    """

    place: int
    milestone: Milestone
    due: date | None
    act_by: date | None
    days_left: int
    days_late: int
    things: tuple[str, ...]
    step: str


class Lines:
    """The lines of the letters read at one moment; what is the same for many cases is worked out once."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._owed: dict[Hashable, tuple[_Owed, ...]] = {}

    def of_case(self, rows: Sequence[Any], rules: Rules, *, others: Sequence[Any]) -> list[Item]:
        """Return the lines about one case for one person, nearest date first.

        ``rows`` are its ledger rows, ``others`` the people above who are told of it. What is done
        since is left out, and nothing is said twice.
        """
        key = _situation(rows)
        owed = self._owed.get(key)
        if owed is None:
            owed = self._owed[key] = tuple(_owed(rows, rules, self.reader.now))
        return [_item(rows[one.place], rules, one, url=self.reader.base_url, others=others) for one in owed]


def _situation(rows: Sequence[Any]) -> Hashable:
    """Return all of a case's rows that guards and wording look at: who shares it is owed the same."""
    row = rows[0]
    return (
        tuple([(r.asked, r.role, r.day, r.anchor_from, r.coordinator_id == r.person_id) for r in rows]),
        row.schedule_hash,
        row.lang,
        row.kind,
        row.lifecycle,
        row.milestone,
        row.state,
        row.starts_on,
        row.ends_on,
        row.online,
        row.participants,
        tuple(row.materials.items()),
        row.address_bad,
        tuple([bool(text and text.strip()) for text in (row.title, row.place, row.online_url, row.email)]),
        row.recommended_by,
        row.award,
    )


def _owed(rows: Sequence[Any], rules: Rules, now: datetime) -> Iterator[_Owed]:
    said: list[Blocker] = []
    today = rules.today(now)
    for due, _, place, milestone in sorted(_asked(rows, rules), key=lambda one: one[:2]):
        row = rows[place]
        if not _still(row, milestone, today):
            continue
        fresh = [blocker for blocker in lacking(row, rules, milestone, now=now) if blocker not in said]
        said += fresh
        known = None if due == date.max else due
        yield _Owed(place, milestone, known, *distance(rules, known, today), *told_of(fresh, row, milestone))


def _asked(rows: Sequence[Any], rules: Rules) -> Iterator[tuple[date, int, int, Milestone]]:
    """Yield each milestone that the rows are about once: its day, its step on the path, its row's place."""
    seen = set()
    for place, row in enumerate(rows):
        milestone = rules.schedule.milestone(row.asked)
        if milestone is None or milestone.key in seen:
            continue
        seen.add(milestone.key)
        target = target_of(milestone)
        path = lifecycle(row.kind, row.lifecycle).path
        step = path.index(target) if target in path else -1
        yield rules.due_day(milestone, row.ends_on) or date.max, step, place, milestone


def _still(row: Any, milestone: Milestone, today: date) -> bool:
    """Return whether the reader is still to be told: the case lags, and is still the coordinator's."""
    if row.role == "coordinator" and row.coordinator_id != row.person_id:
        return False
    anchors = (row.anchor_from, row.anchor_to) if row.anchor_to else None
    return lags(row, milestone, day=max(row.day, today), anchors=anchors)


def _item(row: Any, rules: Rules, owed: _Owed, *, url: str, others: Sequence[Any]) -> Item:
    milestone = owed.milestone
    source = milestone.sources.get("due") or milestone.sources["milestone"]
    return Item(
        ref=row.ref,
        title=row.title,
        unit=row.unit_name,
        notice_title=rules.schedule.title,
        milestone=milestone.name.in_(row.lang),
        due=owed.due,
        act_by=owed.act_by,
        days_left=owed.days_left,
        days_late=owed.days_late,
        approximate=milestone.due.approximate,
        missing=owed.things,
        step=owed.step,
        clause=source.clause,
        cite=source.cite,
        url=f"{url}/cases/{row.ref}",
        held_on=row.ends_on,
        state=lifecycle(row.kind, row.lifecycle).labels[row.state].in_(row.lang),
        coordinator=row.coordinator_name or "",
        coordinator_phone=row.coordinator_phone or "",
        also_told=_told_too(others, row),
        role=row.role,
        entered_late=row.template == "already_due",
        key=milestone.key,
        kind=row.kind,
    )


def with_milestone(item: Item, row: Any, rules: Rules, milestone: Milestone, *, reader: Reader) -> Item:
    """Return an item with what its case owes for a milestone, by when and by which clause."""
    due = rules.due_day(milestone, row.ends_on)
    act_by, left, late = distance(rules, due, rules.today(reader.now))
    source = milestone.sources.get("due") or milestone.sources["milestone"]
    things, step = told_of(lacking(row, rules, milestone, now=reader.now), row, milestone)
    return replace(
        item,
        milestone=milestone.name.in_(row.lang),
        key=milestone.key,
        due=due,
        act_by=act_by,
        days_left=left,
        days_late=late,
        missing=things,
        step=step,
        clause=source.clause,
        cite=source.cite,
    )


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
        gaps = missing(milestone.needs, row.materials)
        return tuple(Blocker(code=Code.MATERIALS_MISSING, params={"kind": k, "count": n}) for k, n in gaps)
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
    """Return the next step of a case that lacks nothing for it; empty while its last day is to come."""
    life = lifecycle(row.kind, row.lifecycle)
    step = next_trigger(life, row.state)
    target = target_of(milestone)
    if step is None or target is None or row.state not in life.before(target):
        return ""
    return say_ready(life, step, row.lang)


_ROLE_NAMES = {"lead": {"zh": "负责人", "en": "lead"}, "admin": {"zh": "市级管理员", "en": "city admin"}}


def _told_too(others: Sequence[Any], reader: Any) -> tuple[str, ...]:
    names = {}
    for other in others:
        if other.id != reader.person_id:
            role = _ROLE_NAMES[other.role][reader.lang]
            names[other.id] = f"{other.name}（{role}）" if reader.lang == "zh" else f"{other.name} ({role})"
    return tuple(names.values())
