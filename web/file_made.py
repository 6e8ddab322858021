"""A file that is made for one answer, and gone once it has been sent."""

from collections.abc import Callable, Mapping
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from sqlalchemy import Connection
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response

from config.errors import UserError
from web.visit import Visit

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"

TYPES = {
    ".docx": DOCX,
    ".xlsx": XLSX,
    ".zip": ZIP,
    ".csv": "text/csv",
    ".jsonl": "application/x-ndjson",
    ".xes": "application/xml",
}
"""What a file is, by the ending of its name."""

_BYTES = "application/octet-stream"

Make = Callable[[Path], object]
Write = Callable[[Connection, Path], object]


def file_written(
    visit: Visit, name: str, write: Write, *, headers: Mapping[str, str] | None = None
) -> Response:
    """Answer with a file that ``write`` makes from the database; else as ``file_made``."""

    def make(path: Path) -> None:
        with visit.read() as conn:
            write(conn, path)

    return file_made(visit, name, make, headers=headers)


def file_made(visit: Visit, name: str, make: Make, *, headers: Mapping[str, str] | None = None) -> Response:
    """Answer with a file that ``make`` makes; it stands in a folder of its own, below the home.

    Its path has the ending of ``name``, which says what it is. ``headers`` may say how it is to be called
    when it is saved; else ``name`` does.
    """
    folder = _folder(visit)
    try:
        path = folder / f"made{Path(name).suffix.lower()}"
        make(path)
    except BaseException:
        rmtree(folder, ignore_errors=True)
        raise
    gone = BackgroundTask(rmtree, folder, ignore_errors=True)
    saved_as = None if headers else name
    media_type = TYPES.get(path.suffix, _BYTES)
    return FileResponse(path, media_type=media_type, filename=saved_as, headers=headers, background=gone)


def _folder(visit: Visit) -> Path:
    parent = visit.home.path / "tmp"
    try:
        parent.mkdir(exist_ok=True, mode=0o700)
        return Path(mkdtemp(prefix="made-", dir=parent))
    except OSError as error:
        raise UserError(
            zh=f"不能写文件：{error.strerror}。请管理员检查磁盘空间和目录权限。",
            en=f"the file cannot be written: {error.strerror}; have the disk and its rights checked",
            code="file.unwritable",
        ) from error
