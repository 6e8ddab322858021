"""The changes of a filter as a file that carries the root of the whole history."""

from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from zipfile import ZIP_DEFLATED, ZipFile

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response

from config.errors import UserError
from config.schedule import Role
from engine.audit.export import export_changes
from engine.export import Format
from web.access import allow
from web.desks.auditor.asked import asked, one_of
from web.desks.auditor.change_query import ChangeQuery, read_changes
from web.visit import Visit, VisitDep

router = APIRouter()

_TYPES = {".zip": "application/zip", ".jsonl": "application/x-ndjson", ".xes": "application/xml"}


@router.get("/history/export")
@allow(Role.AUDITOR, Role.ADMIN, slow=True)
def export(visit: VisitDep) -> Response:
    """Give the changes of a filter as a file."""
    form = asked(visit)
    query, wanted = read_changes(form), one_of(Format, form.text("format"))
    if wanted is None or form.problems:
        return visit.see_other(query.url(), told="history.no_format", tone="soon")
    folder = _folder(visit)
    try:
        path = _written(visit, query, folder, wanted)
    except BaseException:
        rmtree(folder, ignore_errors=True)
        raise
    gone = BackgroundTask(rmtree, folder, ignore_errors=True)
    return FileResponse(path, media_type=_TYPES[path.suffix], filename=path.name, background=gone)


def _written(visit: Visit, query: ChangeQuery, folder: Path, wanted: Format) -> Path:
    zone = visit.office.zone
    path = folder / f"duban-history-{visit.now.astimezone(zone):%Y%m%d-%H%M}.{wanted}"
    with visit.read() as conn:
        export_changes(conn, visit.me.actor, query.wanted(zone), path, format=wanted)
    return _with_root(path) if wanted is Format.CSV else path


def _with_root(path: Path) -> Path:
    """Put a table and the file beside it, which holds its root, into one."""
    packed = path.with_suffix(".zip")
    with ZipFile(packed, "w", ZIP_DEFLATED) as file:
        for one in (path, path.with_name(f"{path.name}.root")):
            file.write(one, one.name)
    return packed


def _folder(visit: Visit) -> Path:
    parent = visit.home.path / "tmp"
    try:
        parent.mkdir(exist_ok=True, mode=0o700)
        return Path(mkdtemp(prefix="history-", dir=parent))
    except OSError as error:
        raise UserError(
            zh=f"不能写导出文件：{error.strerror}。请管理员检查磁盘空间和目录权限。",
            en=f"the export cannot be written: {error.strerror}; have the disk and its rights checked",
            code="export.unwritable",
        ) from error
