"""The proposal of whom to commend: computed afresh until it is put forward, frozen from then on."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, select

from config.criteria import DEFAULT_AWARDS, Award
from config.errors import UserError
from config.schedule import Schedule
from engine.actors import Actor
from engine.admins import require_admin
from engine.audit.names import Names, names_of
from engine.commendation.candidates import award_list
from engine.commendation.chain import Chain, Deed, chain_of, record
from engine.commendation.figures import works_of
from engine.commendation.listed import AwardList, Listed
from engine.rules import rules_of
from engine.schedules import schedule_by_hash, schedule_of
from engine.tables import notice
from workflows.commendation import CommendationState


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Whom a notice would commend or does commend, and how far that has come."""

    schedule: Schedule
    chain: Chain
    listed: Listed

    @property
    def hash(self) -> str:
        """Return what tells the list from every other one: it is signed by this."""
        return self.listed.hash

    @property
    def awards(self) -> tuple[AwardList, ...]:
        """Return the lists, award by award."""
        return self.listed.awards

    @property
    def commended(self) -> tuple[str, ...]:
        """Return the numbers of the activities on the list."""
        award = self.listed.award(Award.ACTIVITY)
        return tuple(line.key for line in award.chosen) if award else ()


def propose(
    conn: Connection, notice_id: str, *, actor: Actor, now: datetime, store: Path | None = None
) -> Proposal:
    """Draw up the list of a notice; one that is drawn up already is returned as it stands.

    ``store`` are the home's files: without them nothing is known of audiences. UserError for who is no admin,
    and where the list is decided.
    """
    chain = locked(conn, notice_id, actor)
    if chain.state is CommendationState.DECIDED:
        raise UserError(
            zh="表扬名单已审定，不能重新拟定；用 duban commend show 查看。",
            en="the list is decided and cannot be drawn up anew; duban commend show has it",
            code="commend.state",
        )
    if chain.state is None:
        record(conn, chain, Deed("propose", {"notice": notice_id}), actor=actor, now=now)
    return proposal_of(conn, notice_id, now=now, store=store)


def proposal_of(conn: Connection, notice_id: str, *, now: datetime, store: Path | None = None) -> Proposal:
    """Return the proposal as it stands, drawn up or not; nothing is changed."""
    chain = chain_of(conn, notice_id)
    schedule = schedule_of(conn, notice_id)
    listed = chain.listed or list_of(conn, chain, now=now, store=store)
    return Proposal(schedule=schedule, chain=chain, listed=listed)


def list_of(conn: Connection, chain: Chain, *, now: datetime, store: Path | None) -> Listed:
    """Return the list as the figures and what people adjusted make it now."""
    name = conn.scalars(select(notice.c.schedule_hash).where(notice.c.id == chain.notice)).one()
    schedule = schedule_by_hash(conn, name)
    works = works_of(conn, rules_of(name, schedule), now=now, store=store)
    rules = schedule.commend if schedule.commend is not None else DEFAULT_AWARDS
    awards = tuple(award_list(works, one, chain.adjusted(one.award)) for one in rules)
    return Listed(notice=chain.notice, schedule=chain.schedule, awards=awards)


def locked(conn: Connection, notice_id: str, actor: Actor) -> Chain:
    """Return a commendation that the actor may change, kept from everybody else until the end.

    UserError for who is no admin of the notice's region.
    """
    chain = chain_of(conn, notice_id, lock=True)
    require_admin(actor, [chain.region])
    return chain


def signers(conn: Connection, proposal: Proposal) -> Names:
    """Return the names of who signed a list."""
    signed = (proposal.chain.first, proposal.chain.second)
    return names_of(conn, [one.actor for one in signed if one])
