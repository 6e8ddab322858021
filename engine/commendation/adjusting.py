"""Adjusting the list by hand: on it, off it, to another place; each with a reason that history keeps."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from config.criteria import Award
from config.errors import UserError
from engine.actors import Actor
from engine.commendation.chain import ACTS, Adjustment, Deed, record
from engine.commendation.listed import AwardList, Line
from engine.commendation.proposal import Proposal, list_of, locked, proposal_of

MOST_REASON = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants changed: ``act`` is add, remove, move (to ``place``) or clear."""

    award: str
    key: str
    act: str
    reason: str
    place: int | None = None


def adjust(
    conn: Connection,
    notice_id: str,
    wish: Wish,
    *,
    actor: Actor,
    now: datetime,
    store: Path | None = None,
) -> Proposal:
    """Change the list; one that was put forward loses its signature. Return the proposal as it is then.

    UserError for what cannot be: no reason, no such candidate, no place left in the quota.
    """
    chain = locked(conn, notice_id, actor)
    reason = _reason(wish.reason)
    award = _award(wish.award)
    before = _listed(list_of(conn, chain, now=now, store=store).award(award), wish)
    line = _line(before, wish)
    _require_sense(before, line, wish)
    place = _place(wish, before) if wish.act == "move" else None
    asked = Adjustment(
        award=award, key=line.key, act=wish.act, place=place, reason=reason, actor=actor.name, at=now
    )
    if wish.act == "add":
        trial = replace(chain, adjustments=(*chain.adjustments, asked))
        _require_seat(_listed(list_of(conn, trial, now=now, store=store).award(award), wish), line)
    details = {"award": str(award), "key": line.key, "name": line.name, "act": wish.act, "place": place}
    record(conn, chain, Deed("adjust", details, reason), actor=actor, now=now)
    return proposal_of(conn, notice_id, now=now, store=store)


def _reason(text: str) -> str:
    reason = " ".join(text.split())
    if not reason:
        raise UserError(
            zh="调整名单要写明理由；请补上。",
            en="a change of the list needs a reason; give one",
            code="commend.reason",
        )
    if len(reason) > MOST_REASON:
        raise UserError(
            zh=f"理由有 {len(reason)} 个字，最多 {MOST_REASON} 个；请写短一些。",
            en=f"the reason has {len(reason)} characters, at most {MOST_REASON} are kept; shorten it",
            code="commend.reason",
        )
    return reason


def _award(name: str) -> Award:
    if name in tuple(Award):
        return Award(name)
    known = "、".join(Award)
    raise UserError(
        zh=f"没有“{name[:40]}”这一项；可以写：{known}。",
        en=f"there is no award '{name[:40]}'; take one of {', '.join(Award)}",
        code="commend.award",
    )


def _listed(found: AwardList | None, wish: Wish) -> AwardList:
    if found is None:
        raise UserError(
            zh=f"这份通知不评“{wish.award}”；请看名单里有哪几项。",
            en=f"this notice has no award for '{wish.award}'; look which the list has",
            code="commend.award",
        )
    return found


def _line(listed: AwardList, wish: Wish) -> Line:
    line = listed.line(wish.key)
    if line is None:
        raise UserError(
            zh=f"“{wish.key[:60]}”不在“{listed.rules.title}”的候选里；只有已总结的活动和它们的单位、联系人能评。",
            en=f"'{wish.key[:60]}' is no candidate for {listed.rules.title}; only summarized activities,"
            " their units and coordinators are",
            code="commend.candidate",
        )
    return line


def _require_sense(listed: AwardList, line: Line, wish: Wish) -> None:
    if wish.act not in ACTS:
        raise UserError(
            zh=f"不能“{wish.act[:20]}”；可以写：{'、'.join(ACTS)}。",
            en=f"'{wish.act[:20]}' is not possible; take one of {', '.join(ACTS)}",
            code="commend.act",
        )
    wrong = {"add": line.is_chosen, "remove": not line.is_chosen, "move": not line.is_chosen}
    if wrong.get(wish.act, False):
        zh, en = ("已在", "already on") if line.is_chosen else ("不在", "not on")
        raise UserError(
            zh=f"“{line.name}”{zh}“{listed.rules.title}”名单上，不用再改。",
            en=f"'{line.name}' is {en} the list of {listed.rules.title}; nothing to change",
            code="commend.nothing",
        )


def _place(wish: Wish, listed: AwardList) -> int:
    most = len(listed.chosen)
    if wish.place is None or not 1 <= wish.place <= most:
        raise UserError(
            zh=f"请写 1 到 {most} 之间的名次。", en=f"give a place from 1 to {most}", code="commend.place"
        )
    return wish.place


def _require_seat(listed: AwardList, line: Line) -> None:
    """Refuse to add more than the quota holds: those added before keep their places."""
    found = listed.line(line.key)
    if found is None or not found.is_chosen:
        raise UserError(
            zh=f"“{listed.rules.title}”的名额已被先前手工加入的占满；请先移出一个，再加入“{line.name}”。",
            en=f"every place of {listed.rules.title} is taken by one added before;"
            f" remove one of them before you add '{line.name}'",
            code="commend.full",
        )
