"""``duban notice``: what notices ask, whether they hold together, putting them in force."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from cli.changes_view import applied_form, show_applied
from cli.command import new_app
from cli.commands.notice_read import read
from cli.desk import actor, opened, require_admin
from cli.exits import Exit
from cli.moments import CHINA
from cli.notice_view import show_findings, show_notice, show_notices
from cli.notices import Checked, checked, every, find, is_file, text_of
from cli.now import now
from cli.options import As, Json, Notice, Reason
from cli.rolling import carry, draft_form, drafted, show_carried, show_draft
from cli.schedule_form import notice_form, notice_head
from cli.schedule_words import changed_rows
from cli.show import Column, as_json, plain, table, tell
from cli.words import refusal
from config.catalogue import catalogue
from config.lint import Finding, Severity
from config.noticefile import json_schema, parse
from config.schedule import Schedule
from engine.apply import apply_notice
from engine.schedule_diff import differences
from engine.schedules import schedules_in_force

app = new_app()
app.command("read")(read)


@app.command("list")
def list_(*, json: Json = False) -> None:
    """List the notices applied and those shipped."""
    found = every()
    if json:
        as_json([notice_head(one) for one in found])
    else:
        show_notices(found)


@app.command("show")
def show(notice: Notice, *, json: Json = False) -> None:
    """Show what a notice asks."""
    found = find(notice)
    if json:
        as_json(notice_form(found))
    else:
        show_notice(found)


@app.command("lint")
def lint(
    files: Annotated[list[str] | None, typer.Argument(metavar="FILES")] = None, *, json: Json = False
) -> int:
    """Find contradictions; ends with 1 where one is an error."""
    results = _checked(files or list(catalogue()))
    if json:
        as_json([_finding(schedule, one) for schedule, found in results for one in found])
    else:
        show_findings(results)
    levels = {one.level for _, found in results for one in found}
    return Exit.REFUSED if Severity.ERROR in levels else Exit.OK


@app.command("plan")
def plan(notice: Notice, *, json: Json = False) -> None:
    """Show what applying a notice would change; nothing is changed."""
    notice_id, text = text_of(notice)
    with opened() as home, home.database.rehearse() as conn:
        before = schedules_in_force(conn)
        applied = apply_notice(conn, notice_id, text, actor=actor(conn, None), now=now())
        after = schedules_in_force(conn)
    if json:
        as_json(applied_form(applied))
    else:
        show_applied(applied, [after, before], planned=True)


@app.command("apply")
def apply(
    notice: Notice,
    *,
    force: Annotated[bool, typer.Option("--force")] = False,
    reason: Reason = None,
    who: As = None,
    json: Json = False,
) -> None:
    """Put a notice in force; one with errors only by force, with a reason."""
    notice_id, text = text_of(notice)
    _require_sound(notice, force=force, reason=reason, json=json)
    with opened() as home, home.database.write() as conn:
        acting = actor(conn, who)
        require_admin(acting, region=parse(text, notice).notice.region)
        before = schedules_in_force(conn)
        applied = apply_notice(conn, notice_id, text, actor=acting, now=now(), reason=reason)
        after = schedules_in_force(conn)
    if json:
        as_json(applied_form(applied))
    else:
        show_applied(applied, [after, before], planned=False)


@app.command("rollover")
def rollover(
    notice: Notice,
    *,
    year: Annotated[int, typer.Option("--year")],
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE")] = None,
    activities: Annotated[bool, typer.Option("--activities")] = False,
    who: As = None,
    json: Json = False,
) -> None:
    """Draft a notice for a later year; or copy its activities to the one of that year in force."""
    if activities:
        show_carried(carry(notice, year, who), json=json)
    elif json:
        as_json(draft_form(drafted(notice, year)))
    else:
        show_draft(drafted(notice, year), output)


@app.command("schema")
def schema() -> None:
    """Print the JSON Schema of notice files."""
    as_json(json_schema())


@app.command("diff")
def diff(
    before: Annotated[str, typer.Argument(metavar="BEFORE")],
    after: Annotated[str, typer.Argument(metavar="AFTER")],
    *,
    json: Json = False,
) -> None:
    """Show what differs between two notices or versions."""
    old, new = find(before).schedule, find(after).schedule
    changes = differences(old, new)
    if json:
        as_json(changes)
    elif changes:
        columns = (Column("value", wraps=True), Column("before", wraps=True), Column("after", wraps=True))
        table(columns, changed_rows(changes, [new, old]))
    else:
        tell("diff.same")


def _checked(words: Sequence[str]) -> list[Checked]:
    files = [word for word in words if is_file(word)]
    return [checked(word, today=_today(), others=[one for one in files if one != word]) for word in words]


def _today() -> date:
    return now().astimezone(CHINA).date()


def _finding(schedule: Schedule, one: Finding) -> dict[str, object]:
    form = {"notice": schedule.id, "level": one.level, "code": one.code, "place": one.place, "text": one.text}
    clauses = [{"notice": c.notice, "clause": c.clause, "cite": c.cite} for c in one.clauses]
    return {name: plain(value) for name, value in form.items()} | {"clauses": clauses}


def _require_sound(notice: str, *, force: bool, reason: str | None, json: bool) -> None:
    schedule, found = checked(notice, today=_today())
    errors = [one for one in found if one.level is Severity.ERROR]
    if force and not reason:
        raise refusal("force.reason")
    if not errors or force:
        return
    if json:
        as_json({"findings": [_finding(schedule, one) for one in errors]})
    else:
        show_findings([(schedule, errors)])
    raise refusal("notice.unsound", notice=schedule.id, count=len(errors))
