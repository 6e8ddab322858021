"""The effective schedule of one notice: what it asks, of whom, by when, and where each value came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from config.criteria import AwardRules


class CaseKind(StrEnum):
    """The two kinds of case that the engine follows."""

    ACTIVITY = "activity"
    REPORT = "report"


class AfterDue(StrEnum):
    """What becomes of a step that comes after its milestone's date."""

    ALLOW = "allow"
    REASON = "reason"
    FORBID = "forbid"


class Role(StrEnum):
    """Who a reminder goes to, and who may do a step."""

    COORDINATOR = "coordinator"
    LEAD = "lead"
    ADMIN = "admin"
    AUDITOR = "auditor"


class Precision(StrEnum):
    """How exactly a date was stated."""

    TIME = "time"
    DAY = "day"
    FUZZY = "fuzzy"
    TBD = "tbd"
    RELATIVE = "relative"


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A text in both languages."""

    zh: str
    en: str

    def in_(self, lang: str) -> str:
        """Return the text in ``lang`` (zh or en)."""
        return self.en if lang == "en" else self.zh


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a value came from: the notice that says it, its clause and its exact words.

    ``note`` says how the words were read where they leave room ("及时" as five working days).
    The notice ``duban`` stands for a default of the program.
    """

    notice: str
    clause: str | None = None
    cite: str | None = None
    note: Name | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A date as a notice states it.

    ``start`` is the first and ``day`` the last day meant (both local, inclusive; equal unless
    the date is fuzzy); ``until`` is the hour the day ends at, None for 24:00. A relative date
    has neither but ``after`` whole days, working days if ``working``, counted from the case's
    last day (``held``). ``text`` is the expression as written; it is empty, with the precision
    ``TBD``, where the notice states no such date at all. ``approximate`` marks a fuzzy date and
    one that is our reading of the notice's words.
    """

    text: str
    precision: Precision
    start: date | None = None
    day: date | None = None
    until: time | None = None
    after: int = 0
    working: bool = True
    approximate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One step of a reminder ladder.

    ``on`` names the date it counts from (``opens`` or ``due``), ``offset`` the working days
    from it (negative: before). ``roles`` are told; ``template`` is the mail they get.
    """

    key: str
    on: str
    offset: int
    roles: tuple[Role, ...]
    template: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A period of the campaign."""

    key: str
    name: Name
    start: When
    end: When
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """Something that must be so by a date.

    ``units`` selects who owes a report, as ``level/kind`` words (``county/association``; ``*``
    stands for any); ``reaches`` is the state a case must have reached, ``needs`` the materials
    it must have (kind, or ``a|b`` for either, to a count). ``sources`` says for each field
    (``due``, ``opens``, ``ladder`` …) where it came from; the field ``milestone`` is always there.
    """

    key: str
    name: Name
    kind: CaseKind
    due: When
    opens: When | None = None
    units: tuple[str, ...] = ()
    reaches: str | None = None
    needs: Mapping[str, int] = field(default_factory=dict)
    after_due: AfterDue = AfterDue.ALLOW
    send_to: str | None = None
    ladder: tuple[Rung, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom to ask, as the notice prints it."""

    name: str
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """All that one notice asks, its parents' values filled in.

    ``code`` begins the public numbers of its cases (``QZ-2023``); ``owns`` are the keys of the
    milestones that the notice itself states. ``requires`` maps a trigger (``complete_info``) to the
    materials it needs. ``days`` is the city's own table over the national working days (date → working?).
    ``line`` is the notice and its parents, nearest first. ``open`` names the values that the notice
    itself leaves open (``tbd``), as places (``theme``, ``milestones.summary.due``); where a parent
    has a value, it stands in meanwhile. ``commend`` is None where no notice says by what it commends
    (``config.criteria`` has what holds then). ``sources`` says where each value came from, by field
    (``theme``, ``requires.register``); ``theme.open`` is the sentence that leaves the theme open.
    """

    id: str
    code: str
    title: str
    region: str
    issuer: str
    line: tuple[str, ...]
    number: str | None = None
    issued: When | None = None
    theme: str | None = None
    subtheme: str | None = None
    zone: str = "Asia/Shanghai"
    send_at: time = time(9, 0)
    review: bool = False
    daily: bool = False
    windows: tuple[Window, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    requires: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    days: Mapping[date, bool] = field(default_factory=dict)
    contacts: tuple[Contact, ...] = ()
    owns: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    then: Name | None = None
    commend: tuple[AwardRules, ...] | None = None
    sources: Mapping[str, Source] = field(default_factory=dict)

    def milestone(self, key: str) -> Milestone | None:
        """Return the milestone of that key, or None."""
        return next((m for m in self.milestones if m.key == key), None)
