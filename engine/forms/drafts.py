"""A form being filled in: begun from what is known of the case, saved as somebody types."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from config.errors import UserError
from config.form import Form, Origin
from engine.actors import Actor
from engine.cases import cases_by_ref
from engine.do import Blocked, StepsBlocked, blockers_of
from engine.field_problems import Problem
from engine.forms.answers import Answers, Typed, checked, typed
from engine.forms.filled import values_handed_in
from engine.tables import case, form_draft, person, unit
from workflows.blockers import Blocker, Code
from workflows.decide import allowed
from workflows.registry import lifecycle


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A form being filled in.

    ``answers`` are as typed, else as known. ``problems`` are wrong, ``missing`` still open;
    ``saved_at`` is None where nothing was typed yet.
    """

    form: Form
    ref: str
    answers: Mapping[str, Typed]
    problems: tuple[Problem, ...]
    missing: tuple[Problem, ...]
    saved_at: datetime | None

    @property
    def complete(self) -> bool:
        """Tell whether it could be handed in as it is."""
        return not (self.problems or self.missing)


def draft_of(conn: Connection, ref: str, form: Form, *, now: datetime, store: Path) -> Draft:
    """Return a form as it stands for a case: typed, else last handed in, else as the case knows it."""
    [row] = cases_by_ref(conn, [ref])
    kept = conn.execute(select(form_draft).where(*_mine(row.id, form))).first()
    begun, now_so = _known(conn, ref, form)
    known = {**begun, **values_handed_in(conn, ref, form, store), **now_so}
    answers = {**typed(form, known), **(kept.answers if kept else {})}
    return _draft(form, ref, answers, saved_at=kept.saved_at if kept else None, now=now)


def save_answers(
    conn: Connection, ref: str, form: Form, answers: Answers, *, actor: Actor, now: datetime
) -> Draft:
    """Keep some answers, right or wrong, beside those kept already; return the draft of what was typed.

    StepsBlocked where the case takes no materials any more, or the actor's rights do not reach it.
    """
    row = require_open(conn, ref, actor=actor, now=now)
    who = _person(actor)
    # two windows may save at once: whoever comes second sees what the first has kept
    conn.execute(select(case.c.id).where(case.c.id == row.id).with_for_update())
    kept = conn.execute(select(form_draft).where(*_mine(row.id, form))).first()
    merged = {**(kept.answers if kept else {}), **typed(form, answers)}
    values = {"answers": merged, "saved_at": now, "person_id": who}
    if kept:
        conn.execute(update(form_draft).where(*_mine(row.id, form)).values(values))
    else:
        conn.execute(insert(form_draft).values(case_id=row.id, form=form.key, **values))
    return _draft(form, ref, merged, saved_at=now, now=now)


def drop_draft(conn: Connection, case_id: int, form: Form) -> None:
    """Forget what was typed."""
    conn.execute(delete(form_draft).where(*_mine(case_id, form)))


def _mine(case_id: int, form: Form) -> tuple[Any, ...]:
    return form_draft.c.case_id == case_id, form_draft.c.form == form.key


def _draft(
    form: Form, ref: str, answers: Mapping[str, Typed], *, saved_at: datetime | None, now: datetime
) -> Draft:
    found = checked(form, answers, year=now.year)
    return Draft(
        form=form,
        ref=ref,
        answers=answers,
        problems=found.problems,
        missing=found.missing,
        saved_at=saved_at,
    )


def _known(conn: Connection, ref: str, form: Form) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what answers may begin with, and what they are by the values of the case."""
    query = (
        select(case, unit.c.name.label("unit_name"), person.c.name.label("person_name"))
        .add_columns(person.c.phone, person.c.email)
        .join(unit, unit.c.id == case.c.unit_id)
        .outerjoin(person, person.c.id == case.c.coordinator_id)
        .where(case.c.ref == ref)
    )
    row = conn.execute(query).one()
    origins: dict[Origin | None, str | None] = {
        Origin.UNIT: row.unit_name,
        Origin.COORDINATOR: row.person_name,
        Origin.COORDINATOR_PHONE: row.phone,
        Origin.COORDINATOR_EMAIL: row.email,
    }
    begun = {one.key: told for one in form.fields if (told := origins.get(one.origin)) is not None}
    filled = {one.key: getattr(row, one.fills) for one in form.fields if one.fills}
    return begun, {key: value for key, value in filled.items() if value is not None}


def require_open(conn: Connection, ref: str, *, actor: Actor, now: datetime) -> Any:
    """Return the case if the actor may add materials to it now."""
    [row] = cases_by_ref(conn, [ref])
    blockers = blockers_of(conn, ref, "attach", now=now, actor=actor)
    if blockers:
        raise StepsBlocked([Blocked(ref, blockers)], 1)
    roles = actor.roles_for(region=row.region, unit_id=row.unit_id, coordinator_id=row.coordinator_id)
    if not allowed(lifecycle(row.kind, row.lifecycle), row.state, "attach", roles):
        refused = Blocker(code=Code.NOT_ALLOWED, params={"trigger": "attach"})
        raise StepsBlocked([Blocked(ref, (refused,))], 1)
    return row


def _person(actor: Actor) -> int:
    if actor.person_id is None:
        raise UserError(
            zh="表格由具体的人填写；请用本人账号登录后再填。",
            en="a form is filled in by a person; sign in as one",
            code="form.no_person",
        )
    return actor.person_id
