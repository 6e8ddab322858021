"""A list of commendations on the terminal, and as JSON."""

from collections.abc import Iterable, Mapping, Sequence

from cli.called import Names
from cli.labels import state_label
from cli.show import Cell, Column, line, record, table, tell
from cli.words import lang, say
from engine.commendation.listed import AwardList, Line
from engine.commendation.proposal import Proposal
from engine.commendation.words import TIE, quota_said, score_said, total_said
from workflows.commendation import COMMENDATION

_COLUMNS = (
    Column("number"),
    Column("ranked", right=True),
    Column("name", wraps=True),
    Column("points", right=True),
    Column("why_so", wraps=True),
)
_NAMED = 8  # of those who are tied


def show_proposal(proposal: Proposal, names: Names, *, everybody: bool) -> None:
    """Print a list with how each place came about."""
    _head(proposal, names)
    for award in proposal.awards:
        _award(award, proposal.schedule.region, everybody=everybody)
    line()
    line(TIE.in_(lang()))


def proposal_form(proposal: Proposal, names: Names) -> Mapping[str, object]:
    """Return a list as JSON has it."""
    chain = proposal.chain
    return {
        "notice": chain.notice,
        "state": chain.state,
        "hash": proposal.hash,
        "put_forward_by": names.get(chain.first.actor) if chain.first else None,
        "approved_by": names.get(chain.second.actor) if chain.second else None,
        "awards": [_award_form(one) for one in proposal.awards],
    }


def _head(proposal: Proposal, names: Names) -> None:
    chain, title = proposal.chain, proposal.schedule.title
    if chain.state is None:
        tell("commend.not_drawn_up", title=title)
        return
    tell("commend.stands", title=title, state=COMMENDATION.labels[chain.state].in_(lang()))
    if chain.first:
        who = names.get(chain.first.actor, chain.first.actor)
        tell("commend.signed", who=who, hash=chain.first.hash[:16])
    if chain.second:
        tell("commend.decided", who=names.get(chain.second.actor, chain.second.actor))
    if chain.returned:
        tell("commend.returned", reason=chain.returned)


def _award(award: AwardList, region: str, *, everybody: bool) -> None:
    line()
    tell(
        "commend.award",
        title=award.rules.title,
        chosen=len(award.chosen),
        candidates=len(award.lines),
        quota=quota_said(award.rules.quota, len(award.lines)).in_(lang()),
    )
    shown = _shown(award, everybody=everybody)
    if shown:
        table(_COLUMNS, [_row(one, region) for one in shown])
    else:
        tell("commend.nobody")
    if award.tied:
        tell("commend.tied", count=len(award.tied), names=_names_of(award.tied))
    if award.left_out:
        states = [
            say("commend.left_out_one", state=state_label("activity", one.state), count=one.count)
            for one in award.left_out
        ]
        tell("commend.left_out", states=say("list.comma").join(states))


def _names_of(lines: Sequence[Line]) -> str:
    return say("list.comma").join(one.name for one in lines[:_NAMED]) + ("…" if len(lines) > _NAMED else "")


def _shown(award: AwardList, *, everybody: bool) -> tuple[Line, ...]:
    if not everybody:
        return award.chosen
    return (*award.chosen, *(one for one in award.lines if not one.is_chosen))


def _row(one: Line, region: str) -> tuple[str | Cell, ...]:
    seat = str(one.seat) if one.seat is not None else f"({one.place})"
    tone = "" if one.is_chosen else "quiet"
    why = "\n".join(_why(one, region))
    return one.key, seat, Cell(one.name, tone), total_said(one.points), Cell(why, tone)


def _why(one: Line, region: str) -> Iterable[str]:
    if one.shared:
        yield say("commend.tied_one" if one.tied else "commend.shared", place=one.place)
    yield from (score_said(score, region).in_(lang()) for score in one.scores)
    if one.forced:
        yield say("commend.forced", count=one.forced)
    if one.reason:
        yield say("commend.by_hand", reason=one.reason)


def _award_form(award: AwardList) -> Mapping[str, object]:
    return {
        "award": award.rules.award,
        "title": award.rules.title,
        "places": award.limit,
        "candidates": [_line_form(one) for one in award.lines],
        "left_out": {one.state: one.count for one in award.left_out},
    }


def _line_form(one: Line) -> Mapping[str, object]:
    return record(one, points=one.points / 100, chosen=one.is_chosen)
