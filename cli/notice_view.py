"""Notices and what is found in them, as tables."""

from collections.abc import Iterable, Sequence

from cli.labels import label, place, state_label
from cli.moments import day_shown
from cli.notices import Checked, Found
from cli.show import Cell, Column, line, table, tell
from cli.words import lang, say
from config.findings import Finding, Severity
from config.schedule import Milestone, Precision, Rung, Schedule, Source, When, Window
from workflows.registry import target_of
from workflows.wording import say_materials

_TONES = {Severity.ERROR: "late", Severity.WARNING: "soon", Severity.INFO: "quiet"}


def show_notices(found: Iterable[Found]) -> None:
    """Print a list of notices."""
    columns = (
        Column("notice"),
        Column("title", wraps=True),
        Column("region"),
        Column("issued"),
        Column("status"),
    )
    table(columns, [_notice_row(one) for one in found])


def show_notice(found: Found) -> None:
    """Print all that one notice asks."""
    schedule = found.schedule
    line(schedule.title)
    issued = schedule.issued.text if schedule.issued else "–"
    tell("notice.head", id=schedule.id, region=place(schedule.region), issued=issued, status=_status(found))
    if schedule.number:
        tell("notice.number", number=schedule.number)
    if schedule.theme:
        tell("notice.theme", theme=schedule.theme)
    if schedule.windows:
        line()
        periods = (
            Column("window", wraps=True),
            Column("first_day"),
            Column("last_day"),
            Column("from", wraps=True),
        )
        table(periods, [_window_row(window, schedule) for window in schedule.windows])
    line()
    columns = (
        Column("milestone", wraps=True),
        Column("who", wraps=True),
        Column("due"),
        Column("asks", wraps=True),
        Column("from", wraps=True),
    )
    table(columns, [_milestone_row(milestone, schedule) for milestone in schedule.milestones])
    _rest(schedule)


def show_findings(checked: Iterable[Checked]) -> None:
    """Print what a check found, the worst of each notice first."""
    checked = list(checked)
    rows = [
        _finding_row("" if number else schedule.id, one)
        for schedule, found in checked
        for number, one in enumerate(found)
    ]
    if rows:
        cited = any(one.clauses for _, found in checked for one in found)
        columns = [Column("notice"), Column("level"), Column("finding", wraps=True)]
        columns += [Column("clauses", wraps=True)] if cited else []
        table(columns, [row[: len(columns)] for row in rows])
    levels = [one.level for _, found in checked for one in found]
    tell(
        "lint.sum",
        notices=len(checked),
        errors=levels.count(Severity.ERROR),
        warnings=levels.count(Severity.WARNING),
        infos=levels.count(Severity.INFO),
    )


def _notice_row(found: Found) -> Sequence[str | Cell]:
    schedule = found.schedule
    issued = schedule.issued.text if schedule.issued else "–"
    tone = "done" if found.state == "in_force" else "quiet"
    return schedule.id, schedule.title, place(schedule.region), issued, Cell(_status(found), tone)


def _status(found: Found) -> str:
    if found.origin != "applied":
        return say(f"notice.{found.origin}")
    return say("notice.applied", state=state_label("notice", found.state or ""), version=found.version)


def _window_row(window: Window, schedule: Schedule) -> Sequence[str]:
    return (
        window.name.in_(lang()),
        _day(window.start, window.start.start),
        _day(window.end, window.end.day),
        _from(window.source, schedule),
    )


def _milestone_row(milestone: Milestone, schedule: Schedule) -> Sequence[str | Cell]:
    source = milestone.sources.get("due") or milestone.sources["milestone"]
    due, opens = _day(milestone.due, milestone.due.day), milestone.opens
    if opens:
        due += "\n" + say("when.opens", day=_day(opens, opens.start))
    return milestone.name.in_(lang()), _who(milestone), due, _asks(milestone), _from(source, schedule)


def _day(when: When, day: object) -> str:
    if when.precision is Precision.TBD:
        return say("when.tbd") if when.text else say("when.unsaid")
    if when.precision is Precision.RELATIVE:
        return say("when.working" if when.working else "when.days", after=when.after)
    shown = day_shown(when.day if day == when.day else when.start)
    if when.until:
        shown += f" {when.until:%H:%M}"
    return say("when.about", day=shown) if when.approximate else shown


def _who(milestone: Milestone) -> str:
    if not milestone.units:
        return label("kind", str(milestone.kind))
    return say("list.comma").join(_units(word) for word in milestone.units)


def _units(word: str) -> str:
    level, _, kind = word.partition("/")
    return say("unit.of", level=label("level", level), kind=label("unit", kind))


def _asks(milestone: Milestone) -> str:
    target = target_of(milestone)
    asks = [state_label(str(milestone.kind), target)] if target else []
    asks += [say_materials(kind, count, lang()) for kind, count in milestone.needs.items()]
    return say("list.comma").join(asks)


def _from(source: Source, schedule: Schedule | None = None) -> str:
    """Return notice and clause; only the clause where the notice is the one being shown."""
    own = schedule is not None and source.notice == schedule.id and source.clause
    return " ".join(part for part in ("" if own else source.notice, source.clause) if part)


def _rest(schedule: Schedule) -> None:
    if schedule.milestones:
        line()
        tell("notice.ladder", at=f"{schedule.send_at:%H:%M}", rungs=_rungs(schedule.milestones[0].ladder))
    for place_ in schedule.open:
        tell("notice.open", place=place_)
    for contact in schedule.contacts:
        tell(
            "notice.contact",
            contact="  ".join(part for part in (contact.name, contact.phone, contact.email) if part),
        )
    if schedule.then:
        tell("notice.then", then=schedule.then.in_(lang()))


def _rungs(ladder: Sequence[Rung]) -> str:
    due = [rung.offset for rung in ladder if rung.on == "due" and rung.template != "closing"]
    parts = [label("rung", rung.key) for rung in ladder if rung.on == "opens"][:1]
    groups = (
        ("rungs.before", [str(-offset) for offset in due if offset < 0]),
        ("rungs.on", ["0"] if 0 in due else []),
        ("rungs.after", [str(offset) for offset in due if offset > 0]),
    )
    parts += [say(key, days=say("list.comma").join(days)) for key, days in groups if days]
    parts += [label("rung", rung.key) for rung in ladder if rung.template == "closing"][:1]
    return say("list.semicolon").join(parts)


def rung_label(key: str) -> str:
    """Return what a rung is called: 提前 3 个工作日, 3 working days before."""
    sign, number = key[:1], key[1:]
    if sign in "-−" and number.isdecimal():
        return say("rung.before", days=number)
    if sign == "+" and number.isdecimal():
        return say("rung.after", days=number)
    return label("rung", key)


def _finding_row(notice_id: str, one: Finding) -> Sequence[str | Cell]:
    clauses = "\n".join(
        f"{_from(clause)}" + (f" “{clause.cite}”" if clause.cite else "") for clause in one.clauses
    )
    level = Cell(label("level_of", str(one.level)), _TONES[one.level])
    return notice_id, level, f"{one.text.in_(lang())}\n{one.code} - {one.place}", clauses
