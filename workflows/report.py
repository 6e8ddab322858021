"""The lifecycle of a report (报送), version 1: what a unit owes by a date."""

from enum import StrEnum
from types import MappingProxyType

from config.schedule import Name, Role
from workflows.guards import answerable, explained, handed_in, hosted, in_time, titled
from workflows.lifecycle import Lifecycle, Step


class ReportState(StrEnum):
    """Where a report stands."""

    DUE = "due"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    WAIVED = "waived"


S = ReportState
LEADERS = (Role.LEAD, Role.ADMIN)
ADMIN = (Role.ADMIN,)

REPORT = Lifecycle(
    name="report",
    version=1,
    initial=S.DUE,
    path=(S.DUE, S.SUBMITTED, S.ACCEPTED),
    final=(S.ACCEPTED, S.WAIVED),
    # No mail address is asked for: a unit owes its report even if nobody there can be reached.
    entry=(titled, hosted),
    steps=(
        Step("submit", S.DUE, S.SUBMITTED, (in_time("submit"), handed_in)),
        Step("accept", S.SUBMITTED, S.ACCEPTED, (), ADMIN),
        Step("return", S.SUBMITTED, S.DUE, (explained,), LEADERS),
        Step("waive", S.DUE, S.WAIVED, (explained,), ADMIN),
        Step("reinstate", S.WAIVED, S.DUE, (explained,), ADMIN),
        *(Step("edit", state, state, (titled, hosted)) for state in (S.DUE, S.SUBMITTED)),
        # What was handed in stays as it is until it is sent back.
        Step("attach", S.DUE, S.DUE),
        Step("detach", S.DUE, S.DUE),
        *(Step("hand_over", state, state, (answerable,)) for state in (S.DUE, S.SUBMITTED)),
        *(Step("note", state, state) for state in S),
    ),
    labels=MappingProxyType(
        {
            S.DUE: Name(zh="待报送", en="Due"),
            S.SUBMITTED: Name(zh="已报送", en="Submitted"),
            S.ACCEPTED: Name(zh="已接收", en="Accepted"),
            S.WAIVED: Name(zh="已免报", en="Waived"),
        }
    ),
    triggers=MappingProxyType(
        {
            "submit": Name(zh="报送", en="submit"),
            "accept": Name(zh="接收", en="accept"),
            "return": Name(zh="退回", en="send back"),
            "waive": Name(zh="免报", en="waive"),
            "reinstate": Name(zh="恢复", en="reinstate"),
            "edit": Name(zh="修改信息", en="edit"),
            "attach": Name(zh="补充材料", en="add materials"),
            "detach": Name(zh="撤下材料", en="remove materials"),
            "hand_over": Name(zh="转给同事", en="hand over"),
            "note": Name(zh="备注", en="note"),
        }
    ),
)
