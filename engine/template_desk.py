"""Who may write mail templates, and a case to try one on."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, select

from config.regions import shared
from engine.actors import Actor
from engine.admins import is_admin
from engine.items import Reader
from engine.scope import require_visible, seen
from engine.tables import case, notice
from engine.template_preview import letter_for_case
from engine.template_versions import save
from notifications.letter import Letter
from notifications.render import sample_letter


def may_write_templates(conn: Connection, actor: Actor) -> bool:
    """Return whether an actor may write the templates: an admin wherever a notice is in use here."""
    return is_admin(actor, conn.scalars(select(notice.c.region).distinct()).all())


def writers_region(conn: Connection) -> str:
    """Return the smallest region whose admins may write the templates: it holds that of every notice."""
    codes = conn.scalars(select(notice.c.region).distinct()).all()
    return shared(codes)


def some_case(conn: Connection, actor: Actor) -> str | None:
    """Return the number of a case that an actor may see, to try a template on; None where there is none."""
    stands = case.c.state != "cancelled"
    return conn.scalar(select(case.c.ref).where(seen(actor), stands).order_by(case.c.ref).limit(1))


def letter_to_try(  # noqa: PLR0913  of which kind, about what, in which language, for whom
    conn: Connection, ref: str, kind: str, lang: str, *, actor: Actor, person_id: int, reader: Reader
) -> Letter:
    """Return the letter of a kind about a case that the actor may see, as its reader of a language gets it.

    Without a case it is an invented one.
    """
    if not ref:
        return sample_letter(kind, lang)
    require_visible(conn, actor, ref)
    letter = letter_for_case(conn, ref, kind, person_id=person_id, reader=reader)
    return replace(letter, to=replace(letter.to, lang=lang))


def save_all(
    conn: Connection, texts: Iterable[tuple[str, str, int]], *, actor: Actor, now: datetime
) -> tuple[str, ...]:
    """Save several templates (name, text, the version seen), all or none; return which of them changed."""
    changed = []
    for name, text, seen_version in texts:
        version = save(conn, name, text, actor=actor, now=now, expect_version=seen_version)
        changed += [name] if version != seen_version else []
    return tuple(changed)
