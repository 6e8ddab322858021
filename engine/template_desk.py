"""Who may write mail templates, and a case to try one on."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, select

from engine.actors import Actor
from engine.admins import is_admin
from engine.scope import seen
from engine.tables import case, notice
from engine.template_versions import save


def may_write_templates(conn: Connection, actor: Actor) -> bool:
    """Return whether an actor may write the templates: an admin wherever a notice is in use here."""
    return is_admin(actor, conn.scalars(select(notice.c.region).distinct()).all())


def some_case(conn: Connection, actor: Actor) -> str | None:
    """Return the number of a case that an actor may see, to try a template on; None where there is none."""
    stands = case.c.state != "cancelled"
    return conn.scalar(select(case.c.ref).where(seen(actor), stands).order_by(case.c.ref).limit(1))


def save_all(
    conn: Connection, texts: Iterable[tuple[str, str, int]], *, actor: Actor, now: datetime
) -> tuple[str, ...]:
    """Save several templates (name, text, the version seen), all or none; return which of them changed."""
    changed = []
    for name, text, seen_version in texts:
        version = save(conn, name, text, actor=actor, now=now, expect_version=seen_version)
        changed += [name] if version != seen_version else []
    return tuple(changed)
