"""All that the page of one case tells beside its state: its notice, whom to ask, who handed in what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from config.schedule import Contact
from engine.actors import Actor
from engine.audit.search import ChangeFilter, find_changes
from engine.audit.telling import ToldChange, tell
from engine.case_view import CaseView, case_view
from engine.changes import ChangeLine
from engine.schedules import schedule_of
from engine.tables import person
from engine.uploads.shelf import Held, held

SHOWN = 10
"""So many of the last changes are told on the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """One material of a case, and who handed it in (None: history does not say)."""

    held: Held
    by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """One case with all around it; ``changes`` are the last ones in words, the newest first."""

    view: CaseView
    notice: str
    issuer: str
    contacts: tuple[Contact, ...]
    phone: str | None
    materials: tuple[Filed, ...]
    changes: tuple[ToldChange, ...]
    following: int | None


def case_file(
    conn: Connection, ref: str, *, actor: Actor, now: datetime, store: Path, local: ZoneInfo
) -> CaseFile:
    """Return a case with all around it; UserError (``case.unknown``) where there is none for the actor."""
    view = case_view(conn, ref, actor=actor, now=now)
    schedule = schedule_of(conn, view.case.notice)
    told = find_changes(conn, actor, ChangeFilter(subject=f"case:{ref}"), limit=SHOWN)
    return CaseFile(
        view=view,
        notice=schedule.title,
        issuer=schedule.issuer,
        contacts=schedule.contacts,
        phone=_phone(conn, view.coordinator_id),
        materials=tuple(_filed(one, view.history) for one in held(conn, ref, store)),
        changes=tell(conn, told, local=local, year=now.astimezone(local).year),
        following=told.following,
    )


def changes_told(
    conn: Connection, ref: str, *, actor: Actor, local: ZoneInfo, after: int | None = None, most: int = 100
) -> tuple[tuple[ToldChange, ...], int | None]:
    """Return a page of a case's changes in words, the newest first, and what to ask on after."""
    found = find_changes(conn, actor, ChangeFilter(subject=f"case:{ref}"), after=after, limit=most)
    return tell(conn, found, local=local), found.following


def _phone(conn: Connection, person_id: int | None) -> str | None:
    found: str | None = conn.scalar(select(person.c.phone).where(person.c.id == person_id))
    return found


def _filed(one: Held, history: Sequence[ChangeLine]) -> Filed:
    return Filed(held=one, by=next((change.who for change in history if _brought(change, one)), None))


def _brought(change: ChangeLine, one: Held) -> bool:
    """Return whether a change is the one by which a material was handed in."""
    if change.recorded_at != one.added_at:
        return False
    return any(
        (told["kind"], told["uri"]) == (one.kind, one.uri) for told in change.details.get("materials", ())
    )
