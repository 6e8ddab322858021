"""``duban form``: a city's official sheets, blank, filled from activities, and read back."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from cli.command import new_app
from cli.desk import actor, has_home, opened, settings
from cli.importing import show_saved
from cli.now import now
from cli.options import Json, NoticeId, Region, SheetName
from cli.progress import busy
from cli.sheets import notice_meant, year_of
from cli.show import Column, as_json, line, table, tell
from cli.words import lang, refusal, say
from config.official import OfficialSheet, Sheets, joined_sheets, sheet_of, shipped_sheets
from config.schedule import CaseKind
from config.yamltree import read_text
from engine.case_filter import CaseFilter
from engine.home import Home
from engine.official.filling import blank as write_blank
from engine.official.filling import fill as write_filled
from engine.official.home_sheets import broken_sheets, check_sheets, sheets_of
from engine.official.marking import write_marked_sheet
from engine.official.problems import HeadingsAsked, OfficialRefused
from engine.official.reading import Asked, Reading, read_official
from engine.official.records import Cases
from engine.official.taking import take_in_sheet
from engine.official.told import Taken
from engine.schedules import schedule_of, schedules_in_force

app = new_app()

Key = Annotated[str, typer.Argument(metavar="FORM")]
Source = Annotated[Path, typer.Argument(metavar="FILE")]
Output = Annotated[Path, typer.Option("--output", "-o", metavar="FILE")]
Marked = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE")]
Case = Annotated[list[str] | None, typer.Option("--case", metavar="REF")]
Means = Annotated[list[str] | None, typer.Option("--map", metavar="A=B")]
Form = Annotated[str | None, typer.Option("--form", metavar="FORM")]
Apply = Annotated[bool, typer.Option("--apply")]
Files = Annotated[list[Path] | None, typer.Argument(metavar="FILE")]

_COLUMNS = (Column("number"), Column("name", wraps=True), Column("kind"), Column("region"), Column("notice"))
_CHANGES = (Column("number"), Column("what"), Column("before", wraps=True), Column("after", wraps=True))
_ENTERED = (
    *(Column("row"), Column("title", wraps=True), Column("when", wraps=True)),
    *(Column("site", wraps=True), Column("unit", wraps=True), Column("contact")),
)
_SHOWN = 50


@app.command("list")
def list_(*, json: Json = False) -> None:
    """List the official sheets there are."""
    found = _known().values()
    if json:
        as_json([_about(one) for one in found])
        return
    rows = [
        (one.key, one.name.in_(lang()), one.file, one.region, say("list.comma").join(one.notices))
        for one in found
    ]
    table(_COLUMNS, rows)
    for error in broken_sheets(settings().home) if has_home() else ():
        tell("form.broken", problem=error.text.in_(lang()))


@app.command("show")
def show(form: Key, *, json: Json = False) -> None:
    """Show the places of one sheet and what they hold."""
    one = sheet_of(form, _known())
    if json:
        as_json(_about(one))
        return
    tell("form.head", name=one.name.in_(lang()), sheet=one.key, file=one.file)
    tell("form.title", title=one.title)
    tell("form.notices", notices=say("list.comma").join(one.notices))
    for item in one.columns:
        words = say("list.comma").join(item.synonyms)
        line(f"  {item.heading}" + (f"（{words}）" if words else ""))


@app.command("lint")
def lint(files: Files = None) -> None:
    """Check sheets: those of the files, else the home's own and those shipped."""
    if files:
        joined_sheets([(path.name, read_text(path)) for path in files])
        tell("form.sound", count=len(files))
        return
    tell("form.sound", count=len(check_sheets(settings().home) if has_home() else shipped_sheets()))


@app.command("blank")
def blank(form: Key, *, output: Output) -> None:
    """Write an empty sheet."""
    one = sheet_of(form, _known())
    if output.exists():
        raise refusal("file.exists", file=output)
    write_blank(one, output, year=_year(one))
    tell("file.written", file=output)


@app.command("fill")
def fill(
    form: Key, *, notice: NoticeId = None, case: Case = None, region: Region = None, output: Output
) -> None:
    """Write a sheet filled from activities: all of a notice, or those named."""
    if case and (notice or region):
        raise refusal("form.one_kind")
    with opened() as home:
        one = sheet_of(form, sheets_of(home.path))
        with home.database.read() as conn, busy("busy.write"):
            wanted: Cases = [ref.upper() for ref in case or ()]
            if not case:
                chosen = notice_meant(conn, notice)
                wanted = CaseFilter(kind=CaseKind.ACTIVITY, notice=chosen, region=region)
            count = write_filled(conn, one, wanted, output, now=now(), store=home.store)
    tell("form.filled", count=count, file=output)


