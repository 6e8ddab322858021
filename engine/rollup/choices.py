"""What a person chose to go along with a report: kept beside the forms being filled in."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from config.errors import UserError
from engine.actors import Actor
from engine.rollup.subject import Subject, require_due
from engine.tables import form_draft

PHOTOS, LINKS = "photos", "links"
_FORMS = {PHOTOS: "rollup_photos", LINKS: "rollup_links"}
CHOICES = frozenset(_FORMS.values())
"""Under these names choices are kept; no form has them."""


def choice_of(conn: Connection, subject: Subject, what: str) -> frozenset[int] | None:
    """Return the numbers of the materials that somebody chose, None where nobody has."""
    answers = conn.scalar(select(form_draft.c.answers).where(*_mine(subject, what)))
    return None if answers is None else frozenset(answers.get(what, ()))


def keep_choice(
    conn: Connection, subject: Subject, what: str, ids: Iterable[int], *, actor: Actor, now: datetime
) -> None:
    """Keep a choice in place of an earlier one; UserError for a report handed in, or nobody."""
    require_due(subject)
    conn.execute(delete(form_draft).where(*_mine(subject, what)))
    conn.execute(
        insert(form_draft).values(
            case_id=subject.case_id,
            form=_FORMS[what],
            answers={what: sorted(ids)},
            saved_at=now,
            person_id=_person(actor),
        )
    )


def _mine(subject: Subject, what: str) -> tuple[ColumnElement[bool], ...]:
    return form_draft.c.case_id == subject.case_id, form_draft.c.form == _FORMS[what]


def _person(actor: Actor) -> int:
    if actor.person_id is None:
        raise UserError(
            zh="照片和链接由具体的人挑选；请用本人账号登录后再选，或用 --as 邮箱 指明是谁。",
            en="photos and links are chosen by a person; sign in as one, or say who with --as ADDRESS",
            code="rollup.no_person",
        )
    return actor.person_id
