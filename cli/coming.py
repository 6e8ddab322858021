"""Reminders to come as a table and as JSON."""

from collections.abc import Sequence
from itertools import groupby
from zoneinfo import ZoneInfo

from cli.labels import label
from cli.moments import local, weekday
from cli.notice_view import rung_label
from cli.previewing import Mail, Previewed, Reminder
from cli.show import Cell, Column, table, tell
from cli.words import lang, say
from config.firings import DAILY


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
    """Print reminders to come, one line a firing, and how many mails they make."""
    if not found.firings:
        tell("preview.none")
        return
    if found.planned:
        tell("preview.planned", notice=found.notice)
    columns = [
        Column("when"),
        *([] if found.notice else [Column("notice")]),
        Column("milestone", wraps=True),
        Column("rung"),
        Column("due"),
        Column("to", wraps=True),
        *([] if found.planned else [Column("cases", right=True), Column("mails", right=True)]),
    ]
    rows = [
        _row(one, found, again=number > 0)
        for _, members in _by_instant([one for one in found.firings if one.rung != DAILY])
        for number, one in enumerate(members)
    ]
    table(columns, rows)
    mails = sum(
        len({mail.to for one in firings for mail in one.mails}) for _, firings in _by_instant(found.firings)
    )
    tell("preview.sum_planned" if found.planned else "preview.sum", firings=len(found.firings), mails=mails)


def _by_instant(firings: Sequence[Reminder]) -> list[tuple[object, list[Reminder]]]:
    return [(at, list(members)) for at, members in groupby(firings, lambda one: one.at)]


def _row(one: Reminder, found: Previewed, *, again: bool) -> list[str | Cell]:
    zone = ZoneInfo(one.zone)
    when = f"{local(one.at, zone)} {weekday(one.at.astimezone(zone).date())}"
    roles = say("list.comma").join(label("role", role) for role in one.roles)
    name = one.name["en" if lang() == "en" else "zh"]
    counts = [] if found.planned else [str(one.cases), str(len(one.mails))]
    notice = [] if found.notice else [one.notice]
    return ["" if again else when, *notice, name, rung_label(one.rung), _due(one), roles, *counts]


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
