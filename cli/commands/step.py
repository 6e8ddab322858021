"""``duban do`` and ``duban blockers``: a step for one case or many, and what stands against it."""

from typing import Annotated

import typer

from cli.case_page import Step, blocker_form, show_steps, step_form, steps_of
from cli.command import new_app
from cli.desk import actor, opened
from cli.exits import Exit
from cli.labels import blocker_text, kind_of_state, state_label, trigger_label, trigger_of
from cli.moments import moment_of
from cli.now import now
from cli.options import As, Json, Reason, Ref
from cli.orders import changes_from, materials_from, refs_of
from cli.refusals import REFUSALS
from cli.show import Cell, Column, as_json, line, table, tell
from config.errors import UserError
from engine.do import Blocked, Order, Result, StepsBlocked, blockers_of, do
from engine.home import Home
from engine.listing import one_case

app = new_app()

Many = Annotated[list[str], typer.Argument(metavar="REF")]
Words = Annotated[list[str] | None, typer.Option("--material", metavar="KIND=FILE")]
Values = Annotated[list[str] | None, typer.Option("--set", metavar="FIELD=VALUE")]


@app.command("do")
def do_(  # noqa: PLR0913  a command has as many parameters as options
    trigger: Annotated[str, typer.Argument(metavar="TRIGGER")],
    refs: Many,
    *,
    reason: Reason = None,
    at: Annotated[str | None, typer.Option("--at", metavar="WHEN")] = None,
    material: Words = None,
    set_: Values = None,
    force: Annotated[bool, typer.Option("--force")] = False,
    skip_blocked: Annotated[bool, typer.Option("--skip-blocked")] = False,
    key: Annotated[str | None, typer.Option("--key")] = None,
    expect_version: Annotated[int | None, typer.Option("--expect-version", metavar="N")] = None,
    who: As = None,
    json: Json = False,
) -> int:
    """Do a step; ends with 3 where a case is blocked."""
    asked = refs_of(refs)
    with opened() as home:
        with home.database.read() as conn:
            order = Order(
                trigger=trigger_of(trigger),
                refs=asked,
                actor=actor(conn, who),
                reason=reason,
                occurred_at=moment_of(at) if at else None,
                changes=changes_from(conn, set_ or ()),
                materials=materials_from(conn, material or (), home.store),
                force=force,
                skip_blocked=skip_blocked,
                expect=dict.fromkeys(asked, expect_version) if expect_version is not None else {},
                key=key,
            )
        return _do(home, order, json=json)


@app.command("blockers")
def blockers(
    ref: Ref, trigger: Annotated[str | None, typer.Argument(metavar="TRIGGER")] = None, *, json: Json = False
) -> None:
    """Show what can be done with a case, and what stands against the rest."""
    with opened() as home, home.database.read() as conn:
        case = one_case(conn, ref.upper(), now=now())
        if trigger is None:
            steps = steps_of(conn, case, now=now())
        else:
            asked = trigger_of(trigger)
            steps = (Step(trigger=asked, dest="", blockers=blockers_of(conn, case.ref, asked, now=now())),)
    if json:
        as_json({"ref": case.ref, "state": case.state, "steps": [step_form(step) for step in steps]})
        return
    tell("case.stands", ref=case.ref, title=case.title, state=state_label(case.kind, case.state))
    show_steps(case.kind, steps)


def _do(home: Home, order: Order, *, json: bool) -> int:
    try:
        with home.database.write() as conn:
            result = do(conn, order, now=now())
    except StepsBlocked as error:
        if json:
            as_json({"done": [], "blocked": [_blocked_form(one) for one in error.blocked]})
        else:
            _show_blocked(error.blocked)
        raise _plainly(error, len(order.refs)) from error
    if json:
        as_json(
            {
                "done": [one._asdict() for one in result.done],
                "blocked": [_blocked_form(one) for one in result.blocked],
            }
        )
    else:
        _show(order.trigger, result)
    return Exit.OK


def _plainly(error: StepsBlocked, asked: int) -> UserError:
    """Return the refusal of one case without counting it."""
    if asked > 1:
        return error
    told = StepsBlocked(error.blocked, asked)
    told.text = REFUSALS["step.blocked_one"]
    return told


def _show(trigger: str, result: Result) -> None:
    kind = kind_of_state(result.done[0].source) if result.done else "activity"
    for one in result.done[:20]:
        key = "do.moved" if one.source != one.dest else "do.kept"
        step = trigger_label(kind, trigger)
        tell(
            key,
            ref=one.ref,
            step=step,
            source=state_label(kind, one.source),
            dest=state_label(kind, one.dest),
        )
    if len(result.done) > 20:
        tell("do.more", count=len(result.done) - 20)
    if result.blocked:
        line()
        _show_blocked(result.blocked)
        tell("do.skipped", done=len(result.done), skipped=len(result.blocked))


def _show_blocked(blocked: tuple[Blocked, ...]) -> None:
    rows = [
        (one.ref, Cell("\n".join(blocker_text(blocker) for blocker in one.blockers), "soon"))
        for one in blocked
    ]
    table((Column("number"), Column("blockers", wraps=True)), rows)


def _blocked_form(one: Blocked) -> dict[str, object]:
    return {"ref": one.ref, "blockers": [blocker_form(blocker) for blocker in one.blockers]}
