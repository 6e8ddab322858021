"""``duban simulate`` and ``duban demo``: a season played with invented units and people."""

from typing import Annotated

import typer

from cli.command import new_app
from cli.desk import settings
from cli.exits import Exit
from cli.moments import day_of
from cli.options import Json, Since, Until
from cli.progress import Advance, busy
from cli.show import as_json, console
from cli.words import lang
from engine.simulate import Progress, Season, Tick, demo, describe, simulate

app = new_app()


@app.command("simulate")
def simulate_(  # noqa: PLR0913  a command has as many parameters as options
    *,
    year: Annotated[int, typer.Option("--year", metavar="YEAR", min=2000, max=2100)] = 2023,
    activities: Annotated[int, typer.Option("--activities", metavar="N", min=0, max=1_000_000)] = 200,
    seed: Annotated[int, typer.Option("--seed", metavar="N")] = 1,
    since: Since = None,
    until: Until = None,
    faults: Annotated[bool, typer.Option("--faults")] = False,
    json: Json = False,
) -> int:
    """Play a season; ends with 2 where its history does not prove sound."""
    with busy("busy.season") as advance:
        season = simulate(
            settings(),
            year=year,
            activities=activities,
            seed=seed,
            start=day_of(since) if since else None,
            end=day_of(until) if until else None,
            faults=faults,
            progress=_told(advance),
        )
    return _show(season, json=json)


@app.command("demo")
def demo_(*, json: Json = False) -> int:
    """Play the season of 2023 with two thousand activities."""
    with busy("busy.season") as advance:
        season = demo(settings(), progress=_told(advance))
    return _show(season, json=json)


def _told(advance: Advance) -> Progress:
    def tick(at: Tick) -> None:
        advance(at.days_done, at.days)

    return tick


def _show(season: Season, *, json: bool) -> int:
    if json:
        as_json(season.as_dict())
    else:
        screen = console()
        for part in describe(season, lang()):
            screen.print(part)
    return Exit.OK if season.sound else Exit.ALTERED
