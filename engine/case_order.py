"""The order of a list of cases, and the cursors by which it is read on from any place."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from types import MappingProxyType
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Date, Select, and_, func, literal, or_, tuple_
from sqlalchemy import case as when

from config.errors import UserError
from engine.case_filter import CaseFilter, Sort
from engine.scope import is_wide
from engine.standing import FAR_OFF, LONG_AGO, Gauge, is_relative, last_held
from engine.tables import case, history, unit
from workflows.registry import lifecycle

_ROOM = timedelta(days=60)
_DAY = timedelta(days=1)

Keys = tuple[ColumnElement[Any], ...]
Chooser = Callable[[Sequence[Gauge]], Keys]


def keys_of(sort: Sort, gauges: Sequence[Gauge]) -> Keys:
    """Return what orders a list; the last of them tells any two cases apart."""
    return _KEYS[sort](gauges)


def place(query: Select[Any], wanted: CaseFilter, keys: Keys, *, with_units: bool = False) -> Select[Any]:
    """Return a query over cases (``with_units`` if joined already) in the order wanted."""
    if wanted.sort is Sort.UNIT and not with_units:
        query = query.join(unit, unit.c.id == case.c.unit_id)
    if wanted.sort is Sort.CHANGED:
        query = query.join(history, _last_change(wanted))
    return query.order_by(*(key.desc() if wanted.down else key for key in keys))


def _last_change(wanted: CaseFilter) -> ColumnElement[bool]:
    """Return the condition that joins a case with its last change, from the side that has fewer to read."""
    last = history.c.version == case.c.version
    if is_wide(wanted.actor):
        return and_(_cases(), case.c.ref == func.substr(history.c.subject, len("case:") + 1), last)
    return and_(history.c.subject == literal("case:") + case.c.ref, last)


def _cases() -> ColumnElement[bool]:
    return func.substr(history.c.subject, 1, len("case:")) == "case:"


def cursor(wanted: CaseFilter, values: Sequence[Any]) -> str:
    """Return the opaque word for the place of a case with those keys."""
    body = orjson.dumps([wanted.sort, wanted.down, *values])
    return urlsafe_b64encode(body).decode().rstrip("=")


def after(wanted: CaseFilter, keys: Keys, word: str) -> ColumnElement[bool]:
    """Return the condition that a case comes after a cursor; UserError where it is not of this list."""
    try:
        sort, down, *values = orjson.loads(urlsafe_b64decode(word + "=" * (-len(word) % 4)))
        bound = [_bound(key, value) for key, value in zip(keys, values, strict=True)]
    except (ValueError, TypeError, Error) as error:
        raise _lost(word) from error
    if (sort, down) != (wanted.sort, wanted.down):
        raise _lost(word)
    here = tuple_(*keys)
    return here < tuple_(*bound) if wanted.down else here > tuple_(*bound)


def _bound(key: ColumnElement[Any], value: Any) -> ColumnElement[Any]:
    kind = key.type.python_type
    if kind is date:
        return literal(date.fromisoformat(value), Date)
    if type(value) is not kind:
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return literal(value, key.type)


def _lost(word: str) -> UserError:
    return UserError(
        zh=f"翻页位置“{word[:40]}”不属于这个列表；请从第一页重新开始。",
        en=f"the cursor {word[:40]!r} is not of this list; begin again at its first page",
        code="cursor.invalid",
    )


def due_sql(gauges: Sequence[Gauge]) -> ColumnElement[date]:
    """Return the nearest local day by which a case still owes something; the far end of time for none."""
    days = sorted(_owed_by(gauges), key=lambda one: one[0])
    found = [(or_(*(owed for _, owed in same)), literal(day, Date)) for day, same in groupby(days, _day)]
    never = literal(FAR_OFF, Date)
    return when(*found, else_=never) if found else never


def _day(one: tuple[date, ColumnElement[bool]]) -> date:
    return one[0]


def _owed_by(gauges: Sequence[Gauge]) -> Iterator[tuple[date, ColumnElement[bool]]]:
    for gauge in gauges:
        if is_relative(gauge.milestone):
            yield from _counted(gauge)
        elif gauge.milestone.due.day is not None:
            yield gauge.milestone.due.day, gauge.owed_sql()


def _counted(gauge: Gauge) -> Iterator[tuple[date, ColumnElement[bool]]]:
    """Yield each date that is counted from a last day of the season, with who owes something by it."""
    windows = gauge.rules.schedule.windows
    days = [day for window in windows for day in (window.start.start, window.end.day) if day]
    if not days:
        return
    due, end, before = min(days) - _ROOM, max(days) + _ROOM, LONG_AGO
    while due <= end:
        held = last_held(gauge.rules, gauge.milestone.key, due)
        if held > before:
            yield due, and_(gauge.owed_sql(), case.c.ends_on > before, case.c.ends_on <= held)
        due, before = due + _DAY, held


def _rank(_: Sequence[Gauge]) -> Keys:
    order = {str(state): rank for rank, state in enumerate(_STATES)}
    return when(order, value=case.c.state, else_=len(order)), case.c.id


_STATES = [state for name in ("activity", "report") for state in lifecycle(name).labels]
_KEYS: Mapping[Sort, Chooser] = MappingProxyType(
    {
        Sort.REF: lambda _: (case.c.id,),
        Sort.DUE: lambda gauges: (due_sql(gauges), case.c.id),
        Sort.TITLE: lambda _: (case.c.title, case.c.id),
        Sort.UNIT: lambda _: (unit.c.name, unit.c.id, case.c.id),
        Sort.REGION: lambda _: (case.c.region, case.c.state, case.c.id),
        Sort.STATE: _rank,
        Sort.CHANGED: lambda _: (history.c.id,),
    }
)
