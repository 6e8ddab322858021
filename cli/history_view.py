"""Changes as they read like sentences, and as JSON."""

from collections.abc import Sequence

from cli.labels import label, state_label, trigger_label
from cli.moments import local
from cli.show import Cell, Column, record, table
from cli.words import LABELS, lang, say
from engine.changes import ChangeLine
from workflows.wording import say_materials

_SHOWN = 4  # values of one change in a table; JSON has them all


def change_form(change: ChangeLine) -> dict[str, object]:
    """Return a change as JSON."""
    return record(change)


def show_changes(changes: Sequence[ChangeLine], *, kind: str = "activity") -> None:
    """Print changes, the oldest first."""
    columns = (
        Column("version", right=True),
        Column("when"),
        Column("actor"),
        Column("change"),
        Column("told", wraps=True),
    )
    table(columns, [_row(change, kind) for change in changes])


def _row(change: ChangeLine, kind: str) -> Sequence[str | Cell]:
    step = trigger_label(kind, change.trigger)
    if change.source and change.source != change.dest:
        step = say("change.moved", step=step, dest=state_label(kind, change.dest))
    who = label("actor", change.who)
    return str(change.version), local(change.occurred_at), who, step, _told(change)


def _told(change: ChangeLine) -> str:
    parts = [say("change.forced")] if change.forced else []
    parts += [change.reason] if change.reason else []
    parts += _materials(change)
    parts += [] if change.trigger == "enter" else _values(change)
    delay = change.recorded_at - change.occurred_at
    if delay.total_seconds() > 3600:
        parts.append(say("change.recorded", at=local(change.recorded_at)))
    return say("list.semicolon").join(parts)


def _materials(change: ChangeLine) -> list[str]:
    counts: dict[str, int] = {}
    for item in change.details.get("materials", ()):
        if isinstance(item, dict):
            counts[item["kind"]] = counts.get(item["kind"], 0) + 1
    said = [say_materials(kind, count, lang()) for kind, count in counts.items()]
    return [say("change.with", materials=say("list.comma").join(said))] if said else []


def _values(change: ChangeLine) -> list[str]:
    values = change.details.get("set")
    if not isinstance(values, dict):
        return []
    said = [f"{_field(name)} = {value}" for name, value in values.items()]
    return said[:_SHOWN] + (["…"] if len(said) > _SHOWN else [])


def _field(name: str) -> str:
    known = LABELS.get(f"field.{name}")
    return known.in_(lang()) if known else name
