"""Reminders to come as a table and as JSON."""

from collections.abc import Sequence
from itertools import groupby
from zoneinfo import ZoneInfo

from cli.labels import label
from cli.moments import day_shown, local
from cli.notice_view import rung_label
from cli.previewing import Mail, Previewed, Reminder
from cli.show import Column, table, tell
from cli.words import lang, say
from config.firings import DAILY

_MOST = 60  # rows of one table; JSON has them all


def coming_forms(firings: Sequence[Reminder]) -> list[dict[str, object]]:
    """Return reminders as JSON, in the order of time; a mail stands under each firing it tells of."""
    return [
        {
            "at": one.at.isoformat(timespec="seconds"),
            "local": one.at.astimezone(ZoneInfo(one.zone)).isoformat(timespec="seconds"),
            "day": one.day.isoformat(),
            "notice": one.notice,
            "milestone": one.milestone,
            "name": dict(one.name),
            "rung": one.rung,
            "due": one.due.isoformat() if one.due else None,
            "template": one.template,
            "roles": list(one.roles),
            "provisional": one.provisional,
            "cases": one.cases,
            "mails": [_mail(mail) for mail in one.mails],
        }
        for one in firings
    ]


def show_coming(found: Previewed) -> None:
    """Print reminders to come, one line a firing, and how many mails they make.

    Those that nobody needs as things stand, and daily summaries, are only counted.
    """
    if not found.firings:
        tell("preview.none")
        return
    if found.planned:
        tell("preview.planned", notice=found.notice)
    listed = [one for one in found.firings if one.rung != DAILY and one.cases != 0]
    if listed:
        _table(listed, counted=not found.planned)
    if len(listed) > _MOST:
        tell("list.cut", shown=_MOST, total=len(listed))
    _rest(found)
    mails = sum(
        len({mail.to for one in firings for mail in one.mails}) for _, firings in _by_instant(found.firings)
    )
    tell("preview.sum_planned" if found.planned else "preview.sum", firings=len(found.firings), mails=mails)


def _rest(found: Previewed) -> None:
    """Count what is not in the table."""
    daily = [one for one in found.firings if one.rung == DAILY and (found.planned or one.mails)]
    quiet = sum(one.cases == 0 and not (one.rung == DAILY and one.mails) for one in found.firings)
    if daily:
        roles = say("list.comma").join(label("role", role) for role in daily[0].roles)
        name = label("template", DAILY)
        first, last = (day_shown(one.day) for one in (daily[0], daily[-1]))
        tell("preview.daily", count=len(daily), name=name, roles=roles, first=first, last=last)
    if quiet:
        tell("preview.quiet", count=quiet)


def _table(listed: Sequence[Reminder], *, counted: bool) -> None:
    many = len({one.notice for one in listed}) > 1
    hours = {_hour(one) for one in listed}
    columns = [
        Column("when"),
        *([Column("notice")] if many else []),
        Column("milestone", wraps=True),
        Column("rung"),
        Column("due"),
        Column("to", wraps=True),
        *([Column("cases", right=True), Column("mails", right=True)] if counted else []),
    ]
    rows = [
        [
            "" if number else _when(one, hours),
            *([one.notice] if many else []),
            *_row(one),
            *([str(one.cases), str(len(one.mails))] if counted else []),
        ]
        for _, members in _by_instant(listed[:_MOST])
        for number, one in enumerate(members)
    ]
    table(columns, rows)


def _by_instant(firings: Sequence[Reminder]) -> list[tuple[object, list[Reminder]]]:
    return [(at, list(members)) for at, members in groupby(firings, lambda one: one.at)]


def _when(one: Reminder, hours: set[str]) -> str:
    """Return the day of a reminder, with its hour unless all leave at the same."""
    return day_shown(one.day) if len(hours) == 1 else f"{day_shown(one.day)} {_hour(one)}"


def _hour(one: Reminder) -> str:
    return local(one.at, ZoneInfo(one.zone)).partition(" ")[2]


def _row(one: Reminder) -> list[str]:
    roles = say("list.comma").join(label("role", role) for role in one.roles)
    return [one.name["en" if lang() == "en" else "zh"], rung_label(one.rung), _due(one), roles]


def _due(one: Reminder) -> str:
    if one.due is None and one.template != "opening":
        return say("when.each")
    return one.due.isoformat() if one.due else ""


def _mail(mail: Mail) -> dict[str, object]:
    cases = [{"ref": item.ref, "milestone": item.key, "missing": list(item.missing)} for item in mail.items]
    return {
        "to": mail.to,
        "name": mail.name,
        "subject": mail.subject,
        "template": mail.template,
        "cases": cases,
    }
