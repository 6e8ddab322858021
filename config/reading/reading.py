"""What was read in the text of a notice: every value with its exact place, and how sure the reader is."""

from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from config.schedule import Name


class Certainty(StrEnum):
    """How exact a date is: what the words of the notice give, not how well they were understood."""

    DAY = "day"
    TIME = "time"
    THIRD = "third"  # 上旬, 中旬, 下旬, 月初, 月底: `start` and `day` are its first and last day
    MONTH = "month"
    RELATIVE = "relative"  # 活动结束后10个工作日内: known once something else has happened
    RECURRING = "recurring"  # 每月25日前: shown, never scheduled
    OPEN = "open"  # 另行通知, 尽快: no date


class YearFrom(StrEnum):
    """Where the year of a date came from."""

    CLAUSE = "clause"
    CONTEXT = "context"  # a date earlier in the same sentence or paragraph
    TITLE = "title"
    ISSUED = "issued"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Span:
    """A place in the original text: characters ``start`` (inclusive) to ``end`` (exclusive)."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words that stand there."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A value of the notice that is not a date (title, issuer, theme …), and where it stands."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDate:
    """A date, or a period, as the words give it.

    ``day`` is the last day (inclusive), ``start`` the first where the words give a period or an opening.
    ``words`` is the place of the date itself inside the clause. Impossible dates have ``wrong`` set, no day.
    """

    words: Span
    day: date | None = None
    start: date | None = None
    until: time | None = None
    certainty: Certainty = Certainty.DAY
    approximate: bool = False
    year_from: YearFrom = YearFrom.CLAUSE
    wrong: Name | None = None
    relative: str | None = None  # "held + 10 working days" in the words of config.dates, where it can be said


class Sort(StrEnum):
    """What a dated (or openly undated) clause of a notice is."""

    WINDOW = "window"
    DEADLINE = "deadline"
    ORGANISER = "organiser"  # what the organiser will do: results, publicity
    DISTRACTOR = "distractor"  # ages, reporting periods, dates of laws, superseded dates


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One thing that a notice says of a date: what it is, who, what, how, and where it stands.

    ``cite`` is the exact sentence; ``place`` its heading (``六（二）``) where the notice numbers its parts.
    ``confidence`` is between 0 and 1; ``doubts`` say in plain words why it is not 1.
    """

    key: str  # d1, d2 …, w1 …: stable for the same text
    sort: Sort
    when: ReadDate
    cite: Span
    name: str | None = None  # of a window
    who: str | None = None
    action: str | None = None
    channel: str | None = None
    materials: tuple[str, ...] = ()
    place: str | None = None
    also: tuple[Span, ...] = ()  # other sentences that state the same deadline again
    confidence: float = 1.0
    doubts: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadContact:
    """Somebody whom the notice names for questions."""

    name: str | None
    phone: str | None
    email: str | None
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was read in one text. Spans are offsets into ``text``, which is the original, unchanged."""

    text: str
    title: Told | None = None
    issuer: Told | None = None
    number: Told | None = None
    issued: ReadDate | None = None
    theme: Told | None = None
    subtheme: Told | None = None
    parent: Told | None = None  # 根据《中国科协…通知》: the words that name the notice above
    year: int | None = None
    clauses: tuple[Clause, ...] = ()
    contacts: tuple[ReadContact, ...] = ()
    doubts: tuple[Name, ...] = field(default=())  # of the whole: contradictions, …

    def of_sort(self, sort: Sort) -> tuple[Clause, ...]:
        """Return the clauses of one sort, in the order of the text."""
        return tuple(one for one in self.clauses if one.sort == sort)
