"""A sheet as it was read: one line of cells for each activity, under the headings that stand there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from config.schedule import Name
from engine.sheets.cells import Raw, Unreadable

REFERENCE_FORM = re.compile(r"([A-Z0-9][A-Z0-9\-]{1,31})(?:@(\d{1,9}))?")
"""A reference on paper: the number of a case, and the version it was written as of."""

REPORTER = re.compile(r"(?:填报|申报|报送|推荐)单位[^:：\s]{0,8}\s*[:：]\s*([^\s:：][^\s:：]{1,60})")
"""A line above the table that says who reports."""


class Spot(NamedTuple):
    """Where a cell stands: row and column (from 1) of a table, or a file of a package and a place in it."""

    row: int
    column: int
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell."""

    raw: Raw | Unreadable
    spot: Spot


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What stands there of one activity; ``number`` is its row, or which document it is."""

    number: int
    cells: Mapping[str, Cell]
    reference: str = ""
    reporter: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A whole file: its headings in their order, its lines, and what a person should know of the reading."""

    place: str
    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    notes: tuple[Name, ...]
    documents: bool
    titles: str = ""
