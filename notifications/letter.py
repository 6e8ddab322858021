"""What a mail says, as plain values: the input of every template."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whom a mail goes to."""

    name: str
    email: str
    lang: str = "zh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One case in a mail: what is missing for what, by when, by which clause.

    ``due`` is the milestone's local day, ``act_by`` the last working day up to it;
    ``days_left`` counts working days from the mail's day to ``act_by`` (0: today), and
    ``days_late`` calendar days since ``due`` (0 while it is not late).
    ``missing`` are the things it lacks, in the reader's language ("2 张照片"), ``step`` a sentence
    that says what else is to be done; ``also_told`` the people told
    beside the reader ("王敏（县级负责人）"); ``role`` is why the reader gets it. ``key`` is the
    milestone's stable key and ``kind`` the case's (activity, report; empty: not said). ``moved``
    tells of the date first set, where ``due`` was changed without a clause of its own.
    """

    ref: str
    title: str
    unit: str
    notice_title: str
    milestone: str
    due: date | None
    act_by: date | None
    days_left: int
    days_late: int
    approximate: bool
    missing: tuple[str, ...]
    clause: str | None
    cite: str | None
    url: str
    held_on: date | None = None
    state: str = ""
    coordinator: str = ""
    coordinator_phone: str = ""
    also_told: tuple[str, ...] = ()
    role: str = "coordinator"
    entered_late: bool = False
    reason: str | None = None
    award: str | None = None
    key: str = ""
    kind: str = ""
    step: str = ""
    moved: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who answers questions: from the notice's contacts."""

    name: str
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number of a daily summary: a label in the reader's language and a count."""

    label: str
    count: int
    tone: str = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """What a checkpoint says: how many rows of history, and their root in hexadecimal digits."""

    rows: int
    root: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One mail to one person. ``template`` names its folder; ``items`` come most urgent first.

    ``at`` is the aware instant of the mail in the notice's zone. ``sealed`` is set for a checkpoint
    alone, whose ``note`` is its whole signed text. ``link`` signs its reader in until ``link_until``:
    it is set while such a mail is being sent and empty where one is kept or looked at.
    """

    template: str
    to: Person
    at: datetime
    items: tuple[Item, ...] = ()
    senders: tuple[Sender, ...] = ()
    list_url: str = ""
    figures: tuple[Figure, ...] = ()
    note: str | None = None
    sealed: Sealed | None = None
    link: str = field(default="", repr=False)
    link_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What never changes between two tries of one mail."""

    message_id: str
    date: datetime
    sender: str
    reply_to: str | None = None
    headers: tuple[tuple[str, str], ...] = field(default=())
