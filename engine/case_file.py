"""All that the page of one case tells beside its state: its notice, whom to ask, who handed in what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from engine.actors import Actor
from engine.audit.differences import differences_along
from engine.audit.names import meant_by, names_of
from engine.audit.search import AuditLine, ChangeFilter, find_changes
from engine.audit.subjects import Kind
from engine.audit.telling import ToldChange, tell, told_with
from engine.case_view import CaseView, HandedIn, case_view
from engine.changes import ChangeLine
from engine.uploads.shelf import Held, held_of
from workflows.blockers import Blocker

SHOWN = 10
"""So many of the last changes are told on the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """One material of a case, who handed it in (None: history does not say), and why it stays, if it must."""

    held: Held
    by: str | None
    stays: Blocker | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """One case with all around it; ``changes`` are the last ones in words, the newest first."""

    view: CaseView
    materials: tuple[Filed, ...]
    changes: tuple[ToldChange, ...]
    following: int | None


def case_file(
    conn: Connection, ref: str, *, actor: Actor, now: datetime, store: Path, local: ZoneInfo
) -> CaseFile:
    """Return a case with all around it; UserError (``case.unknown``) where there is none for the actor."""
    view = case_view(conn, ref, actor=actor, now=now)
    return CaseFile(
        view=view,
        materials=tuple(_filed(one, held_of(one, store), view.history) for one in view.materials),
        changes=_last_told(conn, view, local=local, year=now.astimezone(local).year),
        following=view.history[-SHOWN].id if len(view.history) > SHOWN else None,
    )


def _last_told(conn: Connection, view: CaseView, *, local: ZoneInfo, year: int) -> tuple[ToldChange, ...]:
    """Return the last changes in words; who may see a case may see all that was done with it."""
    subject = f"{Kind.CASE}:{view.case.ref}"
    lines = [_line(subject, view, change) for change in reversed(view.history[-SHOWN:])]
    different = differences_along(subject, view.history)
    shown = {key: different[key] for key in ((subject, line.change.version) for line in lines)}
    known = {change.actor: change.who for change in view.history}
    known |= {f"{Kind.UNIT}:{view.unit_id}": view.case.unit}
    if view.case.coordinator is not None:
        known |= {f"{Kind.PERSON}:{view.coordinator_id}": view.case.coordinator}
    mentioned = {meant_by(field, value) for line in lines for field, value in _set_by(line)}
    names = {**known, **names_of(conn, mentioned - known.keys())}
    return told_with(conn, lines, names, shown, local=local, year=year)


def _set_by(line: AuditLine) -> Iterable[tuple[str, Any]]:
    return (line.change.details.get("set") or {}).items()


def _line(subject: str, view: CaseView, change: ChangeLine) -> AuditLine:
    return AuditLine(
        subject=subject,
        kind=Kind.CASE,
        ref=view.case.ref,
        about=view.case.title,
        unit=view.case.unit,
        lifecycle=view.case.kind,
        change=change,
    )


def changes_told(
    conn: Connection, ref: str, *, actor: Actor, local: ZoneInfo, after: int | None = None, most: int = 100
) -> tuple[tuple[ToldChange, ...], int | None]:
    """Return a page of a case's changes in words, the newest first, and what to ask on after."""
    found = find_changes(conn, actor, ChangeFilter(subject=f"case:{ref}"), after=after, limit=most)
    return tell(conn, found, local=local), found.following


def _filed(given: HandedIn, one: Held, history: Sequence[ChangeLine]) -> Filed:
    by = next((change.who for change in history if _brought(change, one)), None)
    return Filed(held=one, by=by, stays=given.stays)


def _brought(change: ChangeLine, one: Held) -> bool:
    """Return whether a change is the one by which a material was handed in."""
    if change.recorded_at != one.added_at:
        return False
    return any(
        (told["kind"], told["uri"]) == (one.kind, one.uri) for told in change.details.get("materials", ())
    )
