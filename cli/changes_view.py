"""What applying a notice changes, or would change."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from cli.labels import label
from cli.moments import local
from cli.notice_view import rung_label
from cli.show import Cell, Column, line, record, table, tell
from cli.words import lang, say
from config.firings import DAILY, WHOLE
from config.schedule import Name
from engine.apply import Applied, FiringChange
from engine.schedules import schedules_in_force

Names = Mapping[tuple[str, str], Name]
"""What milestones are called, by notice and key."""

_TONES = {"add": "done", "move": "soon", "drop": "late"}


def applied_form(applied: Applied) -> dict[str, object]:
    """Return as JSON what an apply does."""
    children = [applied_form(child) for child in applied.children]
    return record(applied, changes_nothing=applied.changes_nothing, children=children)


def show_applied(applied: Applied, names: Names, *, planned: bool) -> None:
    """Print what an apply does to a notice and those that extend it."""
    if applied.changes_nothing:
        tell("apply.nothing", notice=applied.notice, version=applied.version)
        return
    _show_one(applied, names, planned=planned)
    for child in applied.children:
        line()
        _show_one(child, names, planned=planned)
    line()
    tell("apply.planned" if planned else "apply.done", notice=applied.notice, version=applied.version)


def names_in_force(conn: Connection) -> Names:
    """Return what the milestones of every notice in force are called."""
    return {
        (notice, milestone.key): milestone.name
        for notice, schedule in schedules_in_force(conn).items()
        for milestone in schedule.milestones
    }


def _show_one(applied: Applied, names: Names, *, planned: bool) -> None:
    tell("apply.head", notice=applied.notice, version=applied.version)
    first = all(one.before is None for one in applied.fields)
    if first:
        tell("apply.first", count=len(applied.fields))
    else:
        rows = [(one.place, one.before or "–", one.after or "–") for one in applied.fields]
        table((Column("place"), Column("before", wraps=True), Column("after", wraps=True)), rows)
    if applied.firings:
        line()
        if first and all(one.what == "add" for one in applied.firings):
            _show_milestones(applied, names)
        else:
            _show_firings(applied, names)
    line()
    _counts(applied, planned=planned)


def _show_milestones(applied: Applied, names: Names) -> None:
    """Print how many reminders each milestone is to have, its first and its last."""
    found: dict[str, list[datetime]] = {}
    for one in applied.firings:
        if one.after is not None:
            found.setdefault(one.milestone, []).append(one.after)
    tell("apply.coming")
    columns = (
        Column("milestone", wraps=True),
        Column("reminders", right=True),
        Column("first"),
        Column("last"),
    )
    ordered = sorted(found.items(), key=lambda pair: min(pair[1]))
    rows = [
        (_named(applied.notice, key, names), str(len(at)), local(min(at)), local(max(at)))
        for key, at in ordered
    ]
    table(columns, rows)


def _show_firings(applied: Applied, names: Names) -> None:
    columns = (
        Column("change"),
        Column("milestone", wraps=True),
        Column("rung"),
        Column("before"),
        Column("after"),
    )
    firings = sorted(applied.firings, key=lambda one: (one.after or one.before or 0, one.milestone))
    table(columns, [_row(one, names) for one in firings])


def _row(one: FiringChange, names: Names) -> Sequence[str | Cell]:
    change = Cell(label("change", one.what), _TONES.get(one.what, ""))
    name = _named(one.notice, one.milestone, names)
    return change, name, rung_label(one.rung), local(one.before) or "–", local(one.after) or "–"


def _named(notice: str, key: str, names: Names) -> Cell:
    """Return a milestone by its name, with its key small beside it."""
    if key == WHOLE:
        return Cell(label("template", DAILY))
    name = names.get((notice, key))
    return Cell(name.in_(lang()), small=key) if name else Cell(key)


def _counts(applied: Applied, *, planned: bool) -> None:
    counts = {what: sum(one.what == what for one in applied.firings) for what in ("add", "move", "drop")}
    tell("apply.firings", **counts)
    if applied.past:
        tell("apply.past", count=applied.past)
    if applied.settled:
        tell("apply.settled", count=applied.settled)
    _refs("apply.owed_planned" if planned else "apply.owed", applied.owed)
    _refs("apply.waived_planned" if planned else "apply.waived", applied.excused.waived)
    _refs("apply.begun", applied.excused.begun)


def _refs(key: str, refs: Sequence[str]) -> None:
    if refs:
        shown = say("list.comma").join(refs[:5]) + ("…" if len(refs) > 5 else "")
        tell(key, count=len(refs), refs=shown)
