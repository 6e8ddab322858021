"""One case on one screen: what it is, what it lacks, what was handed in, what happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from cli.called import Names, names_in
from cli.cases_view import case_form, days, due_shown
from cli.history_view import change_form, show_changes
from cli.labels import blocker_text, place, state_label, trigger_label
from cli.show import Cell, Column, line, plain, table, tell
from cli.words import lang, say
from engine.changes import ChangeLine, MaterialLine, changes_of, materials_of
from engine.do import blockers_of
from engine.listing import CaseLine, one_case
from workflows.blockers import Blocker
from workflows.registry import lifecycle
from workflows.wording import MATERIALS

_LATEST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step that the lifecycle knows from the case's state, with every reason against it now."""

    trigger: str
    dest: str
    blockers: tuple[Blocker, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """All that is shown of one case."""

    case: CaseLine
    steps: tuple[Step, ...]
    materials: Sequence[MaterialLine]
    changes: Sequence[ChangeLine]
    people: Names


def read_case(conn: Connection, ref: str, *, now: datetime) -> CasePage:
    """Read all that is shown of one case; UserError if there is none of that number."""
    case = one_case(conn, ref, now=now)
    changes = changes_of(conn, f"case:{ref}")
    return CasePage(
        case=case,
        steps=steps_of(conn, case, now=now),
        materials=materials_of(conn, ref),
        changes=changes,
        people=names_in(conn, changes),
    )


def steps_of(conn: Connection, case: CaseLine, *, now: datetime) -> tuple[Step, ...]:
    """Return every step of the lifecycle from where a case stands that leads elsewhere."""
    life = lifecycle(case.kind, case.lifecycle)
    onward = [step for step in life.steps if step.source == case.state and step.dest != step.source]
    return tuple(
        Step(
            trigger=step.trigger, dest=step.dest, blockers=blockers_of(conn, case.ref, step.trigger, now=now)
        )
        for step in onward
    )


def case_page_form(page: CasePage) -> dict[str, object]:
    """Return a case with all about it as JSON."""
    return case_form(page.case) | {
        "steps": [step_form(step) for step in page.steps],
        "materials": plain(page.materials),
        "history": [change_form(change) for change in page.changes],
    }


def step_form(step: Step) -> dict[str, object]:
    """Return a step with its blockers as JSON."""
    return {
        "trigger": step.trigger,
        "dest": step.dest,
        "possible": not step.blockers,
        "blockers": [blocker_form(one) for one in step.blockers],
    }


def blocker_form(one: Blocker) -> dict[str, object]:
    """Return a blocker as JSON, with its sentence."""
    return {
        "code": str(one.code),
        "params": dict(one.params),
        "clears_on": one.clears_on.isoformat() if one.clears_on else None,
        "fix": one.fix,
        "text": blocker_text(one),
    }


def show_case(page: CasePage) -> None:
    """Print one case."""
    case = page.case
    line(f"{case.title}")
    tell(
        "case.head",
        ref=case.ref,
        unit=case.unit,
        region=place(case.region),
        state=state_label(case.kind, case.state),
    )
    tell("case.who", name=case.coordinator or "–", email=case.email or "–")
    if case.starts_on:
        tell("case.when", days=days(case), place=case.online_url or case.place or "–")
    if case.participants is not None:
        tell("case.participants", count=case.participants)
    for missed in due_shown(case):
        line(missed)
    if page.materials:
        line()
        table((Column("material"), Column("name", wraps=True)), [_material(one) for one in page.materials])
    line()
    show_steps(case.kind, page.steps)
    line()
    show_changes(page.changes[-_LATEST:], page.people, kind=case.kind)


def show_steps(kind: str, steps: Sequence[Step]) -> None:
    """Print what can be done with a case, and what stands against the rest."""
    if not steps:
        tell("case.final")
        return
    table(
        (Column("step"), Column("leads_to"), Column("now", wraps=True)), [_step(kind, one) for one in steps]
    )


def _step(kind: str, step: Step) -> Sequence[str | Cell]:
    name = trigger_label(kind, step.trigger)
    words = Cell(name, small="" if name == step.trigger else step.trigger)
    if not step.blockers:
        return words, state_label(kind, step.dest), Cell(say("step.possible"), "done")
    reasons = "\n".join(blocker_text(one) for one in step.blockers)
    return words, state_label(kind, step.dest), Cell(reasons, "soon")


def _material(one: MaterialLine) -> Sequence[str]:
    kind = MATERIALS.get(one.kind)
    return (kind.en if lang() == "en" else kind.zh) if kind else one.kind, one.name
