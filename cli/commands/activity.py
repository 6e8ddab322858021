"""``duban activity``: what takes place, how far it is, what is late."""

from pathlib import Path
from typing import Annotated, Any

import typer

from cli.case_page import case_page_form, read_case, show_case
from cli.cases_view import COLUMNS, case_form, case_row
from cli.command import new_app
from cli.desk import actor, opened
from cli.filters import case_filter
from cli.importing import show_saved, take
from cli.now import now
from cli.options import (
    Coordinator,
    File,
    Json,
    Kind,
    Late,
    NoticeId,
    PageNumber,
    PerPage,
    Ref,
    Region,
    SheetName,
    State,
)
from cli.progress import busy
from cli.sheets import headings, notice_meant, sheet_row, year_of
from cli.show import as_json, foot, page_json, table, tell
from cli.templates import give_template
from engine.activities import rejected_activities, save_activities
from engine.listing import every_case, list_cases
from engine.schedules import schedule_of
from engine.sheets.drafts_from import read_activities
from engine.sheets.writing import write_table

app = new_app()


@app.command("import")
def import_(file: File, *, notice: NoticeId = None, sheet: SheetName = None, json: Json = False) -> None:
    """Import activities from a sheet: all rows or none."""
    with opened() as home:
        with home.database.read() as conn:
            notice_id = notice_meant(conn, notice)
            year = year_of(schedule_of(conn, notice_id))
        with busy("busy.read"):
            read = read_activities(file, year=year, sheet=sheet)
        with busy("busy.save"), home.database.write() as conn:
            asked: dict[str, Any] = {"actor": actor(conn, None), "now": now()}
            saved = take(
                read,
                lambda drafts: save_activities(conn, notice_id, drafts, **asked),
                rejected=lambda drafts: rejected_activities(conn, notice_id, drafts, **asked),
            )
    show_saved(saved, json=json)


@app.command("template")
def template(file: File) -> None:
    """Write an empty sheet of activities."""
    give_template(file, "activity")


@app.command("list")
def list_(  # noqa: PLR0913  a command has as many parameters as options
    *,
    notice: NoticeId = None,
    kind: Kind = "activity",
    state: State = None,
    region: Region = None,
    coordinator: Coordinator = None,
    late: Late = False,
    page: PageNumber = 1,
    per_page: PerPage = 50,
    json: Json = False,
) -> None:
    """List activities and reports by number."""
    wanted = case_filter(
        notice=notice, kind=kind, state=state, region=region, coordinator=coordinator, late=late
    )
    with opened() as home, home.database.read() as conn:
        found = list_cases(conn, wanted, now=now(), page=page, per_page=per_page)
    if json:
        page_json(found, case_form)
        return
    if found.total:
        table(COLUMNS, [case_row(one) for one in found.items])
        foot(found)
    else:
        tell("case.none")


@app.command("show")
def show(ref: Ref, *, json: Json = False) -> None:
    """Show all about one case."""
    with opened() as home, home.database.read() as conn:
        page = read_case(conn, ref.upper(), now=now())
    if json:
        as_json(case_page_form(page))
    else:
        show_case(page)


@app.command("export")
def export(  # noqa: PLR0913  a command has as many parameters as options
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    *,
    notice: NoticeId = None,
    kind: Kind = "activity",
    state: State = None,
    region: Region = None,
    coordinator: Coordinator = None,
    late: Late = False,
) -> None:
    """Write activities to a sheet that can be mended and imported again."""
    wanted = case_filter(
        notice=notice, kind=kind, state=state, region=region, coordinator=coordinator, late=late
    )
    with opened() as home, home.database.read() as conn, busy("busy.write"):
        write_table(file, headings(), (sheet_row(one) for one in every_case(conn, wanted, now=now())))
    tell("file.written", file=file)
