"""What applying a notice changes, or would change."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from cli.labels import label
from cli.moments import local
from cli.notice_view import rung_label
from cli.schedule_words import changed_rows
from cli.show import Cell, Column, line, record, table, tell
from cli.words import lang, say
from config.firings import DAILY, WHOLE
from config.schedule import Schedule
from engine.apply import Applied, FiringChange

InForce = Sequence[Mapping[str, Schedule]]
"""The schedules in force by notice, afterwards and before: they know what things are called."""

_TONES = {"add": "done", "move": "soon", "drop": "late"}


def applied_form(applied: Applied) -> dict[str, object]:
    """Return as JSON what an apply does."""
    children = [applied_form(child) for child in applied.children]
    return record(applied, changes_nothing=applied.changes_nothing, children=children)


def show_applied(applied: Applied, in_force: InForce, *, planned: bool) -> None:
    """Print what an apply does to a notice and those that extend it."""
    if applied.changes_nothing:
        tell("apply.nothing", notice=applied.notice, version=applied.version)
        return
    _show_one(applied, in_force, planned=planned)
    for child in applied.children:
        line()
        _show_one(child, in_force, planned=planned)
    line()
    tell("apply.planned" if planned else "apply.done", notice=applied.notice, version=applied.version)


def _show_one(applied: Applied, in_force: InForce, *, planned: bool) -> None:
    tell("apply.head", notice=applied.notice, version=applied.version)
    first = all(one.before is None for one in applied.fields)
    if first:
        tell("apply.first", count=len(applied.fields))
    else:
        columns = (Column("value", wraps=True), Column("before", wraps=True), Column("after", wraps=True))
        table(columns, changed_rows(applied.fields, _schedules(applied.notice, in_force)))
    if applied.firings:
        line()
        if first and all(one.what == "add" for one in applied.firings):
            _show_milestones(applied, in_force)
        else:
            _show_firings(applied, in_force)
    line()
    _counts(applied, planned=planned)


def _show_milestones(applied: Applied, in_force: InForce) -> None:
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
        (_named(applied.notice, key, in_force), str(len(at)), local(min(at)), local(max(at)))
        for key, at in ordered
    ]
    table(columns, rows)


def _show_firings(applied: Applied, in_force: InForce) -> None:
    columns = (
        Column("change"),
        Column("milestone", wraps=True),
        Column("rung"),
        Column("before"),
        Column("after"),
    )
    firings = sorted(applied.firings, key=lambda one: (one.after or one.before or 0, one.milestone))
    table(columns, [_row(one, in_force) for one in firings])


def _row(one: FiringChange, in_force: InForce) -> Sequence[str | Cell]:
    change = Cell(label("change", one.what), _TONES.get(one.what, ""))
    name = _named(one.notice, one.milestone, in_force)
    return change, name, rung_label(one.rung), local(one.before) or "–", local(one.after) or "–"


def _named(notice: str, key: str, in_force: InForce) -> Cell:
    """Return a milestone by its name, with its key small beside it."""
    if key == WHOLE:
        return Cell(label("template", DAILY))
    known = (one.milestone(key) for one in _schedules(notice, in_force))
    found = next((one for one in known if one), None)
    return Cell(found.name.in_(lang()), small=key) if found else Cell(key)


def _schedules(notice: str, in_force: InForce) -> list[Schedule]:
    return [schedules[notice] for schedules in in_force if notice in schedules]


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
