"""``duban simulate`` and ``duban demo``: a season played with invented units and people."""

from typing import Annotated

import typer
from sqlalchemy import Connection

from cli.command import new_app
from cli.commands.run import HOST, PORT, serve_home
from cli.desk import settings
from cli.exits import Exit
from cli.moments import day_of
from cli.options import Json, Since, Until
from cli.progress import Advance, busy
from cli.service import log_to_stderr
from cli.show import as_json, console, tell
from cli.words import lang, say
from config.settings import Settings
from engine.accounts.letters import LINK
from engine.accounts.tickets import Purpose, issue
from engine.home import open_home
from engine.simulate import Progress, Season, Tick, demo, describe, simulate
from engine.simulate.demo import DESKS_AT
from engine.simulate.desks import Seat, seats

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
def demo_(
    *,
    serve: Annotated[bool, typer.Option("--serve")] = False,
    port: Annotated[int, typer.Option("--port", metavar="N", min=1, max=65535)] = PORT,
    json: Json = False,
) -> int:
    """Play the season of 2023 with two thousand activities; then serve its desks, if asked."""
    with busy("busy.season") as advance:
        played = demo(settings(), progress=_told(advance))
    ended = _show(played.season, json=json)
    if serve and ended is Exit.OK:
        _serve(played.desks, port)
    return ended


def _serve(desks: Settings, port: int) -> None:
    """Serve the three desks, each with a link that signs in once."""
    address = f"http://{HOST}:{port}"
    chosen = desks.model_copy(update={"base_url": address})
    with open_home(chosen) as home, home.database.write() as conn:
        links = [(seat, _link(conn, seat, address)) for seat in seats(conn)]
    tell("serve.links", address=address)
    for seat, link in links:
        tell("serve.link", desk=say(f"desk.{seat.desk}"), name=seat.name, link=link)
    log_to_stderr()
    serve_home(chosen, port=port)


def _link(conn: Connection, seat: Seat, address: str) -> str:
    """Return a link by which somebody of the demonstration signs in once, within a week."""
    return f"{address}{LINK}{issue(conn, seat.person_id, purpose=Purpose.INVITE, now=DESKS_AT)}"


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
