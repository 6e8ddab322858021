"""Activities as the rows of a sheet that can be imported again."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from cli.cases_view import late_cell
from cli.labels import place, state_label
from cli.moments import CHINA
from cli.now import now
from cli.words import heading, lang, refusal, say
from config.schedule import Schedule
from engine.listing import CaseLine
from engine.schedules import schedules_in_force
from engine.sheets import fields


def headings() -> list[str]:
    """Return the headings: those of an import, then one that an import passes over."""
    asked = [field.en if lang() == "en" else field.zh for field in fields.activity(year=0)]
    return [*asked, heading("remarks")]


def sheet_row(one: CaseLine) -> Sequence[str | int | date | None]:
    """Return an activity as a row under ``headings``."""
    values = {
        "ref": one.ref,
        "title": one.title,
        "unit": one.unit,
        "region": place(one.region),
        "coordinator": one.email,
        "starts_on": one.starts_on,
        "ends_on": one.ends_on,
        "place": one.place,
        "online": say("yes") if one.online else say("no"),
        "online_url": one.online_url,
        "participants": one.participants,
    }
    remarks = [state_label(one.kind, one.state), late_cell(one).text]
    asked = [values.get(field.key) for field in fields.activity(year=0)]
    return [*asked, say("list.semicolon").join(part for part in remarks if part)]


def notice_meant(conn: Connection, given: str | None) -> str:
    """Return the notice given, or the only one in force; UserError where that is not clear."""
    if given is not None:
        return given
    in_force = list(schedules_in_force(conn))
    if len(in_force) != 1:
        code = "notice.which" if in_force else "notice.none_in_force"
        raise refusal(code, known=say("list.comma").join(in_force))
    return in_force[0]


def year_of(schedule: Schedule) -> int:
    """Return the year that a day without one is of: that of the notice's first window."""
    days = [window.start.start for window in schedule.windows]
    days += [schedule.issued.start] if schedule.issued else []
    return next((day.year for day in days if day), now().astimezone(CHINA).year)
