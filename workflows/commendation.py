"""The lifecycle of a commendation (表扬), version 1: drawn up, put forward, decided by another admin."""

from enum import StrEnum
from types import MappingProxyType

from config.schedule import Name, Role
from workflows.lifecycle import Lifecycle, Step


class CommendationState(StrEnum):
    """Where a commendation stands."""

    DRAWN_UP = "drawn_up"
    PUT_FORWARD = "put_forward"
    DECIDED = "decided"


S = CommendationState
ADMIN = (Role.ADMIN,)

COMMENDATION = Lifecycle(
    name="commendation",
    version=1,
    initial=S.DRAWN_UP,
    path=(S.DRAWN_UP, S.PUT_FORWARD, S.DECIDED),
    final=(S.DECIDED,),
    steps=(
        Step("adjust", S.DRAWN_UP, S.DRAWN_UP, (), ADMIN),
        Step("put_forward", S.DRAWN_UP, S.PUT_FORWARD, (), ADMIN),
        # a change after the first signature voids it
        Step("adjust", S.PUT_FORWARD, S.DRAWN_UP, (), ADMIN),
        Step("send_back", S.PUT_FORWARD, S.DRAWN_UP, (), ADMIN),
        Step("approve", S.PUT_FORWARD, S.DECIDED, (), ADMIN),
    ),
    labels=MappingProxyType(
        {
            S.DRAWN_UP: Name(zh="拟定中", en="Drawn up"),
            S.PUT_FORWARD: Name(zh="待审定", en="Put forward"),
            S.DECIDED: Name(zh="已审定", en="Decided"),
        }
    ),
    triggers=MappingProxyType(
        {
            "adjust": Name(zh="调整名单", en="adjust the list"),
            "put_forward": Name(zh="提请审定", en="put forward"),
            "send_back": Name(zh="退回重拟", en="send back"),
            "approve": Name(zh="审定", en="approve"),
        }
    ),
)
