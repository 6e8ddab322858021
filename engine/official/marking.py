"""A refused official sheet given back: the user's own file, what is to be mended marked where it stands.

A table gets a column “需要修改”, comments and a colour; a document a red line in the cell. An import passes
all of that over, and marking again takes away what an earlier marking left.
"""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from engine.official.document_in import MAIN, MARK, Document, read_document
from engine.official.grid import Line
from engine.official.headings import PROBLEMS, plain
from engine.official.reading import Reading
from engine.official.table_out import put_text
from engine.official.workbook_in import load_book
from engine.sheets.cells import without_controls
from engine.sheets.problems import Problem
from engine.whole_file import whole_file

_AUTHOR = "duban"
_FILL, _RED = "FFF6DA", "B3341F"
_WIDTH, _MOST = 44, 2_000


def write_marked_sheet(
    path: Path, reading: Reading, source: Path, problems: Sequence[Problem], *, lang: str
) -> None:
    """Write the file ``source`` again at ``path``, its problems marked; everything else stays as it was."""
    if reading.grid.documents:
        data = _marked_documents(reading, source, problems, lang)
    else:
        data = _marked_table(reading, source, problems, lang)
    with whole_file(path) as part:
        part.write_bytes(data)


def _texts(problems: Sequence[Problem], lang: str) -> Mapping[int, Sequence[tuple[str, str]]]:
    """Return what is to be mended by line: heading and text."""
    found: dict[int, list[tuple[str, str]]] = {}
    for one in problems:
        text = without_controls(one.en if lang == "en" else one.zh)[:_MOST]
        found.setdefault(one.row, []).append((one.column, text))
    return found


def _marked_table(reading: Reading, source: Path, problems: Sequence[Problem], lang: str) -> bytes:
    with source.open("rb") as handle:
        book = load_book(handle, source.name)
    lines = {line.number: line for line in reading.lines}
    page = book[_page_name(reading)]
    _clear(page)
    column = _problem_column(page, reading)
    for number, told in _texts(problems, lang).items():
        put_text(page.cell(number, column), "\n".join(text for _, text in told))
        for heading, text in told:
            _comment(page, lines[number], heading, text)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _page_name(reading: Reading) -> str:
    return reading.grid.place.rpartition("（")[2].removesuffix("）")


def _clear(page: Any) -> None:  # openpyxl has no types
    """Take away comments and colours of an earlier marking."""
    from openpyxl.styles import PatternFill  # noqa: PLC0415 - 0.3 s that only this needs

    for cell in list(page._cells.values()):
        if cell.comment is not None and cell.comment.author == _AUTHOR:
            cell.comment = None
            cell.fill = PatternFill()


def _problem_column(page: Any, reading: Reading) -> int:
    """Return the column of what is to be mended, empty: the one that is there, else one behind the last."""
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415 - as above
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

    first = min((line.number for line in reading.lines), default=2)
    above = [cell for (row, _), cell in page._cells.items() if row < first and isinstance(cell.value, str)]
    held = next((cell for cell in above if plain(cell.value) == PROBLEMS), None)
    column: int = held.column if held is not None else page.max_column + 1
    for (row, at), cell in list(page._cells.items()):
        if at == column and row >= first:
            cell.value = None
    heading = held or page.cell(_heading_row(page, reading, first), column)
    put_text(heading, PROBLEMS)
    heading.font = Font(name="黑体", size=12, charset=134, color=_RED)
    page.column_dimensions[get_column_letter(column)].width = _WIDTH
    for line in reading.lines:
        page.cell(line.number, column).alignment = Alignment(wrap_text=True, vertical="center")
    return column


def _heading_row(page: Any, reading: Reading, first: int) -> int:
    wanted = plain(reading.grid.headings[0])
    rows = [
        row
        for (row, _), cell in page._cells.items()
        if row < first and isinstance(cell.value, str) and plain(cell.value) == wanted
    ]
    return max(rows, default=max(first - 1, 1))


def _comment(page: Any, line: Line, heading: str, text: str) -> None:
    from openpyxl.cell import MergedCell  # noqa: PLC0415 - as above
    from openpyxl.comments import Comment  # noqa: PLC0415 - as above
    from openpyxl.styles import PatternFill  # noqa: PLC0415 - as above

    held = line.cells.get(heading)
    cell = page.cell(held.spot.row, held.spot.column) if held else None
    if cell is not None and not isinstance(cell, MergedCell):
        cell.fill = PatternFill("solid", fgColor=_FILL)
        cell.comment = Comment(text, _AUTHOR)


def _marked_documents(reading: Reading, source: Path, problems: Sequence[Problem], lang: str) -> bytes:
    texts = _texts(problems, lang)
    if source.suffix.lower() != ".zip":
        return _marked_document(source.read_bytes(), reading.lines, texts)
    out = BytesIO()
    with ZipFile(source) as package, ZipFile(out, "w", ZIP_DEFLATED) as made:
        for entry in package.infolist():
            mine = [line for line in reading.lines if line.file == entry.filename]
            data = package.read(entry)
            made.writestr(entry.filename, _marked_document(data, mine, texts) if mine else data)
    return out.getvalue()


def _marked_document(
    data: bytes, lines: Sequence[Line], texts: Mapping[int, Sequence[tuple[str, str]]]
) -> bytes:
    document = read_document(BytesIO(data), "")
    body = _body(document, dict(_insertions(document, lines, texts)))
    out = BytesIO()
    with ZipFile(BytesIO(data)) as package, ZipFile(out, "w", ZIP_DEFLATED) as made:
        for entry in package.infolist():
            made.writestr(entry, body if entry.filename == MAIN else package.read(entry))
    return out.getvalue()


def _insertions(
    document: Document, lines: Sequence[Line], texts: Mapping[int, Sequence[tuple[str, str]]]
) -> Iterator[tuple[int, bytes]]:
    """Yield what is put in before which byte; what belongs to no cell stands in the line's first."""
    for line in lines:
        at: dict[int, list[str]] = {}
        first = min((cell.spot.column for cell in line.cells.values()), default=0)
        for heading, text in texts.get(line.number, ()):
            spot = line.cells[heading].spot.column if heading in line.cells else first
            at.setdefault(spot, []).append(text)
        for spot, told in at.items():
            yield spot, "".join(_red(document.prefix, text) for text in told).encode()


def _red(prefix: str, text: str) -> str:
    said = escape(MARK + text)
    w = prefix
    return (
        f'<{w}p><{w}r><{w}rPr><{w}color {w or "w:"}val="{_RED}"/></{w}rPr>'
        f'<{w}t xml:space="preserve">{said}</{w}t></{w}r></{w}p>'
    )


def _body(document: Document, added: Mapping[int, bytes]) -> bytes:
    """Return the main part with earlier marks taken out and new ones put in."""
    cuts = [(start, end, b"") for start, end in document.marks]
    cuts += [(at, at, text) for at, text in added.items()]
    pieces, here = [], 0
    for start, end, text in sorted(cuts):
        pieces += [document.data[here:start], text]
        here = end
    return b"".join([*pieces, document.data[here:]])