@app.command("read")
def read(  # noqa: PLR0913  a command has as many parameters as options
    file: Source,
    *,
    form: Form = None,
    notice: NoticeId = None,
    sheet: SheetName = None,
    means: Means = None,
    output: Marked = None,
    apply: Apply = False,
    json: Json = False,
) -> None:
    """Read a sheet that was filled in, and show what it would change; with --apply, import it."""
    with opened() as home:
        sheets = sheets_of(home.path)
        asked = Asked(
            path=file,
            sheet=sheet_of(form, sheets) if form else None,
            page=sheet,
            meanings=dict(map(_meaning, means or ())),
        )
        with busy("busy.read"):
            reading = read_official(asked, sheets)
        if (reading.guesses or reading.missing) and not apply:
            _ask(reading, json=json)
            return
        try:
            taken = _take(home, reading, notice, apply=apply)
        except OfficialRefused as error:
            if output is not None:
                write_marked_sheet(output, reading, file, error.problems, lang=lang())
            if output is not None and not json:
                tell("form.marked", file=output)
            if json:
                as_json({"sheet": reading.sheet.key, "applied": False, "problems": error.problems})
            raise
    _show_taken(reading, taken, file, applied=apply, json=json)


def _take(home: Home, reading: Reading, notice: str | None, *, apply: bool) -> Taken:
    """Take a sheet in; without ``apply`` everything is thrown away again, the forms it would keep too."""
    with TemporaryDirectory(prefix="duban-") as folder, busy("busy.save"):
        keep = home.store if apply else Path(folder)
        opening = home.database.write() if apply else home.database.rehearse()
        with opening as conn:
            chosen, acting = notice_meant(conn, notice), actor(conn, None)
            return take_in_sheet(conn, reading, chosen, actor=acting, now=now(), store=home.store, keep=keep)


def _known() -> Sheets:
    return sheets_of(settings().home) if has_home() else shipped_sheets()


def _year(one: OfficialSheet) -> int:
    """Return the year of the notice that a sheet is for, if it is in force here; else this one."""
    if has_home():
        with opened() as home, home.database.read() as conn:
            for name in set(one.notices) & set(schedules_in_force(conn)):
                return year_of(schedule_of(conn, name))
    return now().year


def _about(one: OfficialSheet) -> dict[str, object]:
    return {
        "key": one.key,
        "name": one.name,
        "file": one.file,
        "title": one.title,
        "region": one.region,
        "notices": one.notices,
        "items": [
            {"key": item.key, "heading": item.heading, "synonyms": item.synonyms, "type": item.what}
            for item in one.columns
        ],
    }


def _meaning(given: str) -> tuple[str, str]:
    heading, mark, item = given.replace("＝", "=").rpartition("=")
    if not mark or not heading.strip():
        raise refusal("form.bad_map", given=given)
    return heading.strip(), item.strip()


def _ask(reading: Reading, *, json: bool) -> None:
    """Say which headings are to be confirmed; without a terminal's reader, as an error of JSON's own."""
    if json:
        as_json({"sheet": reading.sheet.key, "guesses": reading.guesses, "missing": reading.missing})
        raise HeadingsAsked(reading)
    for one in reading.guesses:
        column = reading.sheet.by_key[one.item].heading if one.item else ""
        tell("form.asked" if column else "form.asked_nothing", heading=one.heading, column=column)
    if reading.missing:
        tell("form.missing", columns=say("list.comma").join(reading.missing))
    tell("form.map")
    raise HeadingsAsked(reading)


def _show_taken(reading: Reading, taken: Taken, file: Path, *, applied: bool, json: bool) -> None:
    if json:
        saved = taken.saved
        told = {"created": saved.created, "updated": saved.updated, "unchanged": saved.unchanged}
        notes = [one.in_(lang()) for one in taken.notes]
        as_json(
            {
                **{"sheet": reading.sheet.key, "applied": applied},
                **told,
                **{"entered": taken.entered, "changes": taken.changes, "notes": notes},
            }
        )
        return
    tell("form.read", file=file, name=reading.sheet.name.in_(lang()), count=len(reading.lines))
    for note in taken.notes:
        line(note.in_(lang()))
    if taken.entered:
        _table(_ENTERED, _entered(taken))
    if taken.changes:
        _table(_CHANGES, [(one.ref, one.heading, one.before, one.after) for one in taken.changes])
    saved = taken.saved
    if applied:
        show_saved(saved, json=False)
        return
    counts = (len(saved.created), len(saved.updated), len(saved.unchanged))
    tell("form.would", created=counts[0], updated=counts[1], unchanged=counts[2])


def _table(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
    table(columns, rows[:_SHOWN])
    if len(rows) > _SHOWN:
        tell("list.cut", shown=_SHOWN, total=len(rows))


def _entered(taken: Taken) -> Sequence[Sequence[str]]:
    return [
        (str(one.row), one.title, one.period, one.place, f"{one.region} {one.unit}", one.contact)
        for one in taken.entered
    ]
