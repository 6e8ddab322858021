"""Files that programs send and get: kept for as long as they are read, gone once they are sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import Any

from fastapi import UploadFile

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
