"""The lifecycle of an activity (活动), version 1: from its plan to its summary and what follows."""

from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType

from config.schedule import Name, Role
from workflows.guards import (
    addressed,
    ahead,
    answerable,
    awarded,
    behind,
    counted,
    dated,
    different,
    explained,
    handed_in,
    hosted,
    in_order,
    in_season,
    in_time,
    kept,
    over,
    placed,
    recommended,
    titled,
)
from workflows.lifecycle import Lifecycle, Step


class ActivityState(StrEnum):
    """Where an activity stands."""

    PLANNED = "planned"
    REGISTERED = "registered"
    HELD = "held"
    INFO_COMPLETED = "info_completed"
    SUMMARIZED = "summarized"
    COMMENDED = "commended"
    CLOSED = "closed"
    CANCELLED = "cancelled"


S = ActivityState
PATH = (S.PLANNED, S.REGISTERED, S.HELD, S.INFO_COMPLETED, S.SUMMARIZED)
ENTRY = (titled, hosted, answerable, dated, placed)
# The coordinator's address may break later; that must not stop anyone from mending the rest.
KEPT = (titled, hosted, dated, placed)

LEADERS = (Role.LEAD, Role.ADMIN)
ADMIN = (Role.ADMIN,)

_FORWARD = (
    Step("register", S.PLANNED, S.REGISTERED, (*ENTRY, in_season, in_time("register"), handed_in)),
    Step("hold", S.REGISTERED, S.HELD, (dated, over, in_time("hold"), handed_in)),
    Step("complete_info", S.HELD, S.INFO_COMPLETED, (addressed, in_time("complete_info"), handed_in)),
    Step("summarize", S.INFO_COMPLETED, S.SUMMARIZED, (counted, in_time("summarize"), handed_in)),
    Step("commend", S.SUMMARIZED, S.COMMENDED, (recommended, awarded), ADMIN),
    Step("close", S.SUMMARIZED, S.CLOSED, (), ADMIN),
)
_ASIDE = (
    Step("cancel", S.PLANNED, S.CANCELLED, (explained,)),
    Step("cancel", S.REGISTERED, S.CANCELLED, (explained,)),
    Step("reinstate", S.CANCELLED, S.PLANNED, (explained,), ADMIN),
)
_BACK = tuple(Step("return", late, early, (explained,), LEADERS) for early, late in pairwise(PATH))
_KEEPING = (
    Step("edit", S.PLANNED, S.PLANNED, (titled, in_order, in_season, ahead)),
    Step("edit", S.REGISTERED, S.REGISTERED, (*KEPT, in_season, ahead)),
    *(Step("edit", state, state, (*KEPT, in_season, behind)) for state in PATH[2:]),
    *(Step("attach", state, state) for state in PATH),
    Step("detach", S.PLANNED, S.PLANNED),
    *(Step("detach", state, state, (explained, kept)) for state in PATH[1:]),
    *(Step("postpone", state, state, (dated, different, in_season, ahead)) for state in PATH[:2]),
    *(Step("hand_over", state, state, (answerable,)) for state in PATH),
    Step("recommend", S.SUMMARIZED, S.SUMMARIZED, (), ADMIN),
    *(Step("note", state, state) for state in S),
)

ACTIVITY = Lifecycle(
    name="activity",
    version=1,
    initial=S.PLANNED,
    path=PATH,
    final=(S.COMMENDED, S.CLOSED, S.CANCELLED),
    steps=(*_FORWARD, *_ASIDE, *_BACK, *_KEEPING),
    entry=ENTRY,
    labels=MappingProxyType(
        {
            S.PLANNED: Name(zh="已策划", en="Planned"),
            S.REGISTERED: Name(zh="已登记", en="Registered"),
            S.HELD: Name(zh="已举办", en="Held"),
            S.INFO_COMPLETED: Name(zh="信息已完善", en="Info completed"),
            S.SUMMARIZED: Name(zh="已总结", en="Summarized"),
            S.COMMENDED: Name(zh="已表扬", en="Commended"),
            S.CLOSED: Name(zh="已归档", en="Closed"),
            S.CANCELLED: Name(zh="已取消", en="Cancelled"),
        }
    ),
    triggers=MappingProxyType(
        {
            "register": Name(zh="登记", en="register"),
            "hold": Name(zh="确认举办", en="confirm held"),
            "complete_info": Name(zh="完善信息", en="complete info"),
            "summarize": Name(zh="提交总结", en="submit summary"),
            "commend": Name(zh="表扬", en="commend"),
            "close": Name(zh="归档", en="close"),
            "cancel": Name(zh="取消", en="cancel"),
            "reinstate": Name(zh="恢复", en="reinstate"),
            "return": Name(zh="退回", en="send back"),
            "edit": Name(zh="修改信息", en="edit"),
            "attach": Name(zh="补充材料", en="add materials"),
            "detach": Name(zh="撤下材料", en="remove materials"),
            "postpone": Name(zh="改期", en="change dates"),
            "hand_over": Name(zh="转给同事", en="hand over"),
            "recommend": Name(zh="推荐表扬", en="recommend"),
            "note": Name(zh="备注", en="note"),
        }
    ),
)
