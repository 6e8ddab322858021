"""What a filled-in form changes of a schedule: only what differs from what stood there."""

import re
from collections.abc import Iterator

from engine.schedule_edit import Value
from web.desks.notices.fields import DateField, NeedsField, RungField, ScheduleFields
from web.forms import Form
from web.typed import as_day

Change = tuple[str, Value]
TICKS = "ticks"
"""A field that says that the form was sent whole: a box that is missing then is one without a tick."""

_OF_THE_YEAR = re.compile(r"^(?=[0-9]{1,2}月)")
_MOST_OF_A_KIND = 1000


def changes_in(form: Form, fields: ScheduleFields) -> dict[str, Value]:
    """Return the changes by place; what is no number is noted in the form."""
    changes = dict(_typed(form, fields))
    if form.checked(TICKS):
        changes |= dict(_ticked(form, fields))
    return changes


def _typed(form: Form, fields: ScheduleFields) -> Iterator[Change]:
    hour = form.text("send_at")
    if hour and hour != fields.send_at:
        yield "send_at", hour
    for date in fields.dates:
        yield from _date(form, date, fields.year)
    for needs in fields.needs:
        yield from _needs(form, needs)


def _date(form: Form, field: DateField, year: int) -> Iterator[Change]:
    if field.place not in form.data:
        return
    typed = _OF_THE_YEAR.sub(rf"{year}年\g<0>", form.text(field.place)) if year else form.text(field.place)
    day = as_day(typed)
    value = day.isoformat() if day else typed
    if value != field.value:
        yield field.place, value or None


def _needs(form: Form, field: NeedsField) -> Iterator[Change]:
    before = {one.kind: one.count for one in field.counts}
    after = {one.kind: _count(form, one.name, one.count) for one in field.counts}
    added = form.text(f"{field.place}+")
    if added in dict(field.others):
        after[added] = 1
    if after != before:
        yield field.place, after


def _count(form: Form, name: str, before: int) -> int:
    if name not in form.data:
        return before
    return form.number(name, most=_MOST_OF_A_KIND) or 0


def _ticked(form: Form, fields: ScheduleFields) -> Iterator[Change]:
    for place, before in (("review", fields.review), ("daily", fields.daily)):
        if form.checked(place) != before:
            yield place, form.checked(place)
    for rung in fields.rungs:
        yield from _rung(form, rung)


def _rung(form: Form, field: RungField) -> Iterator[Change]:
    wanted, offset = form.checked(field.place), form.text(f"{field.place}.offset")
    if not wanted:
        if field.on:
            yield field.place, "off"
    elif offset and offset != str(field.offset):
        yield field.place, offset
    elif not field.on:
        yield field.place, "on"
