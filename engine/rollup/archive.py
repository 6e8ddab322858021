"""Archives that are the same bytes whenever their content is: entries in order, no time of day."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import file_digest
from io import BytesIO
from pathlib import Path, PurePosixPath
from shutil import copyfileobj
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first day that a zip knows
_PACKED = frozenset({".jpg", ".png", ".gif", ".webp", ".mp4", ".mov", ".webm", ".docx", ".xlsx", ".pptx"})
_FIRST = "[Content_Types].xml"
_CORE = "docProps/core.xml"
_MOMENT = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")
_PIECE = 1024 * 1024


class Entry(NamedTuple):
    """One file of a package: its name in it, where it is, what it is about."""

    name: str
    source: Path
    title: str
    ref: str
    sha256: str
    size: int


def entry(name: str, source: Path, *, title: str, ref: str = "") -> Entry:
    """Return a file that is to be packed, with the hash of what it holds now."""
    with source.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    return Entry(name, source, title, ref, digest, source.stat().st_size)


def write_archive(path: Path, entries: Iterable[Entry]) -> None:
    """Pack files into a zip, one after the other: no file is ever in memory as a whole."""
    with ZipFile(path, "w") as packed:
        for one in sorted(entries):
            info = _info(one.name)
            info.file_size = one.size
            with packed.open(info, "w") as target, one.source.open("rb") as source:
                copyfileobj(source, target, _PIECE)


def settled(data: bytes, at: datetime) -> bytes:
    """Return an office file written anew so that only its content decides its bytes; ``at`` is its date."""
    made = BytesIO()
    with ZipFile(BytesIO(data)) as given, ZipFile(made, "w") as packed:
        for name in sorted(given.namelist(), key=lambda one: (one != _FIRST, one)):
            content = given.read(name)
            packed.writestr(_info(name), _dated(content, at) if name == _CORE else content)
    return made.getvalue()


def _dated(content: bytes, at: datetime) -> bytes:
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    return _MOMENT.sub(rb"\g<1>" + moment + rb"\g<3>", content)


def _info(name: str) -> ZipInfo:
    info = ZipInfo(name, _EPOCH)
    packed = PurePosixPath(name).suffix.lower() in _PACKED
    info.compress_type = ZIP_STORED if packed else ZIP_DEFLATED
    info.create_system = 3  # else it would tell on which system it was made
    info.external_attr = 0o644 << 16
    return info
