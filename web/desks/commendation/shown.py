"""A list of commendations as its page shows it: one award at a time, each line with how it came about."""

from collections.abc import Collection
from dataclasses import dataclass

from config.criteria import Award
from engine.audit.names import Names
from engine.commendation.listed import AwardList, Line
from engine.commendation.proposal import Proposal
from engine.commendation.words import TIE, criterion_said, quota_said, score_said, total_said
from web.viewer import Viewer
from workflows.commendation import CommendationState
from workflows.registry import lifecycle


@dataclass(frozen=True, slots=True, kw_only=True)
class LineShown:
    """One candidate: ``why`` are the points of each criterion in plain words."""

    line: Line
    points: str
    why: tuple[str, ...]
    is_adjusted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardShown:
    """One award: who is on its list, who comes after them, and by what."""

    award: AwardList
    quota: str
    criteria: tuple[str, ...]
    tie: str
    chosen: tuple[LineShown, ...]
    others: tuple[LineShown, ...]
    left_out: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """What the viewer can do with the list as it stands, and who has signed it."""

    state: CommendationState | None
    first: str
    second: str
    is_first: bool
    activities: int

    @property
    def may_adjust(self) -> bool:
        """Return whether the list can still be changed."""
        return self.state in (CommendationState.DRAWN_UP, CommendationState.PUT_FORWARD)

    @property
    def may_approve(self) -> bool:
        """Return whether the viewer may sign second."""
        return self.state is CommendationState.PUT_FORWARD and not self.is_first


def chosen_award(proposal: Proposal, asked: str) -> AwardList | None:
    """Return the award asked for, the first where it is none; None where nothing is awarded."""
    return proposal.listed.award(asked) or next(iter(proposal.awards), None)


def award_shown(proposal: Proposal, award: AwardList, lang: str) -> AwardShown:
    """Return one award in words."""
    region = proposal.schedule.region
    adjusted = proposal.chain.adjusted(Award(award.rules.award)).reasons
    states = lifecycle("activity").labels
    others = (one for one in award.lines if not one.is_chosen)
    return AwardShown(
        award=award,
        quota=quota_said(award.rules.quota, len(award.lines)).in_(lang),
        criteria=tuple(one.in_(lang) for one in criterion_said(award.rules)),
        tie=TIE.in_(lang),
        chosen=tuple(_line(one, region, adjusted, lang) for one in award.chosen),
        others=tuple(_line(one, region, adjusted, lang) for one in others),
        left_out=tuple((one.state, states[one.state].in_(lang), one.count) for one in award.left_out),
    )


def signing_of(proposal: Proposal, names: Names, viewer: Viewer) -> Signing:
    """Return how far a list has come, for the viewer."""
    first, second = proposal.chain.first, proposal.chain.second
    return Signing(
        state=proposal.chain.state,
        first=names.get(first.actor, first.actor) if first else "",
        second=names.get(second.actor, second.actor) if second else "",
        is_first=first is not None and first.actor == viewer.actor.name,
        activities=len(proposal.commended),
    )


def _line(one: Line, region: str, adjusted: Collection[str], lang: str) -> LineShown:
    return LineShown(
        line=one,
        points=total_said(one.points),
        why=tuple(score_said(score, region).in_(lang) for score in one.scores),
        is_adjusted=one.key in adjusted,
    )
