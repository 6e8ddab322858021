"""Playing a whole season, and what it came to."""

from collections.abc import Sequence
from datetime import date, timedelta
from time import perf_counter

from sqlalchemy import func, select

from config.settings import Settings
from engine.simulate.agenda import Outage, local_day
from engine.simulate.examples import examples
from engine.simulate.run import Progress, Run, open_run
from engine.simulate.script import Script
from engine.simulate.season import Season, counts_of, places_of, rung_figures, states_reached
from engine.tables import firing
from engine.verifier import verify_file


def simulate(  # noqa: PLR0913  the command's own options
    settings: Settings,
    *,
    year: int,
    activities: int,
    seed: int,
    start: date | None = None,
    end: date | None = None,
    faults: bool = False,
    outages: Sequence[Outage] = (),
    progress: Progress | None = None,
) -> Season:
    """Play a season of the catalogue's notices of ``year`` in the home that ``settings`` name.

    The engine, the SQLite file and the outbox are the real ones; mails become .eml files under
    ``mail/``. ``start`` and ``end`` are local days (default: from the first notice until the last
    reminder has gone); ``faults`` lets mails and the program fail by chance; ``outages`` are spans
    (aware instants) in which the engine is down. The same arguments give the same ``root``.
    Raises UserError for a season that cannot be played, and where the home holds anyone's work.
    """
    script = Script(
        year=year,
        activities=activities,
        seed=seed,
        start=start,
        end=end,
        faults=faults,
        outages=tuple(outages),
    )
    begun = perf_counter()
    with open_run(settings, script, progress=progress) as run:
        run.play_until(run.play.end)
        return conclude(run, begun)


def conclude(run: Run, begun: float) -> Season:
    """Return what a season came to so far; ``begun`` is when it began on ``perf_counter``'s clock."""
    script, stage, home = run.play.script, run.play.stage, run.settings.home
    papers = stage.papers
    if papers is not None:
        with run.timed("papers"):
            papers.conclude(run.database, [act.schedule for act in run.play.acts.values()], now=run.clock.now)
    with run.timed("figures"), run.database.read() as conn:
        rungs, states, counts = rung_figures(conn), states_reached(conn), counts_of(conn)
        places = places_of(conn)
        shown = examples(conn, home / "mail")
        unsettled = firing.c.settled_at.is_(None) & (firing.c.at <= run.clock.now)
        left = conn.scalar(select(func.count()).select_from(firing).where(unsettled)) or 0
    with run.timed("verify"):
        verdict = verify_file(home / "duban.db")
    return Season(
        year=script.year,
        seed=script.seed,
        activities=sum(sum(kinds.get("activity", {}).values()) for kinds in states.values()),
        home=home,
        start=run.start,
        end=local_day(run.clock.now - timedelta(seconds=1)),
        places=places,
        rungs=rungs,
        states=states,
        **counts,
        unsettled=left,
        restarts=run.restarts,
        blocked=dict(sorted(stage.blocked.items())),
        examples=shown,
        papers=papers.told() if papers else {},
        root=verdict.root,
        sound=bool(verdict.sound),
        seconds=perf_counter() - begun,
        phases=dict(run.seconds),
    )
