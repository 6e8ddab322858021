"""Giving a package out: built anew while its report is due, as it was handed in ever after."""

from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from shutil import copyfile
from typing import NamedTuple

from sqlalchemy import Connection

from config.official import Sheets
from engine.rollup.frozen import frozen_package
from engine.rollup.index import Left
from engine.rollup.package import built, write_package
from engine.rollup.subject import Subject
from engine.whole_file import whole_file


class Given(NamedTuple):
    """A package in a file: its hash, how many files are in it, what could not go along.

    ``frozen``: it is the one that was handed in; what is in it is not counted then.
    """

    sha256: str
    size: int
    frozen: bool
    files: int
    left: tuple[Left, ...]


def give(
    conn: Connection,
    subject: Subject,
    path: Path,
    *,
    now: datetime,
    store: Path,
    sheets: Sheets | None = None,
) -> Given:
    """Write the package of a subject to ``path``, whole or not at all."""
    if not subject.open:
        item = frozen_package(conn, subject, store=store)
        with whole_file(path) as part:
            copyfile(store / str(item.sha256), part)
        return Given(str(item.sha256), path.stat().st_size, frozen=True, files=0, left=())
    with (
        built(conn, subject, now=now, store=store, sheets=sheets) as package,
        whole_file(path) as part,
    ):
        write_package(package, part)
        files, left = len(package.entries), package.left
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    return Given(digest, path.stat().st_size, frozen=False, files=files, left=left)
