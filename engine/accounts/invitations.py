"""Invitations: a mail with a link that opens an account, from an admin to their people."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, or_, select

from config.errors import UserError
from engine.accounts.letters import queue_tickets
from engine.accounts.tickets import Purpose, prepare
from engine.actors import Actor
from engine.person_record import Deed, record_people
from engine.rights import require_over
from engine.tables import person


def invite(conn: Connection, person_ids: Sequence[int], *, actor: Actor, now: datetime) -> int:
    """Queue an invitation for each of some people; return how many. Earlier ones of theirs end.

    UserError, and nobody is invited, where somebody is not the actor's to invite, has no mail address
    or is not active.
    """
    people = list(dict.fromkeys(person_ids))
    require_over(conn, actor, people, now=now)
    _require_reachable(conn, people)
    tickets = prepare(conn, people, purpose=Purpose.INVITE, now=now)
    queue_tickets(conn, tickets, purpose=Purpose.INVITE, inviter_id=actor.person_id, now=now)
    record_people(conn, dict.fromkeys(people, Deed("invite", {})), actor=actor, now=now)
    return len(people)


def _require_reachable(conn: Connection, people: Sequence[int]) -> None:
    known = set(conn.scalars(select(person.c.id).where(person.c.id.in_(people))))
    stranger = next((one for one in people if one not in known), None)
    if stranger is not None:
        raise UserError(
            zh=f"没有编号为 {stranger} 的人员，一个也没有邀请。请在人员列表中查看编号。",
            en=f"there is nobody of number {stranger} and nobody was invited; the list of people has them",
            code="person.unknown",
        )
    lacking = or_(person.c.email.is_(None), ~person.c.active)
    mine = select(person.c.name).where(person.c.id.in_(people), lacking).order_by(person.c.id).limit(3)
    names = list(conn.scalars(mine))
    if names:
        zh, en = "、".join(names), ", ".join(names)
        raise UserError(
            zh=f"{zh} 没有邮箱或已停用，一个也没有邀请。请先补上邮箱或恢复启用，或不选他们。",
            en=f"{en} have no mail address or are not active, nobody was invited;"
            " mend that first or leave them out",
            code="invite.unreachable",
        )
