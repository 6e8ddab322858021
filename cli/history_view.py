"""Changes as they read like sentences, and as JSON."""

from collections import Counter
from collections.abc import Sequence

from cli.called import Names, subject_of
from cli.labels import kind_of_state, label, state_label, trigger_label
from cli.moments import local
from cli.show import Cell, Column, line, record, table, tell
from cli.words import LABELS, lang, say
from engine.asof import Standing
from engine.changes import ChangeLine
from engine.commendation.chain import ACTS
from engine.verifier import Verdict
from workflows.wording import say_materials

_MOST = 50  # rows of one table; JSON has them all
_SHOWN = 4  # values of one change in a table; JSON has them all


def change_form(change: ChangeLine) -> dict[str, object]:
    """Return a change as JSON."""
    return record(change)


def show_changes(changes: Sequence[ChangeLine], names: Names, *, kind: str = "activity") -> None:
    """Print changes, the oldest first."""
    columns = (
        Column("version", right=True),
        Column("when"),
        Column("actor"),
        Column("change"),
        Column("told", wraps=True),
    )
    table(columns, [_row(change, names, kind) for change in changes])


def kind_of(subject: str, changes: Sequence[ChangeLine]) -> str:
    """Return the lifecycle by which the states and steps of a subject are named."""
    family = subject.partition(":")[0]
    if family in ("mail", "notice"):
        return {"mail": "message", "notice": "notice"}[family]
    return kind_of_state(changes[-1].dest) if changes else "activity"


def standing_form(one: Standing) -> dict[str, object]:
    """Return a case as it stood as JSON."""
    return {"ref": one.subject.partition(":")[2]} | record(one)


def show_standings(standings: Sequence[Standing], names: Names) -> None:
    """Print how many cases stood where, and each of them."""
    counted = Counter(one.state for one in standings)
    counts = [f"{state_label(kind_of_state(state), state)} {count}" for state, count in counted.items()]
    line(say("list.semicolon").join(counts))
    columns = (
        Column("number"),
        Column("title", wraps=True),
        Column("state"),
        Column("since"),
        Column("actor"),
        Column("notice"),
    )
    table(columns, [_standing(one, names) for one in standings[:_MOST]])
    if len(standings) > _MOST:
        tell("list.cut", shown=_MOST, total=len(standings))


def show_verdict(found: Verdict) -> None:
    """Print what a verification found."""
    problem = "" if found.problem is None else found.problem.en if lang() == "en" else found.problem.zh
    key = {True: "verify.sound", False: "verify.altered", None: "verify.unsure"}[found.sound]
    tell(key, rows=found.rows, subjects=found.subjects, root=found.root, problem=problem)
    if found.backwards:
        tell("verify.backwards", count=found.backwards)
    if found.unsigned:
        tell("verify.unsigned", count=found.unsigned)


def _standing(one: Standing, names: Names) -> Sequence[str]:
    state = state_label(kind_of_state(one.state), one.state)
    title = str(one.values.get("title") or "")
    number, actor = one.subject.partition(":")[2], names.get(one.actor) or label("actor", one.actor)
    return number, title, state, local(one.occurred_at), actor, one.schedule or ""


def _row(change: ChangeLine, names: Names, kind: str) -> Sequence[str | Cell]:
    step = trigger_label(kind, change.trigger)
    if change.source and change.source != change.dest:
        step = say("change.moved", step=step, dest=state_label(kind, change.dest))
    who = label("actor", change.who)
    return str(change.version), local(change.occurred_at), who, step, _told(change, names)


def _told(change: ChangeLine, names: Names) -> str:
    parts = [say("change.forced")] if change.forced else []
    parts += _candidate(change)
    parts += [change.reason] if change.reason else []
    origin = change.details.get("copied_from")
    parts += [say("change.copied", ref=origin)] if origin else []
    parts += _materials(change)
    parts += [] if change.trigger == "enter" else _values(change, names)
    delay = change.recorded_at - change.occurred_at
    if delay.total_seconds() > 3600:
        parts.append(say("change.recorded", at=local(change.recorded_at)))
    return say("list.semicolon").join(parts)


def _candidate(change: ChangeLine) -> list[str]:
    """Return whom a change of a list of commendations is about, and what became of it."""
    told = change.details
    if change.trigger != "adjust" or told.get("act") not in ACTS or not told.get("name"):
        return []
    return [say(f"change.{told['act']}", name=told["name"], place=told.get("place"))]


def _materials(change: ChangeLine) -> list[str]:
    counts: dict[str, int] = {}
    for item in change.details.get("materials", ()):
        if isinstance(item, dict):
            counts[item["kind"]] = counts.get(item["kind"], 0) + 1
    said = [say_materials(kind, count, lang()) for kind, count in counts.items()]
    return [say("change.with", materials=say("list.comma").join(said))] if said else []


def _values(change: ChangeLine, names: Names) -> list[str]:
    values = change.details.get("set")
    if not isinstance(values, dict):
        return []
    said = [f"{_field(name)} = {_value(name, value, names)}" for name, value in values.items()]
    return said[:_SHOWN] + (["…"] if len(said) > _SHOWN else [])


def _value(name: str, value: object, names: Names) -> object:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return say("yes" if value else "no")
    return names.get(subject_of(name, value), value)


def _field(name: str) -> str:
    known = LABELS.get(f"field.{name}")
    return known.in_(lang()) if known else name
