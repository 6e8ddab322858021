"""What a reading comes to: the heading, the milestones, the YAML draft, with the notices known here."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from config.catalogue import catalogue
from config.errors import UserError
from config.reading.drafting.decisions import Decision, settled, undecided
from config.reading.drafting.draft import draft_yaml
from config.reading.drafting.heading import Heading, propose_heading
from config.reading.drafting.identity import parents_for, propose_region
from config.reading.drafting.tasks import Period, Task, periods_of, tasks_of
from config.reading.reading import Clause, Reading
from config.regions import NATION
from config.resolve import resolve
from config.schedule import Schedule
from engine.actors import Actor
from engine.admins import admin_part, is_admin, require_admin
from engine.notice_reading.kept import KeptReading
from engine.schedules import applied_sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a reading comes to as things are chosen now.

    ``earlier`` is the schedule in force under the same id; ``parents`` are those that could stand above.
    """

    kept: KeptReading
    heading: Heading
    decisions: Mapping[str, Decision]
    undecided: tuple[Clause, ...]
    tasks: tuple[Task, ...]
    periods: tuple[Period, ...]
    parents: tuple[Schedule, ...]
    earlier: Schedule | None

    @property
    def asked(self) -> Schedule | None:
        """Return the notice of which a person must tell whether this is a new version."""
        return self.heading.like

    @property
    def text(self) -> str:
        """Return the YAML draft."""
        return draft_yaml(self.kept.reading, self.decisions, self.heading)


def proposal_of(conn: Connection, kept: KeptReading, *, now: datetime) -> Proposal:
    """Return what a reading comes to, with the notices known here."""
    applied = applied_sources(conn)
    sources = {**catalogue(), **applied}
    known = tuple(resolve(name, sources) for name in sources)
    reading, chosen = kept.reading, kept.choices
    heading = _heading(kept, known, year=now.year)
    return Proposal(
        kept=kept,
        heading=heading,
        decisions=settled(reading, chosen.decisions),
        undecided=undecided(reading, chosen.decisions),
        tasks=tasks_of(reading, chosen.decisions, region=heading.region, parent=heading.parent),
        periods=periods_of(reading, chosen.decisions, parent=heading.parent),
        parents=parents_for(known, kept.region),
        earlier=next((one for one in known if one.id == heading.id and one.id in applied), None),
    )


def require_decided(proposal: Proposal) -> None:
    """Refuse a reading of which something is still to be decided: nothing doubtful is armed by itself."""
    if proposal.asked:
        raise UserError(
            zh=f"这份通知与“{proposal.asked.title}”相近。请先说明是它的新版本，还是另一份通知。",
            en=f"this resembles “{proposal.asked.title}”; tell first whether it is a new version of it",
            code="reading.which",
        )
    count = len(proposal.undecided)
    if count:
        raise UserError(
            zh=f"还有 {count} 个日期没有定。请逐一采用、改正或不要，再看后果。",
            en=f"still to be decided: {count}. Take over, correct or leave out each, then go on",
            code="reading.undecided",
        )


def home_region(reading: Reading, actor: Actor) -> str:
    """Return the region to begin with: the one it names if the actor is its admin, else their own."""
    require_admin(actor)
    named = propose_region(reading)
    if named and is_admin(actor, [named]):
        return named
    return min((grant.region for grant in admin_part(actor).grants), default=named or NATION)


def _heading(kept: KeptReading, known: tuple[Schedule, ...], *, year: int) -> Heading:
    chosen = kept.choices
    found = propose_heading(kept.reading, chosen.decisions, known, region=kept.region, year=year)
    parent = found.parent
    if chosen.parent is not None:
        parent = next((one for one in known if one.id == chosen.parent), None)
    return replace(
        found,
        id=chosen.id or found.id,
        code=chosen.code or found.code,
        parent=parent,
        like=None if chosen.id else found.like,
    )
