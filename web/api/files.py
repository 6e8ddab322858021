"""Files that programs send and get: kept for as long as they are read, gone once they are sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import Any

from fastapi import UploadFile
from starlette.responses import Response

from web.file_made import Make, Write, file_made, file_written
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

Docs = dict[int | str, dict[str, Any]]
NOTHING: Docs = {204: {"description": "Nothing is to be mended."}}


def given_as(*kinds: str) -> Docs:
    """Return how the document tells of a file that is one of some kinds."""
    schema = {"schema": {"type": "string", "format": "binary"}}
    return {200: {"content": dict.fromkeys(kinds, schema)}}


@contextmanager
def kept(file: UploadFile, *endings: str) -> Iterator[Path]:
    """Give a file for as long as it is read; of its name one of ``endings`` is kept, else the first."""
    with TemporaryDirectory(prefix="duban-") as folder:
        ending = Path(file.filename or "").suffix.lower()
        path = Path(folder) / f"sheet{ending if ending in endings else endings[0]}"
        with path.open("wb") as copy:
            copyfileobj(file.file, copy)
        yield path


def made_file(visit: Visit, name: str, make: Make) -> Response:
    """Answer with a file; the ending of its name says what it is."""
    return file_made(visit, name, make, media_type=TYPES[Path(name).suffix])


def read_file(visit: Visit, name: str, write: Write) -> Response:
    """Answer with a file that is written from the database."""
    return file_written(visit, name, write, media_type=TYPES[Path(name).suffix])
