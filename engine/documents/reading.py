"""Reads a document into text: what it is, what it holds, what of it could not be read."""

from io import FileIO
from pathlib import Path

from engine.documents.apart import read_apart
from engine.documents.document import MAX_BYTES, MAX_TEXT, Content, Document
from engine.documents.kinds import HEAD, Begins, begins
from engine.documents.plain_text import read_text
from engine.documents.refused import Unreadable, refused
from engine.sheets.problems import shown
from engine.uploads.office import old_office
from engine.uploads.refused import UploadRefused

_WIDEST = 4  # bytes of a character


def read_document(path: Path, *, name: str | None = None) -> Document:
    """Return the text of a document, told by its content; UserError says why not and what to do.

    ``name`` is what the document is called, where its path is not what a person gave it.
    """
    known_as = shown(name or path.name or str(path))
    try:
        found = _content(path)
    except Unreadable as error:
        raise refused(known_as, error.why, error.values) from error
    return Document(name=known_as, kind=found.kind, text=found.text, pages=found.pages, doubts=found.doubts)


def _content(path: Path) -> Content:
    try:
        if path.is_dir():
            raise Unreadable("folder")
        if not path.is_file():
            raise Unreadable("missing")
        with path.open("rb", buffering=0) as handle:  # a child reads on where we stand
            found = _read(handle, path)
    except (OSError, ValueError) as error:  # a NUL in the path is a ValueError
        cause = getattr(error, "strerror", None) or str(error)
        raise Unreadable("unreadable", cause=cause) from error
    if not found.text.strip():
        raise Unreadable("empty")
    if len(found.text) > MAX_TEXT:
        raise Unreadable("much_text")
    return found


def _read(handle: FileIO, path: Path) -> Content:
    size = handle.seek(0, 2)
    if size > MAX_BYTES:
        raise Unreadable("large")
    handle.seek(0)
    kind = begins(handle.read(HEAD))
    handle.seek(0)
    if kind is Begins.OLD_OFFICE:
        raise Unreadable(_old(path))
    if kind is Begins.TEXT and size > MAX_TEXT * _WIDEST:
        raise Unreadable("much_text")
    if kind is Begins.TEXT:
        return read_text(handle.read(MAX_BYTES))
    return read_apart(handle, kind)


def _old(path: Path) -> str:
    """Return why a document of the old format is not read."""
    try:
        found = old_office(path, path.name)
    except UploadRefused as refusal:
        return {"locked": "locked", "broken_office": "damaged"}.get(refusal.why, "no_kind")
    return {"xls": "sheet", "ppt": "slides"}.get(found, "old_word")
