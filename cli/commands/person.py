"""``duban person``: who takes part, and what they may do."""

from typing import Annotated

import typer

from cli.command import new_app
from cli.desk import actor, opened
from cli.importing import show_saved, take
from cli.labels import label, place
from cli.now import now
from cli.options import File, Json, PageNumber, PerPage, Region, SheetName
from cli.show import Cell, Column, as_json, foot, page_json, table, tell
from cli.templates import give_template
from cli.words import say
from engine.accounts.letters import LINK
from engine.accounts.tickets import LASTS, Purpose, issue
from engine.owed import refresh_owed
from engine.rolls import PersonLine, Right, list_people
from engine.roster import rejected_people, save_people
from engine.sheets.drafts_from import read_people

app = new_app()


@app.command("import")
def import_(file: File, *, sheet: SheetName = None, json: Json = False) -> None:
    """Import people and rights from a sheet: all rows or none."""
    read = read_people(file, sheet=sheet)
    with opened() as home, home.database.write() as conn:
        acting = actor(conn, None)
        saved = take(
            read,
            lambda drafts: save_people(conn, drafts, actor=acting, now=now()),
            rejected=lambda drafts: rejected_people(conn, drafts),
        )
        owed = refresh_owed(conn, now=now())
    show_saved(saved, owed=owed, json=json)


@app.command("template")
def template(file: File) -> None:
    """Write an empty sheet of people and rights."""
    give_template(file, "person")


@app.command("link")
def link(address: Annotated[str, typer.Argument(metavar="ADDRESS")], *, json: Json = False) -> None:
    """Print a link by which somebody signs in once."""
    with opened() as home, home.database.write() as conn:
        acting = actor(conn, address)
        token = issue(conn, acting.person_id or 0, purpose=Purpose.SIGN_IN, now=now())
        made = f"{home.office().base_url}{LINK}{token}"
    if json:
        as_json({"link": made})
    else:
        tell("person.link", address=address, link=made, minutes=LASTS[Purpose.SIGN_IN].seconds // 60)


@app.command("list")
def list_(
    *,
    region: Region = None,
    role: Annotated[str | None, typer.Option("--role")] = None,
    page: PageNumber = 1,
    per_page: PerPage = 50,
    json: Json = False,
) -> None:
    """List people and their rights."""
    with opened() as home, home.database.read() as conn:
        found = list_people(conn, region=region, role=role, page=page, per_page=per_page)
    if json:
        page_json(found)
        return
    columns = (
        Column("person"),
        Column("email"),
        Column("phone"),
        Column("rights", wraps=True),
        Column("note"),
    )
    table(columns, [_row(one) for one in found.items])
    foot(found)


def _row(one: PersonLine) -> tuple[str | Cell, ...]:
    rights = "\n".join(_right(right) for right in one.rights)
    return one.name, one.email or "–", one.phone or "", rights, _note(one)


def _right(one: Right) -> str:
    return " ".join([label("role", one.role), one.unit or place(one.region)])


def _note(one: PersonLine) -> Cell:
    if one.address_bad:
        return Cell(say("person.refused"), "late")
    return Cell("" if one.active else say("person.inactive"), "quiet")
