"""A notice of a later year as a YAML text: what the old one says, its dates moved, each guess marked."""

from collections.abc import Mapping
from dataclasses import dataclass

from config.dates import FIRST_YEAR, LAST_YEAR
from config.errors import UserError
from config.noticefile import parse
from config.resolve import resolve
from config.rollover.moving import Guess, Mover
from config.rollover.seasons import next_season, of_year, year_of, year_told
from config.rollover.writing import Draft, written
from config.schedule import Name, Schedule
from config.workdays import WorkCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Rollover:
    """The draft of a notice for a later year. Nothing is in force by it.

    ``season`` says how the campaign's days were found; ``guesses`` are the dates worked out; ``parents``
    the drafts of those notices above that are not known yet, the nearest first.
    """

    id: str
    year: int
    text: str
    season: Name | None
    guesses: tuple[Guess, ...]
    parents: tuple["Rollover", ...] = ()

    def sources(self) -> dict[str, str]:
        """Return the YAML texts of the draft and of the drafts above it by id."""
        return {one.id: one.text for one in (self, *self.parents)}


def roll_over(notice_id: str, year: int, sources: Mapping[str, str]) -> Rollover:
    """Draft the notice ``notice_id`` for ``year``; ``sources`` has the YAML text of every notice known.

    Raises UserError: ``rollover.year`` (not a later year), ``rollover.exists``, ``rollover.no_year``, and
    what is wrong with the notice itself.
    """
    old = resolve(notice_id, sources)
    before = year_of(old)
    _check_year(notice_id, before, year)
    new_id = later_id(notice_id, before, year)
    if new_id in sources:
        raise UserError(
            zh=f"{year} 年的通知 {new_id} 已经有了，不再推算；请直接查看或修改它。",
            en=f"the notice of {year}, {new_id}, is there already; look at it or change it instead",
            code="rollover.exists",
        )
    parent_id, parents = _above(old, year, sources)
    known = {**sources, **{one.id: one.text for one in parents}}
    above = resolve(parent_id, known) if parent_id else None
    season = next_season(old, year, sources=sources, above=above)
    draft = Draft(
        old=old,
        years=(before, year),
        extends=above.id if above else None,
        season=season,
        mover=Mover(
            years=year - before,
            campaign=season.campaign if season else None,
            old=WorkCalendar(days=old.days),
            new=WorkCalendar(days=above.days if above else {}),
        ),
    )
    text, guesses = written(parse(sources[notice_id], f"{notice_id}.yaml").document.tree, draft, new_id)
    resolve(new_id, {**known, new_id: text})
    return Rollover(
        id=new_id,
        year=year,
        text=text,
        season=season.why if season else None,
        guesses=guesses,
        parents=parents,
    )


def later_id(notice_id: str, before: int, year: int) -> str:
    """Return how a notice is called in a later year: ``quanzhou-2023`` is ``quanzhou-2024`` then."""
    moved = of_year(notice_id, before, year)
    return moved if moved != notice_id else f"{notice_id}-{year}"


def _above(old: Schedule, year: int, sources: Mapping[str, str]) -> tuple[str | None, tuple[Rollover, ...]]:
    """Return which notice stands above then, with drafts of those that nobody has for that year yet."""
    if len(old.line) == 1:
        return None, ()
    name = old.line[1]
    before = year_told(resolve(name, sources))
    if before is None or before >= year:  # it stands for every year, or is of that one already
        return name, ()
    later = later_id(name, before, year)
    if later in sources:
        return later, ()
    parent = roll_over(name, year, sources)
    return parent.id, (parent, *parent.parents)


def _check_year(notice_id: str, before: int, year: int) -> None:
    if not before < year <= LAST_YEAR:
        raise UserError(
            zh=f"通知 {notice_id} 是 {before} 年的；请写 {before + 1} 至 {LAST_YEAR} 之间的年份。",
            en=f"notice {notice_id} is of {before}; give a year from {before + 1} to {LAST_YEAR}",
            code="rollover.year",
        )
    if before < FIRST_YEAR:
        raise UserError(
            zh=f"{before} 年太早，无法推算。", en=f"{before} is too early", code="rollover.no_year"
        )
