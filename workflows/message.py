"""The lifecycle of a mail in the outbox (邮件), version 1: DESIGN 7 as a table.

Steps that no role may do are the engine's own.
"""

from enum import StrEnum
from types import MappingProxyType

from config.schedule import Name, Role
from workflows.lifecycle import Lifecycle, Step


class MessageState(StrEnum):
    """Where a mail stands."""

    DRAFT = "draft"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    HELD = "held"
    DEAD = "dead"
    OBSOLETE = "obsolete"


S = MessageState
ADMIN = (Role.ADMIN,)
ENGINE: tuple[Role, ...] = ()

MESSAGE = Lifecycle(
    name="message",
    version=1,
    initial=S.DRAFT,
    also_initial=(S.QUEUED,),
    path=(S.DRAFT, S.QUEUED, S.SENDING, S.SENT),
    final=(S.SENT, S.OBSOLETE),
    steps=(
        Step("release", S.DRAFT, S.QUEUED, (), ADMIN),
        Step("claim", S.QUEUED, S.SENDING, (), ENGINE),
        Step("accept", S.SENDING, S.SENT, (), ENGINE),
        Step("requeue", S.SENDING, S.QUEUED, (), ENGINE),
        Step("lose", S.SENDING, S.UNCERTAIN, (), ENGINE),
        Step("refuse", S.SENDING, S.DEAD, (), ENGINE),
        Step("give_up", S.SENDING, S.DEAD, (), ENGINE),
        Step("resend", S.UNCERTAIN, S.QUEUED, (), ADMIN),
        *(Step("hold", state, S.HELD, (), ADMIN) for state in (S.DRAFT, S.QUEUED, S.UNCERTAIN)),
        *(Step("retry", state, S.QUEUED, (), ADMIN) for state in (S.HELD, S.DEAD)),
        *(
            Step("obsolete", state, S.OBSOLETE, (), ENGINE)
            for state in (S.DRAFT, S.QUEUED, S.SENDING, S.UNCERTAIN, S.HELD)
        ),
        # Also while another worker is sending: the first one's answer can come that late.
        *(Step("late_result", state, state, (), ENGINE) for state in S if state is not S.DRAFT),
    ),
    labels=MappingProxyType(
        {
            S.DRAFT: Name(zh="待审核", en="Draft"),
            S.QUEUED: Name(zh="待发送", en="Queued"),
            S.SENDING: Name(zh="发送中", en="Sending"),
            S.SENT: Name(zh="已发送", en="Sent"),
            S.UNCERTAIN: Name(zh="结果不明", en="Uncertain"),
            S.HELD: Name(zh="已搁置", en="Held"),
            S.DEAD: Name(zh="已失败", en="Failed"),
            S.OBSOLETE: Name(zh="已无需发送", en="Obsolete"),
        }
    ),
    triggers=MappingProxyType(
        {
            "release": Name(zh="放行", en="release"),
            "claim": Name(zh="开始发送", en="start sending"),
            "accept": Name(zh="服务器已收", en="accepted"),
            "requeue": Name(zh="稍后再试", en="try later"),
            "lose": Name(zh="未得答复", en="no answer"),
            "refuse": Name(zh="拒收", en="refused"),
            "give_up": Name(zh="放弃重试", en="give up"),
            "resend": Name(zh="再发一次", en="send again"),
            "hold": Name(zh="搁置", en="hold"),
            "retry": Name(zh="重新发送", en="retry"),
            "obsolete": Name(zh="不再发送", en="drop"),
            "late_result": Name(zh="补记结果", en="note late answer"),
        }
    ),
)
