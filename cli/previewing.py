"""What will be sent: from the engine where a notice is applied, else from its schedule alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from cli.desk import opened, settings
from cli.notices import Found, find
from cli.now import now
from cli.words import LABELS
from config.firings import DAILY, Firing, plan
from config.schedule import Schedule
from engine.preview import Coming, ComingFiring
from engine.preview import preview as play
from engine.rules import calendar_of
from engine.schedules import schedules_in_force
from engine.tables import firing
from notifications.letter import Item, Letter
from notifications.render import Templates

_FAR = timedelta(days=3660)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One mail of one instant, with what it says of one firing."""

    to: str
    name: str
    subject: str
    template: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One firing to come. ``cases`` is None where no list of cases was looked at."""

    at: datetime
    zone: str
    day: date
    notice: str
    milestone: str
    name: Mapping[str, str]
    rung: str
    due: date | None
    template: str
    roles: tuple[str, ...]
    provisional: bool
    cases: int | None = None
    mails: tuple[Mail, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Previewed:
    """What was found, for which notice, and whether from its schedule alone (``planned``)."""

    firings: tuple[Reminder, ...]
    notice: str | None
    planned: bool


def previewed(notice: str | None, *, start: datetime | None, end: datetime | None) -> Previewed:
    """Return the reminders between two instants; without them, those to come.

    A notice that is not applied, or wholly past, is told from its schedule; without a range, all of it.
    """
    found = find(notice) if notice else None
    if found is not None and (found.origin != "applied" or (start is None and not _has_coming(found))):
        return Previewed(firings=_planned(found.schedule, start, end), notice=found.schedule.id, planned=True)
    with opened() as home:
        coming = play(
            home.database,
            start=start or now(),
            end=end or now() + _FAR,
            base_url=settings().base_url,
            notice_id=found.schedule.id if found else None,
        )
        with home.database.read() as conn:
            schedules = schedules_in_force(conn)
    templates = Templates()
    firings = tuple(one for instant in coming for one in _of_instant(instant, schedules, templates))
    return Previewed(firings=firings, notice=found.schedule.id if found else None, planned=False)


def _has_coming(found: Found) -> bool:
    with opened() as home, home.database.read() as conn:
        mine = (firing.c.notice == found.schedule.id) & firing.c.settled_at.is_(None)
        return bool(conn.scalar(select(func.count()).where(mine)))


def _planned(schedule: Schedule, start: datetime | None, end: datetime | None) -> tuple[Reminder, ...]:
    firings = plan(schedule, calendar_of(schedule))
    if start is None and end is None and firings and firings[-1].at > now():
        start = now()
    within = [one for one in firings if (start is None or one.at >= start) and (end is None or one.at <= end)]
    return tuple(_reminder(one, schedule) for one in within)


def _reminder(one: Firing, schedule: Schedule) -> Reminder:
    return Reminder(
        at=one.at,
        zone=schedule.zone,
        day=one.day,
        notice=one.notice,
        milestone=one.milestone,
        name=_name(schedule, one.milestone),
        rung=one.rung,
        due=one.due,
        template=one.template,
        roles=tuple(str(role) for role in one.roles),
        provisional=one.provisional,
    )


def _of_instant(
    instant: Coming, schedules: Mapping[str, Schedule], templates: Templates
) -> Iterable[Reminder]:
    letters = [(letter, templates.render(letter).subject) for _, letter in instant.letters]
    for one in instant.firings:
        schedule = schedules[one.notice]
        yield Reminder(
            at=one.at,
            zone=schedule.zone,
            day=one.at.astimezone(ZoneInfo(schedule.zone)).date(),
            notice=one.notice,
            milestone=one.milestone,
            name=_name(schedule, one.milestone),
            rung=one.rung,
            due=date.fromisoformat(one.due) if one.due else None,
            template=one.template,
            roles=_roles(schedule, one),
            provisional=False,
            cases=one.cases,
            mails=tuple(_mails(letters, schedule, one)),
        )


def _mails(letters: Sequence[tuple[Letter, str]], schedule: Schedule, one: ComingFiring) -> Iterable[Mail]:
    """Give the mails that tell of a firing's milestone, each with its cases of it."""
    for letter, subject in letters:
        if one.rung == DAILY and letter.template == DAILY:
            yield _mail(letter, subject, ())
        items = tuple(
            i for i in letter.items if i.key == one.milestone and i.ref.startswith(f"{schedule.code}-")
        )
        if items:
            yield _mail(letter, subject, items)


def _mail(letter: Letter, subject: str, items: tuple[Item, ...]) -> Mail:
    to = letter.to
    return Mail(to=to.email, name=to.name, subject=subject, template=letter.template, items=items)


def _roles(schedule: Schedule, one: ComingFiring) -> tuple[str, ...]:
    if one.rung == DAILY:
        return ("admin",)
    milestone = schedule.milestone(one.milestone)
    rungs = milestone.ladder if milestone else ()
    found = next((rung.roles for rung in rungs if rung.key == one.rung), ())
    return tuple(str(role) for role in found) or ("coordinator",)


def _name(schedule: Schedule, key: str) -> Mapping[str, str]:
    milestone = schedule.milestone(key)
    if milestone is None:
        name = LABELS["template.daily"]
        return {"zh": name.zh, "en": name.en}
    return {"zh": milestone.name.zh, "en": milestone.name.en}
