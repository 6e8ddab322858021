"""The part of a form that says which right somebody is to have."""

from datetime import datetime, time, timedelta

from sqlalchemy import Connection

from config.errors import UserError
from config.regions import find
from config.schedule import Role
from engine.person_edit import unit_called
from engine.rights import NewRight
from web.forms import Form

_REGIONAL = (Role.ADMIN, Role.AUDITOR)


def read_right(conn: Connection, form: Form) -> NewRight | None:
    """Return the right that a form asks for; None where something is wrong, which the form then tells."""
    role, region = _role(form), _region(form)
    named = form.text("unit") if role not in _REGIONAL else ""
    unit_id = unit_called(conn, named, region) if named and region else None
    if named and region and unit_id is None:
        form.wrong("unit", "people.no_such_unit")
    if form.problems or role is None or region is None:
        return None
    return NewRight(
        role=role,
        region=region,
        unit_id=unit_id,
        until=end_of(form, "until"),
        reason=form.text("reason") or None,
    )


def end_of(form: Form, name: str) -> datetime | None:
    """Return the instant at which the day of a field is over, None where none is given."""
    day = form.day(name)
    return datetime.combine(day + timedelta(days=1), time.min, form.zone) if day else None


def _role(form: Form) -> Role | None:
    text = form.text("role", required=True)
    return Role(text) if text in tuple(Role) else None


def _region(form: Form) -> str | None:
    text = form.text("region", required=True)
    if not text:
        return None
    try:
        return find(text).code
    except UserError as error:
        form.note({"region": error.text})
        return None
