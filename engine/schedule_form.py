"""A notice's schedule as a form shows it, and a text edited by what such a form gives."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from config.catalogue import catalogue
from config.ladder import DEFAULT
from config.lineage import lineage
from config.merge import Trail
from config.milestones import ladder_of
from config.noticefile import parse
from config.schedule import Name, Rung, Schedule
from engine.notice_versions import schedule_of_version, text_of_version
from engine.planning import FieldRefused, edit_schedule
from engine.schedule_edit import Value
from engine.schedules import applied_sources
from engine.tables import notice


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleForm:
    """One version of a schedule to be edited.

    ``ladder`` is what holds for every milestone that says nothing else, ``rungs`` all rungs that can stand
    in it; ``windows`` are the keys of those that the notice itself states.
    """

    version: int
    text: str
    schedule: Schedule
    ladder: tuple[Rung, ...]
    rungs: tuple[Rung, ...]
    windows: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """A text with what a form gave, and what of that could not be taken, by place."""

    text: str
    problems: Mapping[str, Name]


def schedule_form(conn: Connection, notice_id: str, version: int | None = None) -> ScheduleForm:
    """Return one version (None: the one in force) of a notice's schedule as a form shows it."""
    current = conn.scalar(select(notice.c.schedule_version).where(notice.c.id == notice_id)) or 0
    chosen = current if version is None else version
    text = text_of_version(conn, notice_id, chosen)
    sources = {**catalogue(), **applied_sources(conn), notice_id: text}
    ladder = ladder_of(lineage(notice_id, sources), Trail())
    rungs = {rung.key: rung for rung in (*DEFAULT, *ladder)}
    return ScheduleForm(
        version=chosen,
        text=text,
        schedule=schedule_of_version(conn, notice_id, chosen),
        ladder=ladder,
        rungs=tuple(sorted(rungs.values(), key=lambda rung: (rung.on != "opens", rung.offset))),
        windows=frozenset(parse(text).notice.windows),
    )


def edit_all(text: str, changes: Mapping[str, Value]) -> Edited:
    """Return a text with every change of a form that can be taken, and the problems of the others.

    UserError where all of them together make a text that is not sound.
    """
    problems: dict[str, Name] = {}
    for place, value in changes.items():
        try:
            text = edit_schedule(text, {place: value})
        except FieldRefused as refused:
            problems[place] = Name(
                zh=refused.text.zh.removeprefix(f"{place}："), en=refused.text.en.removeprefix(f"{place}: ")
            )
    return Edited(text=text, problems=problems)
