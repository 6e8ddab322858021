"""A plan in people's terms: which values change, which mails move from when to when, for how many people."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from config.findings import Finding, Severity
from config.firings import DAILY
from engine.apply import Applied
from engine.notice_plan import PlannedNotice
from engine.planning import Mails, MailsMoved
from web.desks.notices.text_diff import text_diff
from web.desks.notices.wording import ChangedValue, Wording

SHOWN = 60
"""More reminders than these are counted, not listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many reminders a change moves, adds and drops."""

    moved: int
    added: int
    dropped: int

    @property
    def sort(self) -> str:
        """Return which message fits: that of the one thing that happens, or of several."""
        happens = {"moves": self.moved, "adds": self.added, "drops": self.dropped}
        found = [name for name, count in happens.items() if count]
        if len(found) > 1:
            return "mixed" if self.added else "moves_drops"
        return found[0] if found else "quiet"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveShown:
    """One reminder that leaves at another time, newly or no longer."""

    name: str
    reminder: str
    before: Mails | None
    after: Mails | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeChanged:
    """What changes in one notice, in words."""

    id: str
    title: str
    values: tuple[ChangedValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanShown:
    """A plan for a page. ``moves`` are those that concern somebody now, ``silent`` counts the others.

    ``sent`` says how many mails of a milestone have left; ``fresh`` are the findings that are not there yet.
    """

    own: NoticeChanged
    children: tuple[NoticeChanged, ...]
    moves: tuple[MoveShown, ...]
    silent: int
    more: int
    counts: Counted
    owed: int
    waived: int
    begun: tuple[str, ...]
    sent: tuple[tuple[str, int], ...]
    fresh: tuple[Finding, ...]
    known: tuple[Finding, ...]
    unsound: bool
    lines: tuple[tuple[str, str], ...]
    nothing: bool


def plan_shown(planned: PlannedNotice, lang: str, *, today: datetime, zone: ZoneInfo) -> PlanShown:
    """Return a plan as its page shows it."""
    year = today.astimezone(zone).year
    plan, changes = planned.plan, planned.changes
    mails = [one for one in plan.mails if one.rung != DAILY and _differs(one)]
    telling = [one for one in mails if _people(one)]
    shown = [_move(one, planned, lang, year) for one in sorted(telling, key=_when)]
    return PlanShown(
        own=_changed(changes[0], planned, lang, year),
        children=tuple(_changed(one, planned, lang, year) for one in changes[1:]),
        moves=tuple(shown[:SHOWN]),
        more=max(0, len(shown) - SHOWN),
        silent=len(mails) - len(telling),
        counts=counted(one.what for one in mails),
        owed=sum(len(one.owed) for one in changes),
        waived=sum(len(one.excused.waived) for one in changes),
        begun=tuple(ref for one in changes for ref in one.excused.begun),
        sent=tuple(_sent(plan.mails, planned, lang, year).items()),
        fresh=tuple(one for one in plan.findings if one not in planned.findings),
        known=tuple(one for one in plan.findings if one in planned.findings),
        unsound=any(one.level is Severity.ERROR for one in plan.findings),
        lines=text_diff(planned.old_text, planned.text, lang),
        nothing=plan.applied.changes_nothing and plan.applied.version == plan.version,
    )


def counted(whats: Iterable[str]) -> Counted:
    """Return how many reminders are moved, added and dropped."""
    found = Counter(whats)
    return Counted(moved=found["move"], added=found["add"], dropped=found["drop"])


def _changed(one: Applied, planned: PlannedNotice, lang: str, year: int) -> NoticeChanged:
    return NoticeChanged(
        id=one.notice,
        title=planned.after[one.notice].title,
        values=_wording(one.notice, planned, lang, year).changed(one.fields),
    )


def _move(one: MailsMoved, planned: PlannedNotice, lang: str, year: int) -> MoveShown:
    words = _wording(one.notice, planned, lang, year)
    return MoveShown(
        name=words.milestone(one.milestone),
        reminder=words.rung(one.milestone, one.rung),
        before=one.before,
        after=one.after,
    )


def _sent(mails: Iterable[MailsMoved], planned: PlannedNotice, lang: str, year: int) -> dict[str, int]:
    """Return how many mails were sent of each milestone that has any, by its name."""
    return {
        _wording(one.notice, planned, lang, year).milestone(one.milestone): one.sent
        for one in mails
        if one.sent
    }


def _wording(notice: str, planned: PlannedNotice, lang: str, year: int) -> Wording:
    known = (planned.after[notice], planned.before.get(notice))
    return Wording(schedules=tuple(one for one in known if one), lang=lang, year=year)


def _differs(one: MailsMoved) -> bool:
    """Return whether a reminder leaves at another time than before; one of a new revision may not."""
    return one.before is None or one.after is None or one.before.at != one.after.at


def _people(one: MailsMoved) -> int:
    return max((mails.people for mails in (one.before, one.after) if mails), default=0)


def _when(one: MailsMoved) -> datetime:
    return min(mails.at for mails in (one.before, one.after) if mails)
