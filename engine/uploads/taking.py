"""Taking files in: written to a part first, looked at, cleaned, and only then kept by their content."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from errno import EDQUOT, ENOSPC
from hashlib import file_digest
from io import BytesIO
from pathlib import Path
from typing import Protocol

from engine.material_rows import Material, keep, new_part
from engine.uploads.filetypes import LARGEST, MB, Family, FileType, accepted
from engine.uploads.naming import safe_name, shown_name
from engine.uploads.pictures import remake
from engine.uploads.recognition import recognise
from engine.uploads.refused import UploadRefused, not_for, too_large

MOST_FILES = 20
"""So many files are taken at once."""

_PIECE = MB


class Readable(Protocol):
    """Bytes to come: an open file, or what a web server keeps an upload in."""

    def read(self, size: int = -1, /) -> bytes:
        """Return up to so many bytes, none at the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One file as somebody sent it: its content, what they call it, the kind of material it is to be."""

    content: Readable | bytes
    name: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Checked:
    """A file that may be kept: where it waits, its small picture if it has one, and what it is."""

    part: Path
    thumb: Path | None
    material: Material


def take_upload(content: Readable | bytes, *, name: str, kind: str, store: Path) -> Material:
    """Take one file in and return it as a material; UploadRefused says why not, and then nothing is kept."""
    return take_uploads([Incoming(content=content, name=name, kind=kind)], store=store)[0]


def take_uploads(files: Sequence[Incoming], *, store: Path) -> tuple[Material, ...]:
    """Take some files in, all of them or none; at most ``MOST_FILES``."""
    if len(files) > MOST_FILES:
        raise UploadRefused("many", count=len(files), most=MOST_FILES)
    with _parts(store, len(files)) as parts:
        checked = [_checked(one, part) for one, part in zip(files, parts, strict=True)]
        for one in checked:
            _keep(one, store)
    return tuple(one.material for one in checked)


@contextmanager
def _parts(store: Path, count: int) -> Iterator[list[Path]]:
    """Give names for files being written; whatever is left of them in the end is removed."""
    parts = [new_part(store) for _ in range(count)]
    try:
        yield parts
    finally:
        for part in parts:
            part.unlink(missing_ok=True)
            part.with_suffix(".thumb.part").unlink(missing_ok=True)


def _checked(one: Incoming, part: Path) -> _Checked:
    name, wanted = shown_name(one.name), accepted(one.kind)
    try:
        size = _write(one.content, part, name=name, most=wanted.largest)
        filetype = recognise(part, name)
        if filetype is None:
            raise not_for(one.kind, name, why="unknown")
        if filetype not in wanted.types:
            raise not_for(one.kind, name)
        if size > LARGEST[filetype.family]:
            raise too_large(name, LARGEST[filetype.family])
        return _cleaned(one, part, name, filetype)
    except OSError as error:
        if error.errno in (ENOSPC, EDQUOT):
            raise UploadRefused("disk_full", name=name) from error
        raise


def _write(content: Readable | bytes, part: Path, *, name: str, most: int) -> int:
    """Write the content to its part and return its size; no more than ``most`` is ever read."""
    source: Readable = BytesIO(content) if isinstance(content, bytes) else content
    size = 0
    with part.open("xb") as file:
        while piece := source.read(_PIECE):
            size += len(piece)
            if size > most:
                raise too_large(name, most)
            file.write(piece)
    return size


def _cleaned(one: Incoming, part: Path, name: str, filetype: FileType) -> _Checked:
    thumb = None
    if filetype.family is Family.IMAGE:
        picture = remake(part, filetype, name)
        filetype, thumb = picture.filetype, picture.thumb
    with part.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    called = safe_name(one.name, one.kind, filetype)
    material = Material(
        kind=one.kind, name=called, uri=f"sha256:{digest}", sha256=digest, size=part.stat().st_size
    )
    return _Checked(part=part, thumb=thumb, material=material)


def _keep(one: _Checked, store: Path) -> None:
    digest = one.material.sha256 or ""
    if one.thumb is not None:
        thumbs = store / "thumbs"
        thumbs.mkdir(exist_ok=True)
        keep(one.thumb, thumbs / digest)
    keep(one.part, store / digest)
