"""``duban workflow``: proving lifecycles sound, and drawing them."""

from pathlib import Path
from typing import Annotated

import typer

from cli.command import new_app
from cli.exits import Exit
from cli.files import write_text
from cli.labels import label
from cli.notices import every
from cli.options import Json, Output
from cli.show import Cell, Column, as_json, line, table, tell
from cli.words import lang, refusal
from workflows.check import Problem, check, check_schedule
from workflows.diagram import mermaid, svg
from workflows.registry import LIFECYCLES, lifecycle

app = new_app()


@app.command("check")
def check_(*, json: Json = False) -> int:
    """Walk every lifecycle, and hold every schedule against it; ends with 1 where one is not sound."""
    found = {f"{life.name}@{life.version}": check(life) for life in LIFECYCLES}
    found |= {one.schedule.id: check_schedule(one.schedule) for one in every()}
    serious = any(problem.serious for problems in found.values() for problem in problems)
    if json:
        as_json({"sound": not serious, "checked": list(found), "problems": _forms(found)})
    else:
        _show(found)
    return Exit.REFUSED if serious else Exit.OK


@app.command("diagram")
def diagram(
    name: Annotated[str, typer.Argument(metavar="NAME")] = "activity",
    *,
    form: Annotated[str, typer.Option("--format", metavar="svg|mermaid")] = "svg",
    output: Output = None,
) -> None:
    """Print the picture of a lifecycle."""
    draw = {"svg": svg, "mermaid": mermaid}.get(form)
    if draw is None:
        raise refusal("usage.choice", what="--format", given=form, choices="svg, mermaid")
    picture = draw(lifecycle(name), lang())
    if output is None:
        line(picture.rstrip("\n"))
    else:
        write_text(Path(output), picture)
        tell("file.written", file=output)


def _forms(found: dict[str, list[Problem]]) -> list[dict[str, object]]:
    return [
        {
            "of": of,
            "code": one.code,
            "place": one.place,
            "serious": one.serious,
            "text": {"zh": one.text.zh, "en": one.text.en},
        }
        for of, problems in found.items()
        for one in problems
    ]


def _show(found: dict[str, list[Problem]]) -> None:
    rows = [
        (
            Cell(label("level_of", "error" if one.serious else "info"), "late" if one.serious else "quiet"),
            of,
            one.place,
            one.text.in_(lang()),
        )
        for of, problems in found.items()
        for one in problems
    ]
    if rows:
        table((Column("level"), Column("of"), Column("place"), Column("finding", wraps=True)), rows)
    serious = sum(one.serious for problems in found.values() for one in problems)
    tell("workflow.unsound" if serious else "workflow.sound", count=serious, checked=len(found))
