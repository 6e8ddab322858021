"""Commendations as the API tells them, and what is sent to us about them."""

from enum import StrEnum

from pydantic import Field

from config.criteria import Award
from web.api.models import Both, Given, Some, Told
from web.api.types import Instant, Number, Text


class Act(StrEnum):
    """What may be done with a candidate: on the list, off it, to a place of it, or as computed again."""

    ADD = "add"
    REMOVE = "remove"
    MOVE = "move"
    CLEAR = "clear"


class Score(Told):
    """What one criterion gave a candidate; of a share ``done`` was reached of what is ``asked``."""

    measure: str = Field(examples=["participants"])
    value: int = Field(description="The figure; of a share ten-thousandths.", examples=[300])
    points: float = Field(examples=[22.5])
    most: float = Field(examples=[30])
    place: int = Field(description="Among all, by this criterion alone.", examples=[1])
    done: int = Field(examples=[0])
    asked: int = Field(examples=[0])
    text: Both


class Candidate(Told):
    """One candidate of an award: its place by points, and its seat on the list (null: not on it)."""

    key: str = Field(description="A case's number, unit:5 or person:5.", examples=["QZ-2023-0001"])
    name: str = Field(examples=["科学课"])
    below: str = Field(description="Whose it is.", examples=["鲤城区科协"])
    county: str = Field(examples=["350502"])
    place: int = Field(examples=[1])
    shared: bool = Field(
        description="Whether others have the same points and figures, and so the same place.",
        examples=[False],
    )
    tied: bool = Field(
        description="Whether some of those who share its place are chosen and others not: a person decides.",
        examples=[False],
    )
    points: float = Field(examples=[72.5])
    seat: int | None = Field(examples=[1])
    forced: int = Field(description="Steps of it that an admin forced.", examples=[0])
    reason: str | None = Field(description="Of whoever put it there or took it off.")
    scores: list[Score]


class Candidates(Some[Candidate]):
    """Part of the candidates of an award, by rank."""


class LeftOut(Told):
    """Activities that are no candidates, by the state that rules them out."""

    state: str = Field(examples=["held"])
    count: int = Field(examples=[1])


class AwardTold(Told):
    """One award: how many, by what, and who is on its list."""

    award: Award = Field(examples=["activity"])
    title: str = Field(examples=["优秀活动"])
    limit: int = Field(examples=[1])
    candidates: int = Field(examples=[3])
    quota: Both
    criteria: list[Both]
    chosen: list[Candidate]
    left_out: list[LeftOut]


class Signature(Told):
    """Who signed, when, and which list."""

    who: str = Field(examples=["周管理员"])
    at: Instant
    hash: str = Field(examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"])


class Adjusted(Told):
    """One change of the list by hand."""

    award: Award = Field(examples=["activity"])
    key: str = Field(examples=["QZ-2023-0001"])
    act: str = Field(examples=["add"])
    place: int | None
    reason: str = Field(examples=["山区首次举办"])
    who: str = Field(examples=["周管理员"])
    at: Instant


class Commendation(Told):
    """Whom a notice would commend or commends, and how far that has come; it is signed by its ``hash``."""

    notice: str = Field(examples=["quanzhou-2023"])
    state: str | None = Field(description="Null: nobody has drawn it up yet.", examples=["put_forward"])
    hash: str = Field(examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"])
    schedule: str = Field(examples=["quanzhou-2023@1"])
    first: Signature | None = Field(description="Who put it forward.")
    second: Signature | None = Field(description="Who approved it.")
    returned: str | None = Field(description="Why it was sent back, until it is put forward again.")
    mails: int = Field(description="Mails that the approval queued.", examples=[0])
    awards: list[AwardTold]
    adjustments: list[Adjusted]


class Adjustment(Given):
    """What is to be changed on the list, and why; a move says to which place."""

    award: Award = Field(examples=["activity"])
    key: str = Field(min_length=1, max_length=80, pattern=r"^[A-Za-z0-9:-]+$", examples=["QZ-2023-0001"])
    act: Act = Field(examples=["add"])
    reason: Text
    place: Number | None = None


class Seen(Given):
    """Which list the signer looked at."""

    seen: str = Field(
        pattern="^[0-9a-f]{64}$",
        description="Its hash; another list is not signed.",
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    )


class SentBack(Given):
    """Why a list is sent back, or taken back by whoever put it forward."""

    reason: Text


class TitleTold(Told):
    """What a mail tells of: an activity, a unit or a person, commended where there is an award."""

    ref: str | None = Field(description="Of an activity.", examples=["QZ-2023-0001"])
    title: str = Field(examples=["科学课"])
    award: str | None = Field(examples=["优秀活动"])


class CommendationMail(Told):
    """One mail of a list; ``mail`` is its number in the outbox, null before the approval."""

    name: str = Field(examples=["李强"])
    email: str = Field(examples=["li@example.cn"])
    template: str = Field(description="commended or thanked.", examples=["commended"])
    mail: int | None
    state: str | None
    about: list[TitleTold]


class CommendationMails(Some[CommendationMail]):
    """Part of the mails of a list, the commended first."""
