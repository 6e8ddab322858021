"""``duban unit``: the organisations that take part."""

from cli.command import new_app
from cli.desk import actor, opened
from cli.importing import show_saved, take
from cli.labels import label, place
from cli.now import now
from cli.options import File, Json, PageNumber, PerPage, Region, SheetName
from cli.show import Column, foot, page_json, record, table
from cli.templates import give_template
from engine.owed import refresh_owed
from engine.rolls import UnitLine, list_units
from engine.roster import save_units
from engine.sheets.drafts_from import read_units

app = new_app()


@app.command("import")
def import_(file: File, *, sheet: SheetName = None, json: Json = False) -> None:
    """Import units from a sheet: all rows or none."""
    read = read_units(file, sheet=sheet)
    with opened() as home, home.database.write() as conn:
        acting = actor(conn, None)
        saved = take(read, lambda drafts: save_units(conn, drafts, actor=acting, now=now()))
        owed = refresh_owed(conn, now=now())
    show_saved(saved, owed=owed, json=json)


@app.command("template")
def template(file: File) -> None:
    """Write an empty sheet of units."""
    give_template(file, "unit")


@app.command("list")
def list_(*, region: Region = None, page: PageNumber = 1, per_page: PerPage = 50, json: Json = False) -> None:
    """List the units by region."""
    with opened() as home, home.database.read() as conn:
        found = list_units(conn, region=region, page=page, per_page=per_page)
    if json:
        page_json(found, _form)
        return
    columns = (
        Column("unit", wraps=True),
        Column("region"),
        Column("level"),
        Column("kind"),
        Column("cases", right=True),
    )
    table(columns, [_row(one) for one in found.items])
    foot(found)


def _form(one: UnitLine) -> object:
    return record(one, region_name=place(one.region))


def _row(one: UnitLine) -> tuple[str, ...]:
    return one.name, place(one.region), label("level", one.level), label("unit", one.kind), str(one.cases)
