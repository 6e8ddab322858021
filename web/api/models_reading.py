"""Readings of notices as the API tells them: what was read, where it stands, what is to become of it."""

from datetime import date, time

from pydantic import Field

from config.reading.drafting.decisions import Verdict
from config.reading.reading import Certainty, YearFrom
from web.api.models import Both, Some, Told
from web.api.types import Instant


class Words(Told):
    """Some words and their place in the ``text``: from character ``start`` up to, not with, ``end``."""

    text: str = Field(examples=["2023年9月25日前"])
    start: int = Field(examples=[182])
    end: int = Field(examples=[193])


class DateRead(Told):
    """A date as the words give it; ``start`` is the first day of a period, ``day`` the last."""

    words: Words
    day: date | None = Field(examples=["2023-09-25"])
    start: date | None
    until: time | None
    certainty: Certainty = Field(description="How exact the words are.", examples=["day"])
    approximate: bool
    year_from: YearFrom = Field(description="Where its year came from.", examples=["clause"])
    relative: str | None = Field(description="Counted from another day: held + 3 working days.")
    wrong: Both | None = Field(description="Why it is no date.", examples=[None])


class ClauseRead(Told):
    """One thing that the notice says of a date, how sure the reader is, and what becomes of it."""

    key: str = Field(examples=["d1"])
    sort: str = Field(description="window, deadline, organiser or distractor.", examples=["deadline"])
    name: str | None
    when: DateRead
    who: str | None = Field(examples=["各活动举办单位"])
    action: str | None = Field(examples=["登录科普活动平台，填报活动信息"])
    channel: str | None
    materials: list[str] = Field(examples=[["活动信息"]])
    place: str | None = Field(description="The heading it stands under.", examples=["二（一）"])
    cite: Words = Field(description="Its whole sentence.")
    also: list[Words] = Field(description="Other sentences that say the same.", examples=[[]])
    confidence: float = Field(description="Between 0 and 1.", examples=[0.9])
    doubts: list[Both] = Field(description="Why it is not surer.", examples=[[]])
    can_be_taken: bool = Field(description="Whether it can be accepted as it stands.", examples=[True])
    verdict: Verdict = Field(description="A person's, else what is proposed.", examples=["accept"])
    first: str | None = Field(description="The first day as the schedule would have it.")
    last: str | None = Field(description="The last day as it would have it.", examples=["2023-09-25"])


class ContactRead(Told):
    """Somebody whom the notice names for questions."""

    name: str | None = Field(examples=["林晓"])
    phone: str | None
    email: str | None
    words: Words


class HeadRead(Told):
    """What was read of the notice itself."""

    title: Words | None = Field(examples=[{"text": "关于举办全国科普日活动的通知", "start": 24, "end": 38}])
    number: Words | None = Field(examples=[{"text": "泉科协〔2023〕88号", "start": 12, "end": 24}])
    issuer: Words | None = Field(examples=[{"text": "泉州市科学技术协会", "start": 0, "end": 9}])
    issued: DateRead | None = Field(examples=[None])
    theme: Words | None = Field(examples=[None])
    subtheme: Words | None = Field(examples=[None])
    parent: Words | None = Field(description="The words that name the notice above it.", examples=[None])
    year: int | None = Field(examples=[2023])


class Heading(Told):
    """Where the notice belongs and what it is called here, as proposed or as somebody chose."""

    id: str = Field(examples=["quanzhou-2023-2"])
    code: str = Field(examples=["QZ-2023-2"])
    region: str = Field(examples=["350500"])
    parent: str | None = Field(examples=["national-2023"])


class MilestoneDrafted(Told):
    """A milestone that the schedule would have."""

    key: str = Field(examples=["summary_report"])
    name: Both
    units: list[str] = Field(
        description="Who owes it; none: every activity.", examples=[["county association"]]
    )
    reaches: str | None = Field(examples=["submitted"])
    needs: dict[str, int] = Field(examples=[{"report": 1}])
    opens: str | None
    due: str | None = Field(examples=["2023-11-03"])
    clauses: list[str] = Field(examples=[["d3"]])
    guesses: list[Both] = Field(description="What was not read and is only assumed.", examples=[[]])


class WindowDrafted(Told):
    """A window that the schedule would have."""

    key: str = Field(examples=["period"])
    name: Both
    start: str = Field(examples=["2023-10-16"])
    end: str = Field(examples=["2023-10-22"])
    clause: str = Field(examples=["w1"])


class NoticeAbove(Told):
    """A notice that could stand above."""

    id: str = Field(examples=["national-2023"])
    title: str


class ReadingLine(Told):
    """One reading that is not in force yet."""

    id: int = Field(examples=[1])
    name: str = Field(description="What the document is called.", examples=["通知.docx"])
    who: str = Field(examples=["周管理员"])
    at: Instant
    region: str = Field(examples=["350500"])


class Readings(Some[ReadingLine]):
    """The readings of your regions that are not in force yet, the newest first."""


class FullReading(ReadingLine):
    """One document with all that was read in it, and what it comes to as things are decided."""

    sha256: str = Field(description="The hash of the document.")
    notice: str | None = Field(description="The notice that it has become.")
    doubts: list[Both] = Field(description="What was left out, or not understood.", examples=[[]])
    head: HeadRead
    contacts: list[ContactRead]
    clauses: list[ClauseRead] = Field(description="Every date, in the order of the notice.")
    undecided: list[str] = Field(description="The clauses still to be decided.", examples=[["d2"]])
    heading: Heading
    parents: list[NoticeAbove]
    renews: bool = Field(description="Whether a notice of this id is in force, of which it is a new version.")
    milestones: list[MilestoneDrafted]
    windows: list[WindowDrafted]
    draft: str = Field(description="The schedule as YAML.", examples=["id: quanzhou-2023-2\n"])
    text: str = Field(description="The text of the document.")
