"""Mails that try something, as the API tells them."""

from enum import StrEnum

from pydantic import Field

from web.api.models import Both, Given, Told
from web.api.types import Address


class Ended(StrEnum):
    """What became of a mail that was sent right now."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    NOT_ACCEPTED = "not_accepted"
    UNKNOWN = "unknown"
    BEGUN = "begun"
    UNSENT = "unsent"


class Trial(Told):
    """What became of a mail: what the mail server answered; begun: that is not known; unsent: only tried."""

    answer: Ended = Field(examples=["accepted"])
    text: Both
    detail: str = Field(description="The server's own words.", examples=["250 OK"])
    to: str = Field(examples=["wang@example.cn"])
    where: str = Field(description="By which mail server, without its password.")


class NewTrial(Given):
    """To whom the test mail goes."""

    address: Address
