"""Lists of cases, filtered and paged in the database; what is late is worked out there too."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, func, select

from config.schedule import Name, Schedule
from engine.case_filter import CaseFilter, Sort, conditions, within
from engine.case_order import Keys, after, cursor, keys_of, place
from engine.cases import cases_by_ref
from engine.facts_query import with_facts
from engine.prepared import named
from engine.recent import Recent
from engine.rules import Rules, rules_of
from engine.schedules import schedule_by_hash
from engine.standing import Mark, gauges, in_force
from engine.tables import case, person, unit

__all__ = [
    "CaseFilter",
    "CaseLine",
    "Late",
    "Nearest",
    "Page",
    "Sort",
    "Stretch",
    "case_line",
    "cases_after",
    "count_cases",
    "every_case",
    "every_row",
    "late_of",
    "list_cases",
    "nearest_of",
    "one_case",
    "paged",
    "refs_of",
    "within",
]

T_co = TypeVar("T_co", covariant=True)

_KEPT = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T_co]):
    """One page of a list; ``page`` counts from 1, ``total`` is the length of the whole list."""

    items: tuple[T_co, ...]
    total: int
    page: int
    per_page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch(Generic[T_co]):
    """Part of a list that is read on by a cursor; ``after`` is the next one, None at the end."""

    items: tuple[T_co, ...]
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """One milestone that a case missed: its last local day, and calendar days since."""

    milestone: str
    name: Name
    due: date
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """The first date by which a case still owes something: its last day and last working day."""

    milestone: str
    name: Name
    due: date
    act_by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """One case in a list. ``late`` names what it missed, the longest ago first; ``nearest`` is yet owed."""

    ref: str
    kind: str
    lifecycle: int
    notice: str
    milestone: str | None
    title: str
    unit: str
    region: str
    state: str
    starts_on: date | None
    ends_on: date | None
    place: str | None
    online: bool
    online_url: str | None
    participants: int | None
    coordinator: str | None
    email: str | None
    version: int
    late: tuple[Late, ...]
    nearest: Nearest | None


def list_cases(
    conn: Connection,
    wanted: CaseFilter,
    *,
    now: datetime,
    page: int = 1,
    per_page: int = 50,
    recent: Recent | None = None,
) -> Page[CaseLine]:
    """Return one page of cases; with ``recent`` they are counted anew only after a change, or a minute."""
    chosen = _chosen(conn, wanted, now)
    part = slice((page - 1) * per_page, page * per_page)
    if recent is None:
        total, ids = chosen.total(conn), chosen.part(conn, part)
    else:
        total = recent.of(conn, ("total", wanted), lambda: chosen.total(conn), now=now)
        ids = _kept_part(conn, chosen, part, recent=recent, now=now)
    return Page(items=_lines(conn, ids, now), total=total, page=page, per_page=per_page)


def _kept_part(
    conn: Connection, chosen: "_Chosen", part: slice, *, recent: Recent, now: datetime
) -> Sequence[int]:
    """Return part of a list; where its order takes a look at every case, its beginning is kept."""
    wanted = chosen.wanted
    if part.stop > _KEPT or not (wanted.text or wanted.sort is Sort.DUE):
        return chosen.part(conn, part)
    first = recent.of(conn, ("ids", wanted), lambda: chosen.part(conn, slice(0, _KEPT)), now=now)
    return first[part]


def cases_after(
    conn: Connection, wanted: CaseFilter, *, now: datetime, after: str | None = None, most: int = 50
) -> Stretch[CaseLine]:
    """Return the next cases after a cursor (None: from the first); nothing entered meanwhile shifts them."""
    chosen = _chosen(conn, wanted, now)
    rows = conn.execute(chosen.ids(after).limit(most + 1)).all()
    lines = _lines(conn, [row[0] for row in rows[:most]], now)
    more = cursor(wanted, rows[most - 1][1:]) if len(rows) > most else None
    return Stretch(items=lines, after=more)


def count_cases(conn: Connection, wanted: CaseFilter, *, now: datetime) -> int:
    """Return how many cases a filter finds."""
    return _chosen(conn, wanted, now).total(conn)


def refs_of(conn: Connection, wanted: CaseFilter, *, now: datetime, most: int = 5000) -> tuple[str, ...]:
    """Return the numbers of all cases asked for, at most ``most``, in their order."""
    found = _chosen(conn, wanted, now).ids().with_only_columns(case.c.ref).limit(most)
    return tuple(conn.scalars(found))


def one_case(conn: Connection, ref: str, *, now: datetime) -> CaseLine:
    """Return one case by its number; UserError if there is none."""
    found = cases_by_ref(conn, [ref])[0]
    return _lines(conn, [found.id], now)[0]


def every_case(conn: Connection, wanted: CaseFilter, *, now: datetime) -> Iterator[CaseLine]:
    """Yield all cases asked for, streaming, in their order."""
    return (case_line(conn, row, now=now) for row in every_row(conn, wanted, now=now))


def every_row(conn: Connection, wanted: CaseFilter, *, now: datetime) -> Iterator[Any]:
    """Yield the rows of all cases asked for, with their facts and names, streaming, in their order."""
    chosen = _chosen(conn, wanted, now)
    query = place(_with_names().where(*chosen.where), wanted, chosen.keys, with_units=True)
    with conn.execute(query, execution_options={"yield_per": 1000}) as rows:
        yield from rows


def late_of(row: Any, rules: Rules, *, now: datetime) -> tuple[Late, ...]:
    """Return what a case row has missed, the longest ago first; says the same as the filter ``late``."""
    found = []
    for gauge in gauges([rules], now=now):
        due = rules.due_day(gauge.milestone, row.ends_on)
        if due is not None and gauge.mark(row) is Mark.LATE:
            days = (gauge.today - due).days
            found.append(Late(milestone=gauge.milestone.key, name=gauge.milestone.name, due=due, days=days))
    return tuple(sorted(found, key=lambda one: one.due))


def nearest_of(row: Any, rules: Rules, *, now: datetime) -> Nearest | None:
    """Return the first date by which a case row still owes something, whether it is over or not."""
    owed = [one for one in gauges([rules], now=now) if one.mark(row) not in (None, Mark.DONE)]
    days = ((rules.due_day(one.milestone, row.ends_on), one.milestone) for one in owed)
    found = [(day, milestone) for day, milestone in days if day is not None]
    if not found:
        return None
    due, milestone = min(found, key=lambda one: one[0])
    act_by = rules.calendar.on_or_before(due)
    return Nearest(milestone=milestone.key, name=milestone.name, due=due, act_by=act_by)


def paged(conn: Connection, query: Select[Any], page: int, per_page: int) -> tuple[Sequence[Any], int]:
    """Return the rows of one page (counted from 1) and the length of the whole list."""
    total = conn.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    return conn.execute(query.limit(per_page).offset((page - 1) * per_page)).all(), total


class _Chosen(NamedTuple):
    """The cases of a filter: what must hold of them, and what orders them."""

    wanted: CaseFilter
    where: tuple[ColumnElement[bool], ...]
    keys: Keys

    def total(self, conn: Connection) -> int:
        return conn.scalar(select(func.count()).select_from(case).where(*self.where)) or 0

    def part(self, conn: Connection, part: slice) -> Sequence[int]:
        return conn.scalars(self.ids().limit(part.stop - part.start).offset(part.start)).all()

    def ids(self, word: str | None = None) -> Select[Any]:
        """Return the numbers of their rows, and their keys."""
        found = select(case.c.id, *(key.label(f"key{n}") for n, key in enumerate(self.keys)))
        found = place(found.where(*self.where), self.wanted, self.keys)
        return found if word is None else found.where(after(self.wanted, self.keys, word))


def _chosen(conn: Connection, wanted: CaseFilter, now: datetime) -> _Chosen:
    found = gauges(in_force(conn), now=now)
    return _Chosen(wanted, tuple(conditions(wanted, found)), keys_of(wanted.sort, found))


def _lines(conn: Connection, ids: Sequence[int], now: datetime) -> tuple[CaseLine, ...]:
    """Return the lines of some rows, in the order of their numbers given."""
    rows = {row.id: row for row in named(conn.execute(_with_names().where(case.c.id.in_(ids))))}
    return tuple(case_line(conn, rows[number], now=now) for number in ids)


def _with_names() -> Select[Any]:
    query = with_facts().add_columns(unit.c.name.label("unit_name"), person.c.name.label("person_name"))
    return query.join(unit, unit.c.id == case.c.unit_id)


def case_line(conn: Connection, row: Any, *, now: datetime) -> CaseLine:
    """Return the line of a case row with its facts, ``unit_name`` and ``person_name``."""
    schedule: Schedule = schedule_by_hash(conn, row.schedule_hash)
    rules = rules_of(row.schedule_hash, schedule)
    is_open = row.notice_state == "in_force"
    return CaseLine(
        ref=row.ref,
        kind=row.kind,
        lifecycle=row.lifecycle,
        notice=row.notice,
        milestone=row.milestone,
        title=row.title,
        unit=row.unit_name,
        region=row.region,
        state=row.state,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        place=row.place,
        online=row.online,
        online_url=row.online_url,
        participants=row.participants,
        coordinator=row.person_name,
        email=row.email,
        version=row.version,
        late=late_of(row, rules, now=now) if is_open else (),
        nearest=nearest_of(row, rules, now=now) if is_open else None,
    )
