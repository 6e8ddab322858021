"""Mails, and why somebody did or did not get one, as the API tells them."""

from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import Field, model_validator

from web.api.models import Both, Given, Some, Told
from web.api.types import Id, Instant, Text


class Mail(Told):
    """One mail in a list. ``doubts`` counts tries that stayed without an answer."""

    number: int = Field(examples=[12])
    state: str = Field(examples=["draft"])
    template: str = Field(examples=["reminder"])
    to: str | None = Field(examples=["wang@example.cn"])
    name: str = Field(examples=["王敏"])
    subject: str | None
    date: Instant
    sent_at: Instant | None
    not_before: Instant | None
    attempts: int
    doubts: int
    error: str | None


class Mails(Some[Mail]):
    """Part of the mails that you may see, the newest first."""


class MailText(Told):
    """One mail as it was or will be read; texts are null where nothing is left to tell."""

    mail: Mail
    subject: str | None = Field(examples=["【督办】3 项活动 9月28日 前提交总结"])
    text: str | None
    html: str | None


class Reason(Given):
    """Why it is done."""

    reason: Text | None = None


class Deed(StrEnum):
    """What can be done with mails that wait."""

    RELEASE = "release"
    RETRY = "retry"
    HOLD = "hold"
    DROP = "drop"


class ManyMails(Given):
    """What is to be done with some mails: with all of them, or with none."""

    deed: Deed = Field(examples=["release"])
    mails: list[Id] = Field(min_length=1, max_length=500, examples=[[12]])
    reason: Text | None = Field(None, description="Needed to drop mails.")


class MailsMoved(Told):
    """The mails that were moved, and what they are now."""

    states: dict[int, str] = Field(examples=[{"12": "queued"}])


class Batch(Told):
    """The mails of one sweep that wait for review."""

    sweep_id: int = Field(examples=[4])
    at: Instant
    mails: int = Field(examples=[12])


class Batches(Some[Batch]):
    """The batches that wait for your review."""


class Why(Told):
    """What one reminder did about one case, and why."""

    ref: str = Field(examples=["QZ-2023-0001"])
    title: str
    milestone: str = Field(examples=["summary"])
    name: Both = Field(description="Of the milestone.")
    rung: str = Field(examples=["-3"])
    at: Instant
    due: date | None
    reason: str = Field(examples=["mailed"])
    role: str | None
    who: str | None
    person_id: int | None
    mail: int | None = Field(description="A mail that you may read.")
    mail_state: str | None
    sent_at: Instant | None
    done_at: Instant | None

    @model_validator(mode="before")
    @classmethod
    def _flat(cls, value: Any) -> Any:
        answer = value.answer
        names = (
            "ref",
            "milestone",
            "rung",
            "at",
            "due",
            "reason",
            "role",
            "mail_state",
            "sent_at",
            "done_at",
        )
        own = {name: getattr(value, name) for name in ("title", "who", "person_id", "mail")}
        return own | {name: getattr(answer, name) for name in names} | {"name": value.milestone}


class WhyTold(Told):
    """The answers about one case or one person: what was decided, the newest first, and what is to come."""

    name: str = Field(description="The case's title or the person's name.")
    past: list[Why]
    coming: list[Why]
    more: bool = Field(description="Whether older answers are left out.")
