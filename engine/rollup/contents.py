"""What is in a package, file by file: in the one that would be made now, or in the one handed in."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import file_digest
from pathlib import Path
from shutil import copyfileobj
from typing import IO, NamedTuple
from zipfile import ZipFile

from sqlalchemy import Connection

from config.errors import UserError
from config.official import Sheets
from engine.rollup.frozen import frozen_package
from engine.rollup.index import Left
from engine.rollup.package import Package, built
from engine.rollup.subject import Subject


class Part(NamedTuple):
    """One file of a package: its name in it, the number of the case it is about, its hash."""

    name: str
    ref: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """All files of a package, and what could not go along; ``frozen``: it is the one handed in.

    ``sources`` open the files by their names.
    """

    frozen: bool
    parts: tuple[Part, ...]
    left: tuple[Left, ...]
    sources: Mapping[str, Callable[[], IO[bytes]]]

    def write(self, name: str, path: Path) -> None:
        """Write one file to ``path``; UserError where there is none of that name."""
        if name not in self.sources:
            raise UserError(
                zh=f"汇总包里没有“{name}”。请先查看包里有哪些文件。",
                en=f"there is no “{name}” in the package; list its files first",
                code="package_file.unknown",
            )
        with self.sources[name]() as source, path.open("wb") as target:
            copyfileobj(source, target)


@contextmanager
def opened(
    conn: Connection, subject: Subject, *, now: datetime, store: Path, sheets: Sheets | None = None
) -> Iterator[Contents]:
    """Give what is in a package for as long as the block lasts.

    UserError where a report was handed in without one.
    """
    if subject.open:
        with built(conn, subject, now=now, store=store, sheets=sheets) as package:
            yield _made(package)
        return
    item = frozen_package(conn, subject, store=store)
    with ZipFile(store / str(item.sha256)) as packed:
        yield _packed(packed, subject)


def _made(package: Package) -> Contents:
    parts = tuple(Part(one.name, one.ref, one.sha256, one.size) for one in package.entries)
    sources = {one.name: partial(_open, one.source) for one in package.entries}
    return Contents(frozen=False, parts=parts, left=package.left, sources=sources)


def _packed(packed: ZipFile, subject: Subject) -> Contents:
    names = packed.namelist()
    parts = tuple(
        Part(name, _about(name, subject), _hash(packed, name), packed.getinfo(name).file_size)
        for name in names
    )
    sources = {name: partial(packed.open, name) for name in names}
    return Contents(frozen=True, parts=parts, left=(), sources=sources)


def _about(name: str, subject: Subject) -> str:
    """Return what a file is about: its folder says so, else it is the report itself."""
    folders = name.split("/")[:-1]
    return folders[1] if len(folders) > 1 else subject.ref or ""


def _open(path: Path) -> IO[bytes]:
    return path.open("rb")


def _hash(packed: ZipFile, name: str) -> str:
    with packed.open(name) as file:
        return file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # it reads, that is all
