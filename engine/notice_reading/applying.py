"""From a reading into force: what was decided is planned and applied like any other text."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from config.catalogue import catalogue
from config.resolve import resolve
from config.schedule import Name
from engine.actors import Actor
from engine.apply import Applied
from engine.notice_reading.kept import Paper, mark_applied, reading_of, require_open
from engine.notice_reading.proposal import Proposal, proposal_of, require_decided
from engine.planning import ScheduleChange, apply_planned
from engine.schedule_diff import FieldChange, differences
from engine.schedules import applied_sources


def proposal_to_plan(conn: Connection, number: int, *, now: datetime) -> Proposal:
    """Return what a reading comes to; UserError while something is undecided, or once it is in force."""
    kept = reading_of(conn, number)
    require_open(kept)
    proposal = proposal_of(conn, kept, now=now)
    require_decided(proposal)
    return proposal


def apply_reading(
    conn: Connection, number: int, change: ScheduleChange, *, actor: Actor, now: datetime, lang: str
) -> Applied:
    """Put in force what a reading came to; the history names its document, in ``lang``."""
    paper = proposal_to_plan(conn, number, now=now).kept.paper
    told = replace(change, origin=_origin(paper).in_(lang))
    applied = apply_planned(conn, told, actor=actor, now=now)
    mark_applied(conn, number, change.notice, now=now)
    return applied


def differences_to_earlier(conn: Connection, proposal: Proposal) -> tuple[FieldChange, ...]:
    """Return what the draft changes in the notice in force under its id, everything where there is none.

    UserError where the draft is not sound yet.
    """
    name = proposal.heading.id
    sources = {**catalogue(), **applied_sources(conn), name: proposal.text}
    return differences(proposal.earlier, resolve(name, sources))


def _origin(paper: Paper) -> Name:
    return Name(
        zh=f"依据文件“{paper.name}”（sha256 {paper.sha256}）",
        en=f"drafted from “{paper.name}” (sha256 {paper.sha256})",
    )
