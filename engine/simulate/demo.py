"""The demonstration: the season of 2023 with two thousand activities, and its desks on a day in between."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import perf_counter

from config.settings import Settings
from engine.simulate.desks import keep_desks
from engine.simulate.fresh import season_settings
from engine.simulate.performance import conclude
from engine.simulate.run import Progress, open_run
from engine.simulate.script import Script
from engine.simulate.season import Season

YEAR = 2023
ACTIVITIES = 2_000
SEED = 2023
DESKS_AT = datetime(2023, 9, 25, 2, tzinfo=UTC)
"""Three working days before Quanzhou's last one: something to do on every desk."""
_AWAKE = timedelta(minutes=90)  # from before the mails of that morning leave


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """The season to its end, and the settings of a home that stopped in its middle, to be served."""

    season: Season
    desks: Settings


def demo(settings: Settings, *, progress: Progress | None = None) -> Demo:
    """Play the season of 2023 in ``demo`` under the home; an earlier demonstration there is replaced.

    Raises UserError (``simulate.home_used``) where that folder holds anything else.
    """
    own = settings.model_copy(update={"home": settings.home / "demo"})
    script = Script(year=YEAR, activities=ACTIVITIES, seed=SEED)
    begun = perf_counter()
    with open_run(own, script, progress=progress) as run:
        stop = min(DESKS_AT, run.play.end)
        run.play_until(stop - _AWAKE)
        folder = own.home / "desks"
        keep_desks(run.database, own.home, folder, office=run.office, at=stop)
        run.play_until(run.play.end)
        season = conclude(run, begun)
    return Demo(season=season, desks=season_settings(own.model_copy(update={"home": folder})))
