"""What a season is made from: the year, its notices, how many activities, the seed and the troubles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from random import Random

from config.catalogue import catalogue
from config.errors import UserError
from config.resolve import resolve
from config.schedule import Precision, Schedule
from engine.rules import calendar_of
from engine.simulate.agenda import Outage

MOST_ACTIVITIES = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """One season to be played.

    ``start`` and ``end`` are local days; None: from the first notice until the last firing.
    """

    year: int
    activities: int
    seed: int
    start: date | None = None
    end: date | None = None
    faults: bool = False
    outages: tuple[Outage, ...] = ()

    def random(self, part: str) -> Random:
        """Return the chance of one part of the season, apart from every other's."""
        return Random(f"{self.year}:{self.seed}:{part}")  # noqa: S311  a play, not a secret

    @property
    def origin(self) -> str:
        """Return what names the season's installation in its Message-IDs."""
        return sha256(f"{self.year}:{self.seed}".encode()).hexdigest()[:12]


def check(script: Script) -> None:
    """Raise UserError for a season that cannot be played."""
    if not 1 <= script.activities <= MOST_ACTIVITIES:
        raise UserError(
            zh=f"活动数 {script.activities} 不对；请写 1 至 {MOST_ACTIVITIES} 之间的数。",
            en=f"{script.activities} activities will not do; give 1 to {MOST_ACTIVITIES}",
            code="simulate.activities",
        )
    if script.start and script.end and script.end < script.start:
        raise UserError(
            zh=f"结束日 {script.end} 早于开始日 {script.start}；请改正 --from 或 --to。",
            en=f"the season would end on {script.end}, before {script.start}; mend --from or --to",
            code="simulate.dates",
        )


def schedules_of(year: int) -> list[Schedule]:
    """Return the catalogue's notices of a year, parents first. Raises UserError where there is none."""
    sources = catalogue()
    found = [resolve(name, sources) for name in sources if name.endswith(f"-{year}")]
    if not found:
        years = "、".join(sorted({name.rsplit("-", 1)[1] for name in sources}))
        raise UserError(
            zh=f"自带的通知中没有 {year} 年的；有的是 {years} 年。",
            en=f"the catalogue has no notice of {year}; it has {years}",
            code="simulate.year",
        )
    return sorted(found, key=lambda one: (len(one.line), one.id))


def issue_days(schedules: Sequence[Schedule], start: date | None) -> dict[str, date]:
    """Return the working day on which each notice is put in force: not before its parents or ``start``.

    A notice known by its year alone goes out with the notice it extends.
    """
    days: dict[str, date] = {}
    for one in schedules:
        issued = one.issued.start if one.issued and one.issued.start else None
        whole_year = (
            one.issued is not None and one.issued.precision is Precision.FUZZY and len(one.issued.text) == 4
        )
        parents = [days[name] for name in one.line[1:] if name in days]
        first = max(
            [*parents, *([issued] if issued and not whole_year else []), *([start] if start else [])],
            default=None,
        )
        if first is None:
            first = min(w.start.start for w in one.windows if w.start.start) - timedelta(days=30)
        days[one.id] = calendar_of(one).on_or_after(first)
    return days


def instant_within(outages: Sequence[Outage], at: datetime) -> datetime:
    """Return ``at``, or the end of the outage that it falls in."""
    return next((end for start, end in outages if start <= at < end), at)
