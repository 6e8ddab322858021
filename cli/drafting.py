"""The draft of a schedule from a notice that was read: where it belongs, what it is called."""

from typing import NamedTuple

from cli.moments import CHINA
from cli.notices import every
from cli.now import now
from cli.words import refusal
from config.reading.drafting.decisions import undecided
from config.reading.drafting.draft import draft_yaml
from config.reading.drafting.heading import propose_heading
from config.reading.drafting.identity import propose_region
from config.reading.reading import Reading
from config.regions import find


class Draft(NamedTuple):
    """A draft as YAML, the id of its notice, and how many dates are left open in it."""

    text: str
    id: str
    open: int


def drafted(reading: Reading, *, region: str | None, year: int | None) -> Draft:
    """Return the draft for a reading; UserError where the notice does not tell which region it is of."""
    code = find(region).code if region else propose_region(reading)
    if code is None:
        raise refusal("read.no_region")
    known = [one.schedule for one in every()]
    heading = propose_heading(reading, {}, known, region=code, year=year or now().astimezone(CHINA).year)
    return Draft(draft_yaml(reading, {}, heading), heading.id, len(undecided(reading, {})))
