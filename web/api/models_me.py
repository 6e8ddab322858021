"""The person of a token, and webhooks, as the API tells them."""

from pydantic import Field

from web.api.models import Both, Given, Some, Told
from web.api.models_people import Lang
from web.api.types import Instant, Link, Moment, RegionCode


class OwnRight(Told):
    """One right of yours."""

    role: str = Field(examples=["coordinator"])
    region: str = Field(examples=["350502"])
    unit: str | None = Field(examples=["鲤城区科协"])
    until: Instant | None


class SessionLine(Told):
    """A browser in which you are signed in."""

    id: int = Field(examples=[4])
    device: str = Field(examples=["Windows · Edge"])
    created_at: Instant
    seen_at: Instant


class TokenLine(Told):
    """A token of yours."""

    id: int = Field(examples=[2])
    name: str = Field(examples=["每日同步"])
    writes: bool
    created_at: Instant
    expires_at: Instant
    used_at: Instant | None


class Me(Told):
    """The person whose token is used."""

    id: int = Field(examples=[1])
    name: str = Field(examples=["王敏"])
    email: str | None = Field(examples=["wang@example.cn"])
    phone: str | None
    lang: str = Field(examples=["zh"])
    address_bad: bool
    muted_until: Instant | None
    rights: list[OwnRight]
    sessions: list[SessionLine]
    tokens: list[TokenLine]
    feed_since: Instant | None = Field(description="Since when your calendar has its address.")


class NewOwnValues(Given):
    """What you may say of yourself; what is left out stays."""

    lang: Lang | None = None
    muted_until: Moment | None = Field(None, description="No reminders until then; null: send them again.")


class MyCase(Told):
    """One case of your desk with what it asks now."""

    ref: str = Field(examples=["QZ-2023-0001"])
    title: str
    unit: str
    region: str
    notice: str
    kind: str
    state: str
    version: int
    mine: bool = Field(description="Whether you are its coordinator.")
    urgency: str = Field(examples=["this_week"])
    trigger: str | None = Field(description="The next step.", examples=["complete_info"])
    returned_for: str | None = Field(
        description="Why it was sent back, while it is still as it was then.", examples=["照片不清楚"]
    )


class Desk(Told):
    """Your desk: the cases that you answer for, the most urgent first."""

    total: int = Field(examples=[3])
    to_do: int = Field(examples=[2])
    nearest: str | None = Field(examples=["2023-09-28"])
    cases: list[MyCase]


class SessionsEnded(Told):
    """In how many browsers you were signed out."""

    ended: int = Field(examples=[2])


class Feed(Told):
    """The new secret address of your calendar, told once."""

    url: str = Field(examples=["https://duban.example.cn/feeds/….ics"])


class Hook(Told):
    """One webhook; ``state`` is live, failing or stopped."""

    number: int = Field(examples=[1])
    url: str = Field(examples=["https://example.cn/hook"])
    region: str = Field(examples=["350500"])
    owner: str = Field(examples=["周管理员"])
    state: str = Field(examples=["live"])
    text: Both
    attempts: int
    not_before: Instant | None
    answered_at: Instant | None
    error: str | None
    created_at: Instant
    stopped_at: Instant | None


class Hooks(Some[Hook]):
    """Webhooks of yours and, for an admin, of the region."""


class NewHook(Given):
    """An address that is to be told of every change of state in a region."""

    url: Link = Field(examples=["https://example.cn/hook"])
    region: RegionCode


class HookMade(Told):
    """A new webhook; ``secret`` checks its signatures and is told once."""

    number: int = Field(examples=[1])
    secret: str = Field(examples=["whsec_…"])
