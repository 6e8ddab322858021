"""The demonstration: the season of 2023 with two thousand activities, in a home of its own."""

from config.settings import Settings
from engine.simulate.performance import simulate
from engine.simulate.run import Progress
from engine.simulate.season import Season

YEAR = 2023
ACTIVITIES = 2_000
SEED = 2023


def demo(settings: Settings, *, progress: Progress | None = None) -> Season:
    """Play the season of 2023 in ``demo`` under the home; an earlier demonstration there is replaced.

    Raises UserError (``simulate.home_used``) where that folder holds anything else.
    """
    own = settings.model_copy(update={"home": settings.home / "demo"})
    return simulate(own, year=YEAR, activities=ACTIVITIES, seed=SEED, progress=progress)
