"""Two admins decide: one puts the list forward, another one approves it or sends it back.

Approving is one transaction: the steps of the activities, the history, the mails.
"""

from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from config.criteria import Award
from config.errors import UserError
from engine.actors import Actor
from engine.commendation.chain import Chain, Deed, record, require_step
from engine.commendation.listed import Listed, frozen, written
from engine.commendation.proposal import Proposal, list_of, locked, proposal_of
from engine.commendation.telling import tell_people
from engine.do import Order, do
from engine.schedules import schedule_of


def put_forward(
    conn: Connection,
    notice_id: str,
    *,
    actor: Actor,
    now: datetime,
    store: Path | None = None,
    seen: str | None = None,
) -> Proposal:
    """Freeze the list and sign it first; ``seen`` is the hash of the list that the signer looked at.

    UserError for who is no admin, an empty list, or a list that has changed since it was seen.
    """
    chain = locked(conn, notice_id, actor)
    _require_person(actor)
    require_step(chain, "put_forward")
    listed = frozen(list_of(conn, chain, now=now, store=store))
    if not any(one.chosen for one in listed.awards):
        raise UserError(
            zh="名单上还没有人；请先等活动提交总结，或手工加入。",
            en="nobody is on the list; wait for activities to be summarized, or add one by hand",
            code="commend.empty",
        )
    _require_seen(listed, seen)
    details = {"hash": listed.hash, "listed": written(listed)}
    record(conn, chain, Deed("put_forward", details), actor=actor, now=now)
    return proposal_of(conn, notice_id, now=now, store=store)


def send_back(conn: Connection, notice_id: str, *, actor: Actor, now: datetime, reason: str) -> Proposal:
    """Give the list back to be drawn up anew, with a reason; whoever put it forward may take it back so."""
    chain = locked(conn, notice_id, actor)
    why = " ".join(reason.split())[:500]
    if not why:
        raise UserError(
            zh="退回要写明理由；请补上。",
            en="sending a list back needs a reason; give one",
            code="commend.reason",
        )
    record(conn, chain, Deed("send_back", {}, why), actor=actor, now=now)
    return proposal_of(conn, notice_id, now=now)


def approve(
    conn: Connection, notice_id: str, *, actor: Actor, now: datetime, seen: str | None = None
) -> Proposal:
    """Sign second: commend the activities of the frozen list, and queue a mail for everybody concerned.

    UserError where the signer is the first one, or no admin, or the list is another than the one seen;
    StepsBlocked where an activity cannot be commended any more. Nothing is half-done.
    """
    chain = locked(conn, notice_id, actor)
    _require_person(actor)
    require_step(chain, "approve")
    _require_other(chain, actor)
    if chain.first is None or chain.listed is None or chain.listed.hash != chain.first.hash:
        raise _altered()
    _require_seen(chain.listed, seen)
    _commend(conn, chain.listed, actor=actor, now=now)
    count = tell_people(conn, chain.listed, now=now)
    details = {"hash": chain.first.hash, "mails": count}
    record(conn, chain, Deed("approve", details), actor=actor, now=now)
    return proposal_of(conn, notice_id, now=now)


def _commend(conn: Connection, listed: Listed, *, actor: Actor, now: datetime) -> None:
    """Recommend and commend every chosen activity, all of them or none."""
    award = listed.award(Award.ACTIVITY)
    refs = tuple(line.key for line in award.chosen) if award else ()
    if not refs or award is None:
        return
    issuer = schedule_of(conn, listed.notice).issuer
    recommended = Order(trigger="recommend", refs=refs, actor=actor, changes={"recommended_by": issuer})
    do(conn, recommended, now=now, quiet=True)
    named = Order(trigger="commend", refs=refs, actor=actor, changes={"award": award.rules.title})
    do(conn, named, now=now, quiet=True)


def _require_person(actor: Actor) -> None:
    if actor.person_id is None:
        raise UserError(
            zh="提请和审定要由本人署名；请登录后办理，或用 --as 邮箱 指明是谁。",
            en="a list is signed by a person; sign in, or say who signs with --as ADDRESS",
            code="commend.person",
        )


def _require_other(chain: Chain, actor: Actor) -> None:
    if chain.first is not None and chain.first.actor == actor.name:
        raise UserError(
            zh="这份名单是您提请的，要由另一位管理员审定。",
            en="you put this list forward; another admin has to approve it",
            code="commend.same_person",
        )


def _require_seen(listed: Listed, seen: str | None) -> None:
    if seen is not None and seen != listed.hash:
        raise UserError(
            zh="名单在您查看之后变了，没有署名；请再看一遍。",
            en="the list has changed since you looked at it, so nothing was signed; look at it again",
            code="commend.changed",
        )


def _altered() -> UserError:
    return UserError(
        zh="提请时的名单与它的哈希不符；请用 duban history verify 检查。",
        en="the list is not the one that was put forward; run duban history verify",
        code="commend.altered",
    )
