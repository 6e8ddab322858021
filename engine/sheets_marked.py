"""A refused sheet given back: the same rows, wrong cells marked, a last column with what is to be mended."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from config.schedule import Name
from engine.sheet_import import SheetKind
from engine.sheets.cells import Raw, as_text, is_live, without_controls
from engine.sheets.headings import known_by
from engine.sheets.problems import Problem
from engine.sheets.reading import Table, read_table
from engine.sheets.templates import KINDS

PROBLEM = Name(zh="问题", en="Problem")
"""The heading of the added column; an import passes it over."""

_MARK = "FFF6DA"
_MOST = 32_000  # characters of a cell
_WIDTH = 60


def write_marked(path: Path, sheet: Path, kind: SheetKind, problems: Sequence[Problem], *, lang: str) -> None:
    """Write the sheet again as .xlsx at ``path``, with its problems marked. Rows keep their numbers."""
    from openpyxl import Workbook  # noqa: PLC0415 - 0.3 s that only this needs

    table = read_table(sheet, known=known_by(KINDS[kind]))
    book = Workbook()
    page = book.active
    page.title = "Sheet1"
    headings = [*(one for one in table.headings if one not in (PROBLEM.zh, PROBLEM.en)), PROBLEM.in_(lang)]
    first = min(row.number for row in table.rows) if table.rows else 2
    for at, heading in enumerate(headings, start=1):
        _put(page.cell(max(first - 1, 1), at), heading)
    _fill(page, table, headings)
    for number, found in _by_row(problems).items():
        _mark(page, number, found, headings=headings, lang=lang)
    page.column_dimensions[page.cell(1, len(headings)).column_letter].width = _WIDTH
    book.save(path)


def _by_row(problems: Sequence[Problem]) -> Mapping[int, list[Problem]]:
    rows: dict[int, list[Problem]] = {}
    for one in problems:
        rows.setdefault(one.row, []).append(one)
    return rows


def _fill(page: Any, table: Table, headings: Sequence[str]) -> None:  # openpyxl has no types
    for row in table.rows:
        for at, heading in enumerate(headings[:-1], start=1):
            _put(page.cell(row.number, at), row.cells[heading])


def _mark(page: Any, number: int, found: Sequence[Problem], *, headings: Sequence[str], lang: str) -> None:
    from openpyxl.comments import Comment  # noqa: PLC0415 - as above
    from openpyxl.styles import PatternFill  # noqa: PLC0415 - as above

    texts = [one.en if lang == "en" else one.zh for one in found]
    _put(page.cell(number, len(headings)), "\n".join(texts))
    for one, text in zip(found, texts, strict=True):
        at = headings.index(one.column) + 1 if one.column in headings else len(headings)
        cell = page.cell(number, at)
        cell.fill = PatternFill("solid", fgColor=_MARK)
        earlier = [cell.comment.text] if cell.comment else []
        cell.comment = Comment(without_controls("\n".join([*earlier, text]))[:_MOST], "duban")


def _put(cell: Any, raw: Raw) -> None:
    """Write a value; a text never becomes a formula."""
    text = isinstance(raw, str)
    cell.value = without_controls(as_text(raw))[:_MOST] if text else raw
    if text and raw:
        cell.data_type = "s"
        cell.quotePrefix = is_live(str(raw))
