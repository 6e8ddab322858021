"""What is sent to us about readings of notices."""

from enum import StrEnum

from fastapi import UploadFile
from pydantic import Field

from config.reading.drafting.decisions import Decision, Verdict
from web.api.models import Given
from web.api.types import Day, NoticeId, RegionCode, Text


class NewReading(Given):
    """A notice as it came: a file (docx, PDF with text, html, txt), or its text."""

    file: UploadFile | None = None
    text: str | None = Field(
        None, description="Empty: left out.", max_length=100_000, examples=["关于举办全国科普日活动的通知…"]
    )


class NewVerdict(StrEnum):
    """What becomes of a date: taken over as it stands, with another date, or left out."""

    ACCEPT = "accept"
    CORRECT = "correct"
    DROP = "drop"


class NewDecision(Given):
    """A verdict on one date; corrected, it says the right one: ``day`` is the last, ``start`` the first."""

    verdict: NewVerdict = Field(examples=["correct"])
    day: Day | None = Field(None, examples=["2023-09-27"])
    start: Day | None = Field(None, examples=[None])

    def decision(self) -> Decision:
        """Return the decision that it means."""
        corrected = self.verdict is NewVerdict.CORRECT
        return Decision(
            verdict=Verdict(self.verdict),
            day=self.day if corrected else None,
            start=self.start if corrected else None,
        )


class NewHeading(Given):
    """Where a notice belongs; what is left out is as proposed, an empty ``parent`` means none."""

    region: RegionCode | None = Field(None, description="Left out, it stays.", examples=["350500"])
    parent: str | None = Field(None, pattern=r"^[a-z0-9-]{0,64}$", examples=["national-2023"])
    id: NoticeId | None = None
    code: str | None = Field(None, pattern=r"^[A-Z0-9-]{1,24}$", examples=["QZ-2023-2"])


class ReadingPlanned(Given):
    """The text to be planned; left out, what was read and decided."""

    text: str | None = Field(None, min_length=1, max_length=150_000)


class ReadingApplied(ReadingPlanned):
    """The text to be put in force; left out, what was read and decided."""

    reason: Text | None = None
