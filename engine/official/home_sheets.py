"""The official sheets of a home: those shipped, and the city's own files in its folder ``forms``."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from config.errors import UserError
from config.official import OfficialSheet, Sheets, joined_sheets, shipped_sheets
from config.regions import is_within
from config.yamltree import read_text
from engine.actors import Actor

FOLDER = "forms"


class _Found(NamedTuple):
    """The sheets that can be used, and what is wrong with the files that cannot."""

    sheets: Sheets
    broken: tuple[UserError, ...]


def sheets_of(home: Path) -> Sheets:
    """Return every sheet of a home that can be used; one broken file leaves the others as they are."""
    return _found(home).sheets


def broken_sheets(home: Path) -> tuple[UserError, ...]:
    """Return what is wrong in files of a home's own, each with its place."""
    return _found(home).broken


def sheets_near(
    home: Path, actor: Actor, notices: Iterable[str]
) -> tuple[tuple[OfficialSheet, ...], tuple[OfficialSheet, ...]]:
    """Return the sheets of an actor's notices and regions, then those of other places."""
    seen = set(notices)
    every = sheets_of(home).values()
    mine = tuple(one for one in every if seen & set(one.notices) or _reaches(actor, one.region))
    return mine, tuple(one for one in every if one not in mine)


def _reaches(actor: Actor, place: str) -> bool:
    return actor.everything or any(
        is_within(one.region, place) or is_within(place, one.region) for one in actor.grants
    )


def check_sheets(home: Path) -> Sheets:
    """Return every sheet of a home; UserError tells what is wrong in the first broken file."""
    return joined_sheets([(path.name, read_text(path)) for path in own_files(home)])


def _found(home: Path) -> _Found:
    files = tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in own_files(home))
    return _joined(files) if files else _Found(shipped_sheets(), ())


@lru_cache(maxsize=4)
def _joined(files: tuple[tuple[Path, int, int], ...]) -> _Found:
    """Read files once for as long as they stay as they are: pages ask for their sheets at every request."""
    sound: list[tuple[str, str]] = []
    sheets, broken = shipped_sheets(), []
    for path, _, _ in files:
        try:
            more = [*sound, (path.name, read_text(path))]
            sheets, sound = joined_sheets(more), more
        except UserError as error:
            broken.append(error)
    return _Found(sheets, tuple(broken))


def own_files(home: Path) -> list[Path]:
    """Return the files that a city added."""
    return sorted((home / FOLDER).glob("*.yaml")) if (home / FOLDER).is_dir() else []
