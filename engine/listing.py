"""Lists of cases, filtered and paged in the database; what is late is worked out there too."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, false, func, or_, select

from config.regions import find, prefix
from config.schedule import CaseKind, Milestone, Name, Precision, Schedule
from engine.cases import cases_by_ref
from engine.facts_query import with_facts
from engine.lagging import lags, lags_sql
from engine.rules import Rules, rules_of
from engine.schedules import schedule_by_hash
from engine.tables import case, notice, person, unit

T_co = TypeVar("T_co", covariant=True)

LONG_AGO = date(1900, 1, 1)
_LONGEST = 400  # days back at most to look for the last day whose relative date is over


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T_co]):
    """One page of a list; ``page`` counts from 1, ``total`` is the length of the whole list."""

    items: tuple[T_co, ...]
    total: int
    page: int
    per_page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter:
    """Which cases are asked for; None asks for all.

    ``region`` is a code or a name and means all within it; ``coordinator`` is a mail address or a name.
    """

    kind: CaseKind | None = None
    notice: str | None = None
    state: str | None = None
    region: str | None = None
    coordinator: str | None = None
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """One milestone that a case missed: its last local day, and calendar days since."""

    milestone: str
    name: Name
    due: date
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """One case in a list. ``late`` names what it missed, the longest ago first."""

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


def list_cases(
    conn: Connection, wanted: CaseFilter, *, now: datetime, page: int = 1, per_page: int = 50
) -> Page[CaseLine]:
    """Return one page of cases in the order of their numbers."""
    query = _wanted(conn, wanted, now)
    rows, total = paged(conn, query.order_by(case.c.id), page, per_page)
    items = tuple(_case_line(conn, row, now) for row in rows)
    return Page(items=items, total=total, page=page, per_page=per_page)


def one_case(conn: Connection, ref: str, *, now: datetime) -> CaseLine:
    """Return one case by its number; UserError if there is none."""
    cases_by_ref(conn, [ref])
    row = conn.execute(_wanted(conn, CaseFilter(), now).where(case.c.ref == ref)).one()
    return _case_line(conn, row, now)


def every_case(conn: Connection, wanted: CaseFilter, *, now: datetime) -> Iterator[CaseLine]:
    """Yield all cases asked for, streaming, in the order of their numbers."""
    query = _wanted(conn, wanted, now).order_by(case.c.id)
    with conn.execute(query, execution_options={"yield_per": 1000}) as rows:
        for row in rows:
            yield _case_line(conn, row, now)


def late_sql(conn: Connection, *, now: datetime) -> ColumnElement[bool]:
    """Return the condition that a case has missed a date of the schedule in force of its notice."""
    conditions = [
        (case.c.notice == schedule.id) & condition
        for rules in _in_force(conn)
        for schedule in [rules.schedule]
        for milestone in schedule.milestones
        if (condition := _missed_sql(milestone, rules, now)) is not None
    ]
    return or_(false(), *conditions)


def late_of(row: Any, rules: Rules, *, now: datetime) -> tuple[Late, ...]:
    """Return what a case row has missed, the longest ago first; says the same as ``late_sql``."""
    today = rules.today(now)
    found = []
    for milestone in rules.schedule.milestones:
        due = rules.due_day(milestone, row.ends_on)
        anchors = (LONG_AGO, row.ends_on) if _is_relative(milestone) and row.ends_on else None
        if due and _is_over(due, milestone, rules, now) and lags(row, milestone, day=today, anchors=anchors):
            days = (today - due).days
            found.append(Late(milestone=milestone.key, name=milestone.name, due=due, days=days))
    return tuple(sorted(found, key=lambda one: one.due))


def _in_force(conn: Connection) -> Iterator[Rules]:
    for name in conn.scalars(select(notice.c.schedule_hash).where(notice.c.state == "in_force")).all():
        yield rules_of(name, schedule_by_hash(conn, name))


def _missed_sql(milestone: Milestone, rules: Rules, now: datetime) -> ColumnElement[bool] | None:
    today = rules.today(now)
    if _is_relative(milestone):
        last = _last_held(milestone, rules, today)
        return lags_sql(milestone, day=today, anchors=(LONG_AGO, last), at=now)
    if milestone.due.day is None or not _is_over(milestone.due.day, milestone, rules, now):
        return None
    return lags_sql(milestone, day=today, anchors=None, at=now)


def _is_relative(milestone: Milestone) -> bool:
    return milestone.due.precision is Precision.RELATIVE


def _last_held(milestone: Milestone, rules: Rules, today: date) -> date:
    """Return the latest last day of an activity whose relative date is over (later days are due later)."""
    days = (today - timedelta(days=back) for back in range(_LONGEST))
    over = (day for day in days if (rules.due_day(milestone, day) or today) < today)
    return next(over, LONG_AGO)


def _is_over(due: date, milestone: Milestone, rules: Rules, now: datetime) -> bool:
    local = now.astimezone(rules.zone)
    if milestone.due.until is not None and local.date() == due:
        return local.time() > milestone.due.until
    return local.date() > due


def _wanted(conn: Connection, wanted: CaseFilter, now: datetime) -> Select[Any]:
    query = with_facts().add_columns(unit.c.name.label("unit_name"), person.c.name.label("person_name"))
    conditions = list(_conditions(wanted))
    if wanted.late:
        conditions.append(late_sql(conn, now=now))
    return query.join(unit, unit.c.id == case.c.unit_id).where(*conditions)


def _conditions(wanted: CaseFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.kind is not None:
        yield case.c.kind == str(wanted.kind)
    if wanted.notice is not None:
        yield case.c.notice == wanted.notice
    if wanted.state is not None:
        yield case.c.state == wanted.state
    if wanted.region is not None:
        yield within(case.c.region, wanted.region)
    if wanted.coordinator is not None:
        yield _is_called(wanted.coordinator)


def _is_called(who: str) -> ColumnElement[bool]:
    return func.lower(person.c.email) == who.lower() if "@" in who else person.c.name == who


def within(column: ColumnElement[str], region: str) -> ColumnElement[bool]:
    """Return the condition that a code is a region's, given by code or name, or within it."""
    return column.startswith(prefix(find(region).code), autoescape=True)


def paged(conn: Connection, query: Select[Any], page: int, per_page: int) -> tuple[Sequence[Any], int]:
    """Return the rows of one page (counted from 1) and the length of the whole list."""
    total = conn.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    return conn.execute(query.limit(per_page).offset((page - 1) * per_page)).all(), total


def _case_line(conn: Connection, row: Any, now: datetime) -> CaseLine:
    schedule: Schedule = schedule_by_hash(conn, row.schedule_hash)
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
        late=late_of(row, rules_of(row.schedule_hash, schedule), now=now) if is_open else (),
    )
