"""Official documents as lines of cells: every table with two known labels is one activity."""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from config.schedule import Name
from engine.official.document_in import DocumentCell, DocumentTable, damaged, read_document
from engine.official.grid import REFERENCE_FORM, REPORTER, Cell, Grid, Line, Spot
from engine.official.headings import count_known, plain
from engine.official.table_out import REFERENCE
from engine.sheets.cells import checked
from engine.sheets.problems import refused, shown
from engine.sheets.reading import opened

MOST_DOCUMENTS = 5_000
_MOST_UNPACKED = 400 * 2**20
_ONE = 20 * 2**20
_LABEL = 20  # characters: what is longer is no label

Known = Mapping[str, str]
Found = dict[str, Cell]


def document_grid(path: Path, known: Known) -> Grid:
    """Read a .docx, or a .zip of them. UserError (``sheet.*``) where it cannot be read."""
    lines: list[Line] = []
    notes: list[Name] = []
    titles: list[str] = []
    with opened(path) as handle:
        files = _packed(handle, path.name) if path.suffix.lower() == ".zip" else [("", handle)]
        for name, part in files:
            document = read_document(part, name or path.name)
            tables = [one for one in document.tables if _known_labels(one, known) >= 2]
            titles += [line for one in document.tables[:1] for line in one.before]
            notes += [] if tables else [_no_table(name or path.name)]
            notes += [_pictures(name or path.name, document.pictures)] if document.pictures else []
            lines += [_line(one, known, name, len(lines) + at) for at, one in enumerate(tables, 1)]
    headings = dict.fromkeys(heading for line in lines for heading in line.cells)
    return Grid(
        place=path.name,
        headings=tuple(headings),
        lines=tuple(lines),
        notes=tuple(notes),
        documents=True,
        titles="\n".join(titles[:20]),
    )


def _packed(handle: BinaryIO, place: str) -> Iterator[tuple[str, BinaryIO]]:
    """Yield the documents in a package, one at a time."""
    try:
        with ZipFile(handle) as package:
            entries = [
                one
                for one in package.infolist()
                if one.filename.lower().endswith(".docx")
                and not one.filename.rpartition("/")[2].startswith((".", "~"))
            ]
            size = sum(one.file_size for one in entries)
            if (
                len(entries) > MOST_DOCUMENTS
                or size > _MOST_UNPACKED
                or any(one.file_size > _ONE for one in entries)
            ):
                raise _too_many(place)
            for one in entries:
                yield one.filename, BytesIO(package.read(one))
    except (BadZipFile, EOFError, OSError, ValueError, RuntimeError) as error:
        raise damaged(place) from error


def _is_document(name: str) -> bool:
    """Tell documents from what Word and macOS leave beside them."""
    return name.lower().endswith(".docx") and not name.rpartition("/")[2].startswith((".", "~"))


def _too_many(place: str) -> Exception:
    return refused(
        "too_many_documents",
        place,
        zh=f"压缩包里的文档太多或太大（最多 {MOST_DOCUMENTS} 份，每份 20 MB）。请分成几个压缩包。",
        en=f"the package holds too much (at most {MOST_DOCUMENTS} documents of 20 MB); split it",
    )


def _no_table(name: str) -> Name:
    return Name(
        zh=f"{shown(name)}：没有找到申报表，没有读取。",
        en=f"{shown(name)}: there is no such table, it was passed over.",
    )


def _pictures(name: str, count: int) -> Name:
    return Name(
        zh=f"{shown(name)}：有 {count} 张图片，没有读取；照片请在活动页面上传。",
        en=f"{shown(name)}: {count} pictures were not read; upload photos on the activity's page.",
    )


def _known_labels(table: DocumentTable, known: Known) -> int:
    return count_known([cell.text.partition("：")[0] for row in table.rows for cell in row], known)


def _line(table: DocumentTable, known: Known, file: str, number: int) -> Line:
    found: Found = {}
    rows = [[cell for cell in row if not cell.carried] for row in table.rows]
    for at, row in enumerate(rows):
        below = rows[at + 1] if at + 1 < len(rows) else []
        _take_row(row, below, known, file=file, found=found)
    after = next((line for line in table.after if plain(line).startswith(REFERENCE)), "")
    code = REFERENCE_FORM.search(after)
    reporter = next((said[1] for line in table.before if (said := REPORTER.search(line))), "")
    return Line(number=number, cells=found, reference=code[0] if code else "", reporter=reporter, file=file)


def _take_row(
    row: Sequence[DocumentCell], below: Sequence[DocumentCell], known: Known, *, file: str, found: Found
) -> None:
    """Take the pairs of label and value in a row; a label in a row of its own is answered below it."""
    at = 0
    while at < len(row):
        cell, after = row[at], row[at + 1] if at + 1 < len(row) else None
        label, colon, said = cell.text.replace(":", "：", 1).partition("：")
        if plain(cell.text) in known:
            if after is not None and plain(after.text) not in known:
                _put(found, cell.text, after, file)
                at += 1
            elif after is None and len(below) == 1 and plain(below[0].text) not in known:
                _put(found, cell.text, below[0], file)
        elif colon and plain(label) in known:
            _put(found, label, DocumentCell(text=said.strip(), end=cell.end), file)
        elif after is not None and _is_label(cell.text) and plain(after.text) not in known:
            _put(found, cell.text, after, file)
            at += 1
        at += 1


def _is_label(text: str) -> bool:
    return 0 < len(plain(text)) <= _LABEL


def _put(found: Found, label: str, cell: DocumentCell, file: str) -> None:
    heading = "".join(label.split())
    if heading not in found:
        found[heading] = Cell(raw=checked(cell.text), spot=Spot(0, cell.end, file))
