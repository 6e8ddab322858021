"""What a notice is to be called and where it belongs: proposed from its words, chosen by a person."""

from collections.abc import Sequence
from dataclasses import dataclass

from config.reading.drafting.decisions import Decisions
from config.reading.drafting.identity import (
    earlier_version,
    like_one,
    propose_code,
    propose_id,
    propose_parent,
    year_of,
)
from config.reading.reading import Reading
from config.schedule import Schedule


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What a person says of a notice before it is drafted: where it belongs and what it is called here.

    ``like`` is a schedule that this may be a new version of: for a person to tell, it is never assumed.
    """

    id: str
    code: str
    region: str
    parent: Schedule | None = None
    like: Schedule | None = None


def propose_heading(
    reading: Reading, decisions: Decisions, known: Sequence[Schedule], *, region: str, year: int
) -> Heading:
    """Return what a notice of ``region`` is called: as its earlier version, else by region and year.

    ``year`` counts where the notice itself names none.
    """
    year = year_of(reading, decisions) or year
    parent = propose_parent(reading, known, region=region, year=year)
    earlier = earlier_version(reading, known, region=region)
    if earlier:
        return Heading(id=earlier.id, code=earlier.code, region=region, parent=parent)
    taken = {one.id for one in known} | {one.code for one in known}
    named, code = propose_id(region, year, known), propose_code(region, year, known)
    like = like_one(reading, known, region=region, year=year)
    return Heading(id=_fresh(named, taken), code=_fresh(code, taken), region=region, parent=parent, like=like)


def _fresh(name: str, taken: set[str]) -> str:
    number, free = 2, name
    while free in taken:
        free, number = f"{name}-{number}", number + 1
    return free
