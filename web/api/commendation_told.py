"""A list of commendations put into the words of the API: figures, points, and how each came about."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from engine.audit.names import Names, names_of
from engine.commendation.listed import AwardList, Line
from engine.commendation.proposal import Proposal, signers
from engine.commendation.ranking import POINT, Score
from engine.commendation.told import ToldReader
from engine.commendation.words import criterion_said, quota_said, score_said

Body = Mapping[str, Any]


def commendation_told(conn: Connection, found: Proposal) -> Body:
    """Return a list with its signatures and with what was adjusted."""
    chain = found.chain
    names = {**signers(conn, found), **names_of(conn, [one.actor for one in chain.adjustments])}
    return {
        "notice": chain.notice,
        "state": chain.state,
        "hash": found.hash,
        "schedule": found.listed.schedule,
        "first": _by(chain.first, names),
        "second": _by(chain.second, names),
        "returned": chain.returned,
        "mails": chain.mails,
        "awards": [_award(one, found.schedule.region) for one in found.awards],
        "adjustments": [_by(one, names) for one in chain.adjustments],
    }


def candidate_told(one: Line, region: str) -> Body:
    """Return one candidate with its points and its reasons."""
    own = ("key", "name", "below", "county", "place", "seat", "forced", "reason")
    told = {name: getattr(one, name) for name in own}
    among = {"shared": bool(one.shared), "tied": bool(one.tied)}
    scores = [_score(each, region) for each in one.scores]
    return told | among | {"points": one.points / POINT, "scores": scores}


def mail_told(one: ToldReader) -> Body:
    """Return who one mail goes to, and about what."""
    letter = one.letter
    about = [{"ref": item.ref or None, "title": item.title, "award": item.award} for item in letter.items]
    to = {"name": letter.to.name, "email": letter.to.email, "template": letter.template}
    return to | {"mail": one.mail, "state": one.state, "about": about}


def _by(deed: Any, names: Names) -> Body | None:
    """Return a signature or an adjustment with the name of who it is by."""
    if deed is None:
        return None
    told = {name: getattr(deed, name) for name in type(deed).__slots__}
    return told | {"who": names.get(deed.actor, deed.actor)}


def _award(one: AwardList, region: str) -> Body:
    return {
        "award": one.rules.award,
        "title": one.rules.title,
        "limit": one.limit,
        "candidates": len(one.lines),
        "quota": quota_said(one.rules.quota, len(one.lines)),
        "criteria": criterion_said(one.rules),
        "chosen": [candidate_told(line, region) for line in one.chosen],
        "left_out": one.left_out,
    }


def _score(one: Score, region: str) -> Body:
    own = ("measure", "value", "place", "done", "asked")
    told = {name: getattr(one, name) for name in own}
    points = {"points": one.points / POINT, "most": one.most / POINT}
    return told | points | {"text": score_said(one, region)}
