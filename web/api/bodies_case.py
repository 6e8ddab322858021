"""What is sent to us about cases."""

from enum import StrEnum
from typing import Any

from pydantic import Field

from web.api.models import Given
from web.api.types import Address, Day, Flag, Line, Link, Moment, Number, Ref, Text, Version, Word


class Trigger(StrEnum):
    """A step of an activity or a report."""

    REGISTER = "register"
    HOLD = "hold"
    COMPLETE_INFO = "complete_info"
    SUMMARIZE = "summarize"
    COMMEND = "commend"
    CLOSE = "close"
    CANCEL = "cancel"
    REINSTATE = "reinstate"
    RETURN = "return"
    EDIT = "edit"
    ATTACH = "attach"
    DETACH = "detach"
    POSTPONE = "postpone"
    HAND_OVER = "hand_over"
    RECOMMEND = "recommend"
    NOTE = "note"
    SUBMIT = "submit"
    ACCEPT = "accept"
    WAIVE = "waive"


class NewCase(Given):
    """A new activity. Left out, the last day is the first and the coordinator is you."""

    notice: str = Field(pattern=r"^[a-z0-9-]{1,64}$", examples=["quanzhou-2023"])
    title: Line
    unit_id: Number
    starts_on: Day
    ends_on: Day | None = None
    place: Line | None = Field(None, examples=["文化广场"])
    online: Flag = False
    online_url: Link | None = None
    coordinator_id: Number | None = None


class NewValues(Given):
    """New values of a case; what is left out stays, null takes it away."""

    title: Line | None = None
    place: Line | None = Field(None, examples=["文化广场"])
    online: Flag | None = None
    online_url: Link | None = None
    participants: int | None = Field(None, ge=0, le=1_000_000_000, strict=True, examples=[120])
    starts_on: Day | None = None
    ends_on: Day | None = None
    recommended_by: Line | None = Field(None, examples=["泉州市科协"])
    award: Line | None = Field(None, examples=["优秀活动"])


class NewLink(Given):
    """A link that is handed in."""

    kind: Word
    url: Link


class NewStep(Given):
    """A step for one case."""

    trigger: Trigger = Field(examples=["hold"])
    reason: Text | None = None
    occurred_at: Moment | None = Field(
        None, description="When it happened, never before the step before; left out: now."
    )
    changes: NewValues | None = None
    materials: list[NewLink] = Field(default=[], max_length=50)
    removed: list[Number] = Field(
        default=[], max_length=50, description="Of a detach: the materials that it takes away."
    )
    force: Flag = Field(False, description="For admins, with a reason; marked in history for ever.")

    @property
    def values(self) -> dict[str, Any]:
        """Return the new values that were given."""
        return self.changes.model_dump(exclude_unset=True) if self.changes else {}


class NewSteps(Given):
    """One step for many cases: all of them or, with ``skip_blocked``, those that are not blocked."""

    trigger: Trigger = Field(examples=["register"])
    refs: list[Ref] = Field(min_length=1, max_length=2000, examples=[["QZ-2023-0001", "QZ-2023-0002"]])
    reason: Text | None = None
    occurred_at: Moment | None = None
    skip_blocked: Flag = False
    force: Flag = False
    expect: dict[Ref, Version] = Field(
        default={},
        max_length=2000,
        description="The versions that were seen; a case that has changed since is blocked.",
        examples=[{"QZ-2023-0001": 3}],
    )


class NewCoordinator(Given):
    """Who answers for a case from now on: a colleague by number, or somebody new by name and address."""

    person_id: Number | None = None
    name: Line | None = Field(None, examples=["李强"])
    email: Address | None = None
    phone: Line | None = Field(None, examples=["0595-0000000"])
