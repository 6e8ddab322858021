"""The lifecycle of a notice (通知), version 1."""

from enum import StrEnum
from types import MappingProxyType

from config.schedule import Name, Role
from workflows.lifecycle import Lifecycle, Step


class NoticeState(StrEnum):
    """Where a notice stands."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    CLOSED = "closed"


S = NoticeState
ADMIN = (Role.ADMIN,)

NOTICE = Lifecycle(
    name="notice",
    version=1,
    initial=S.DRAFT,
    path=(S.DRAFT, S.IN_FORCE, S.CLOSED),
    final=(S.SUPERSEDED, S.CLOSED),
    steps=(
        Step("apply", S.DRAFT, S.IN_FORCE, (), ADMIN),
        Step("close", S.IN_FORCE, S.CLOSED, (), ADMIN),
        Step("supersede", S.IN_FORCE, S.SUPERSEDED, (), ADMIN),
        Step("revise", S.IN_FORCE, S.IN_FORCE, (), ADMIN),
        # The engine's own: the reminders of one sweep.
        Step("remind", S.IN_FORCE, S.IN_FORCE, (), ()),
        Step("remind", S.CLOSED, S.CLOSED, (), ()),
        Step("remind", S.SUPERSEDED, S.SUPERSEDED, (), ()),
    ),
    labels=MappingProxyType(
        {
            S.DRAFT: Name(zh="草稿", en="Draft"),
            S.IN_FORCE: Name(zh="执行中", en="In force"),
            S.SUPERSEDED: Name(zh="已被替代", en="Superseded"),
            S.CLOSED: Name(zh="已结束", en="Closed"),
        }
    ),
    triggers=MappingProxyType(
        {
            "apply": Name(zh="应用", en="apply"),
            "close": Name(zh="结束", en="close"),
            "supersede": Name(zh="由新通知替代", en="supersede"),
            "revise": Name(zh="修订", en="revise"),
            "remind": Name(zh="提醒", en="remind"),
        }
    ),
)
