"""Cases as tables and JSON."""

from collections.abc import Sequence

from cli.labels import place, state_label
from cli.moments import day_shown
from cli.show import Cell, Column, record
from cli.words import lang, say
from engine.listing import CaseLine

COLUMNS = (
    Column("number"),
    Column("title", wraps=True),
    Column("unit", wraps=True),
    Column("days"),
    Column("state"),
    Column("late", wraps=True),
)


def case_form(one: CaseLine) -> dict[str, object]:
    """Return a case as JSON."""
    late = [record(missed, name={"zh": missed.name.zh, "en": missed.name.en}) for missed in one.late]
    return record(one, region_name=place(one.region), late=late)


def case_row(one: CaseLine) -> Sequence[str | Cell]:
    """Return a case as a row of a table."""
    return one.ref, one.title, one.unit, days(one), state_label(one.kind, one.state), late_cell(one)


def days(one: CaseLine) -> str:
    """Return the days of an activity: one, or first to last."""
    if one.starts_on is None or one.starts_on == one.ends_on:
        return one.starts_on.isoformat() if one.starts_on else ""
    end = one.ends_on.strftime("%m-%d") if one.ends_on else "?"
    return f"{one.starts_on.isoformat()}–{end}"


def late_cell(one: CaseLine) -> Cell:
    """Return what a case has missed, in red."""
    if not one.late:
        return Cell("")
    first = one.late[0]
    text = say("case.late", name=first.name.in_(lang()), days=first.days)
    more = len(one.late) - 1
    return Cell(text + (say("case.late_more", count=more) if more else ""), "late")


def due_shown(one: CaseLine) -> list[str]:
    """Return each missed date as a line."""
    return [
        say("case.missed", name=missed.name.in_(lang()), due=day_shown(missed.due), days=missed.days)
        for missed in one.late
    ]
