"""``duban why``: why somebody did or did not get a reminder."""

from typing import Annotated

import typer

from cli.called import names_by_address
from cli.command import new_app
from cli.desk import opened
from cli.options import Json
from cli.show import as_json, record
from cli.why_view import milestone_names, show_why
from engine.why import why

app = new_app()


@app.command("why")
def why_(who: Annotated[str, typer.Argument(metavar="WHO")], *, json: Json = False) -> None:
    """Answer for a case, or for a person."""
    asked = who if "@" in who else who.upper()
    with opened() as home, home.database.read() as conn:
        answers = why(conn, asked)
        names = milestone_names(conn)
        people = names_by_address(conn, [one.person for one in answers if one.person])
    if json:
        as_json([record(one) for one in answers])
    else:
        show_why(asked, answers, names, people)
