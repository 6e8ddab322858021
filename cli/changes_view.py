"""What applying a notice changes, or would change."""

from collections.abc import Sequence

from cli.labels import label
from cli.moments import local
from cli.notice_view import rung_label
from cli.show import Cell, Column, line, record, table, tell
from cli.words import say
from engine.apply import Applied, FiringChange

MOST = 40  # rows of one table; JSON has them all

_TONES = {"add": "done", "move": "soon", "drop": "late"}


def applied_form(applied: Applied) -> dict[str, object]:
    """Return as JSON what an apply does."""
    children = [applied_form(child) for child in applied.children]
    return record(applied, changes_nothing=applied.changes_nothing, children=children)


def show_applied(applied: Applied, *, planned: bool) -> None:
    """Print what an apply does to a notice and those that extend it."""
    if applied.changes_nothing:
        tell("apply.nothing", notice=applied.notice, version=applied.version)
        return
    _show_one(applied, planned=planned)
    for child in applied.children:
        line()
        _show_one(child, planned=planned)
    line()
    tell("apply.planned" if planned else "apply.done", notice=applied.notice, version=applied.version)


def _show_one(applied: Applied, *, planned: bool) -> None:
    tell("apply.head", notice=applied.notice, version=applied.version)
    if all(one.before is None for one in applied.fields):
        tell("apply.first", count=len(applied.fields))
    else:
        rows = [(one.place, one.before or "–", one.after or "–") for one in applied.fields]
        table((Column("place"), Column("before", wraps=True), Column("after", wraps=True)), rows[:MOST])
        _cut(rows)
    if applied.firings:
        line()
        columns = (Column("change"), Column("milestone"), Column("rung"), Column("before"), Column("after"))
        firings = sorted(applied.firings, key=lambda one: (one.after or one.before or 0, one.milestone))
        table(columns, [_row(one) for one in firings[:MOST]])
        _cut(firings)
    line()
    _counts(applied, planned=planned)


def _row(one: FiringChange) -> Sequence[str | Cell]:
    change = Cell(label("change", one.what), _TONES.get(one.what, ""))
    return change, one.milestone, rung_label(one.rung), local(one.before) or "–", local(one.after) or "–"


def _cut(rows: Sequence[object]) -> None:
    if len(rows) > MOST:
        tell("list.cut", shown=MOST, total=len(rows))


def _counts(applied: Applied, *, planned: bool) -> None:
    counts = {what: sum(one.what == what for one in applied.firings) for what in ("add", "move", "drop")}
    tell("apply.firings", **counts)
    if applied.past:
        tell("apply.past", count=applied.past)
    if applied.settled:
        tell("apply.settled", count=applied.settled)
    if applied.owed:
        shown = say("list.comma").join(applied.owed[:5]) + ("…" if len(applied.owed) > 5 else "")
        tell("apply.owed_planned" if planned else "apply.owed", count=len(applied.owed), refs=shown)
