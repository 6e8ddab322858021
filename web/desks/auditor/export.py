"""The changes of a filter as a file that carries the root of the whole history."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.responses import Response

from config.schedule import Role
from engine.audit.export import export_changes
from engine.export import Format
from web.access import allow
from web.desks.auditor.asked import asked, one_of
from web.desks.auditor.change_query import read_changes
from web.file_made import file_written
from web.visit import VisitDep

router = APIRouter()


@router.get("/history/export")
@allow(Role.AUDITOR, Role.ADMIN, slow=True)
def export(visit: VisitDep) -> Response:
    """Give the changes of a filter as a file; a table goes in one with the file that holds its root."""
    form, zone = asked(visit), visit.office.zone
    query, wanted = read_changes(form), one_of(Format, form.text("format"))
    if wanted is None or form.problems:
        return visit.see_other(query.url(), told="history.no_format", tone="soon")
    name = f"duban-history-{visit.now.astimezone(zone):%Y%m%d-%H%M}"
    packed = wanted is Format.CSV

    def write(conn: Connection, path: Path) -> None:
        plain = path.with_name(f"{name}.{wanted}") if packed else path
        export_changes(conn, visit.me.actor, query.wanted(zone), plain, format=wanted)
        if packed:
            _pack(path, (plain, plain.with_name(f"{plain.name}.root")))

    return file_written(visit, f"{name}.zip" if packed else f"{name}.{wanted}", write)


def _pack(path: Path, parts: tuple[Path, ...]) -> None:
    with ZipFile(path, "w", ZIP_DEFLATED) as file:
        for one in parts:
            file.write(one, one.name)
