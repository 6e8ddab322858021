"""Official tables as lines of cells: titles above, one or two lines of headings, notes below."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from config.schedule import Name
from engine.official.grid import REFERENCE_FORM, REPORTER, Cell, Grid, Line, Spot
from engine.official.headings import count_known, is_ignored, plain
from engine.official.table_out import REFERENCE
from engine.official.workbook_in import Page, pages_of
from engine.sheets.cells import Unreadable, as_text, is_blank
from engine.sheets.problems import refused, shown
from engine.sheets.reading import opened

_WITHIN = 20
_NUMBERS = frozenset({"序号", "编次", "no", "number"})
_NOTE = re.compile(
    r"\s*(?:备\s*注|注\s*[:：1-9]|注意|说\s*明|填[表报写]|联系人|联系电话|审[核批]|单位负责人|负责人|制表|经办|日\s*期|盖章)"
)
_SUM = re.compile(r"\s*(?:合\s*计|总\s*计|小\s*计|共计)")
_EXAMPLE = re.compile(r"\s*(?:示\s*例|例\s*[:：]?$|样\s*例)")
_DOTS = frozenset({"…", "……", "...", "⋯", "⋮"})
_WIDE = 3

Known = Mapping[str, str]


class Head(NamedTuple):
    """The headings of a table: the rows that they take, and what each column is called."""

    first: int
    last: int
    columns: Mapping[int, str]


class _Table(NamedTuple):
    page: Page
    head: Head


def table_grid(path: Path, known: Known, *, sheet: str | None = None) -> Grid:
    """Read an .xlsx table. UserError (``sheet.*``) where it cannot be read or has no such headings."""
    with opened(path) as handle:
        pages = list(pages_of(handle, path.name))
    found = [_Table(page, head) for page in pages if (head := _head(page, known)) is not None]
    chosen = next((one for one in found if sheet is None or one.page.name.strip() == sheet.strip()), None)
    if chosen is None:
        raise _no_table(path.name, pages, sheet)
    notes: list[Name] = [*_other_pages(pages, found, chosen)]
    lines = list(_lines(chosen, known, notes))
    notes += _told(chosen, lines)
    return Grid(
        place=f"{path.name}（{chosen.page.name}）",
        headings=(*chosen.head.columns.values(), *_nameless(chosen).values()),
        lines=tuple(lines),
        notes=tuple(notes),
        documents=False,
        titles="\n".join(_above(chosen)),
    )


def text_at(page: Page, row: int, column: int) -> str:
    """Return what a cell shows as text."""
    raw = page.at(row, column)
    return (raw.text if isinstance(raw, Unreadable) else as_text(raw)).strip()


def _head(page: Page, known: Known) -> Head | None:
    for row in page.rows[:_WITHIN]:
        two = _columns(page, row, row + 1, known) if _is_split(page, row) else {}
        here, both = _columns(page, row, row, known), _count(two, known)
        # a line above the table may span it as well: the upper row has to add something to the lower
        if both >= max(2, _count(here, known), _count(_columns(page, row + 1, row + 1, known), known) + 1):
            return Head(row, row + 1, two)
        if _count(here, known) >= 2:
            return Head(row, row, here)
    return None


def _count(columns: Mapping[int, str], known: Known) -> int:
    return count_known(tuple(columns.values()), known)


def _is_split(page: Page, row: int) -> bool:
    """Tell whether headings go on in the next row: some cells span both, or stand over several below."""
    here = {place: first for place, first in page.merged.items() if place[0] in (row, row + 1)}
    down = any(place[0] == row + 1 and first[0] == row for place, first in here.items())
    across = {
        first for place, first in here.items() if place[0] == row and place != first and first[0] == row
    }
    under = any((row + 1, column) in page.cells for _, column in across)
    return down or under


def _columns(page: Page, first: int, last: int, known: Known) -> dict[int, str]:
    """Return the headings by column; where two rows make one, the known spelling of both, or either."""
    wide = {column for row, column in page.cells if row in (first, last)}
    wide |= {column for row, column in page.merged if row in (first, last)}
    named: dict[int, str] = {}
    for column in sorted(wide):
        top, below = text_at(page, first, column), text_at(page, last, column)
        if page.merged.get((first, column)) not in (None, (first, column)) and first == last:
            continue  # the rest of a heading that spans several columns
        ways: tuple[str, ...] = (top + below, below, top) if first != last and top != below else (top,)
        if below and _stands_over_several(page, first, column):
            ways = ways[:2]  # 活动 over 名称 and 时间 is the heading of neither
        name = next((one for one in ways if plain(one) in known), ways[0])
        if name:
            named[column] = "".join(name.split())
    return named


def _stands_over_several(page: Page, row: int, column: int) -> bool:
    first = page.merged.get((row, column))
    return first is not None and any(
        page.merged.get((row, beside)) == first for beside in (column - 1, column + 1)
    )


def _lines(table: _Table, known: Known, notes: list[Name]) -> Iterator[Line]:
    """Yield the lines of activities; what is none of them is told where it says anything."""
    page, head = table
    columns = {**head.columns, **_nameless(table)}
    reporter = next((said[1] for text in _above(table) if (said := REPORTER.search(text))), "")
    for row in (row for row in page.rows if row > head.last):
        cells = {
            name: Cell(raw=page.at(*_from(page, row, column, head)), spot=Spot(row, column))
            for column, name in columns.items()
        }
        filled = {name: cell for name, cell in cells.items() if not is_blank(cell.raw)}
        why = _passed(table, row, filled)
        if why is not None:
            notes += [why] if why.zh else []
            continue
        code = _reference(filled)
        yield Line(number=row, cells=cells, reference=code, reporter=reporter)


def _from(page: Page, row: int, column: int, head: Head) -> tuple[int, int]:
    """Return where a cell's value stands: a range that begins among the headings gives nothing."""
    first = page.merged.get((row, column), (row, column))
    return first if first[0] > head.last else (0, 0)


def _nameless(table: _Table) -> dict[int, str]:
    """Return names for columns that hold something but have no heading."""
    used = {column for row, column in table.page.cells if row > table.head.last}
    covered = {
        column
        for column in used
        if all(
            table.page.merged.get((row, column), (row, column))[1] != column
            for row in table.page.rows
            if row > table.head.last and (row, column) in table.page.cells
        )
    }
    return {
        column: f"第{_letter(column)}列"
        for column in sorted(used - covered)
        if column not in table.head.columns
    }


def _letter(number: int) -> str:
    return chr(64 + number) if number <= 26 else _letter((number - 1) // 26) + chr(65 + (number - 1) % 26)


_SILENT = Name(zh="", en="")


def _passed(table: _Table, row: int, filled: Mapping[str, Cell]) -> Name | None:
    """Return why a row is no activity (an empty text where that goes without saying), None if it is one."""
    told = {name: cell for name, cell in filled.items() if not _is_beside(name)}
    texts = [_shown(cell) for cell in filled.values()]
    if all(_shown(cell) in _DOTS for cell in told.values()):
        return _only_remarks(row, filled)
    if [plain(text) for text in texts] == [plain(name) for name in filled]:
        return _SILENT
    first = texts[0]
    if _SUM.match(first) or (len(texts) > 1 and _SUM.match(texts[1])):
        return _row_note(row, first, "合计", "a sum")
    if _EXAMPLE.match(first):
        return _row_note(row, first, "示例", "an example")
    if _is_wide(table, row) or (len(told) == 1 and _NOTE.match(first)):
        return _row_note(row, first, "整行的文字", "a line of text")
    return None


def _is_beside(name: str) -> bool:
    """Tell whether a column says nothing of an activity itself."""
    return plain(name) in _NUMBERS or plain(name) == plain(REFERENCE) or is_ignored(name)


def _only_remarks(row: int, filled: Mapping[str, Cell]) -> Name:
    texts = (_shown(cell) for cell in filled.values())
    text = next((one for one in texts if one not in _DOTS and not one.isdecimal()), "")
    if REFERENCE_FORM.fullmatch(text) or not text:
        return _SILENT
    return _row_note(row, text, "备注", "a remark")


def _row_note(row: int, text: str, zh: str, en: str) -> Name:
    if text.rstrip(" _　").endswith(("：", ":")):
        return _SILENT  # a line to be written on by hand, and nothing is
    return Name(
        zh=f"第 {row} 行“{shown(text, 20)}”是{zh}，没有当作活动。",
        en=f"row {row}, “{shown(text, 20)}”, is {en} and was not taken for an activity.",
    )


def _is_wide(table: _Table, row: int) -> bool:
    """Tell whether one text spans most of a row."""
    covered = [
        column for column in table.head.columns if table.page.merged.get((row, column), (0, 0))[0] == row
    ]
    firsts = {table.page.merged[row, column] for column in covered}
    return len(covered) >= max(_WIDE, len(table.head.columns) - 2) and len(firsts) == 1


def _reference(filled: Mapping[str, Cell]) -> str:
    text = next((_shown(cell) for name, cell in filled.items() if plain(name) == plain(REFERENCE)), "")
    code = REFERENCE_FORM.fullmatch("".join(text.split()).upper())
    return code[0] if code else text


def _shown(cell: Cell) -> str:
    return (cell.raw.text if isinstance(cell.raw, Unreadable) else as_text(cell.raw)).strip()


def _above(table: _Table) -> list[str]:
    """Return the texts above the headings."""
    cells = sorted(table.page.cells.items())
    return [as_text(raw) for (row, _), raw in cells if row < table.head.first and isinstance(raw, str)]


def _told(table: _Table, lines: list[Line]) -> Iterator[Name]:
    """Yield what somebody who looks at the sheet may not see."""
    page, rows = table.page, {line.number for line in lines}
    if hidden := sorted(page.hidden_rows & rows):
        yield Name(
            zh=f"第 {_some(hidden)} 行是隐藏的行，也读取了；不要的请在表中删除。",
            en=f"hidden rows were read too: {_some(hidden)}; delete in the sheet what is not wanted.",
        )
    if hidden := sorted(page.hidden_columns & set(table.head.columns)):
        names = "、".join(table.head.columns[column] for column in hidden)
        yield Name(zh=f"隐藏的列“{names}”也读取了。", en=f"hidden columns were read too: {names}.")
    if formulas := sorted({row for row, _ in page.formulas if row in rows}):
        yield Name(
            zh=f"第 {_some(formulas)} 行有公式，读取的是文件里保存的结果。",
            en=f"rows {_some(formulas)} have formulas; the results kept in the file were read.",
        )
    if page.pictures:
        yield Name(
            zh=f"表中有 {page.pictures} 张图片，没有读取；照片请在活动页面上传。",
            en=f"{page.pictures} pictures in the sheet were not read; upload photos on the activity's page.",
        )


def _some(numbers: list[int]) -> str:
    return "、".join(map(str, numbers[:10])) + ("…" if len(numbers) > 10 else "")


def _other_pages(pages: list[Page], found: list[_Table], chosen: _Table) -> Iterator[Name]:
    if others := [one.page.name for one in found if one is not chosen]:
        names = "、".join(others)
        yield Name(
            zh=f"只读取了工作表“{chosen.page.name}”；还有同样的表：{names}，请另外导入。",
            en=f"only sheet '{chosen.page.name}' was read; import those like it as well: {names}.",
        )
    tables = {one.page.name for one in found}
    if rest := [page.name for page in pages if page.cells and page.name not in tables]:
        names = "、".join(rest)
        yield Name(zh=f"没有读取的工作表：{names}。", en=f"sheets not read: {names}.")


def _no_table(place: str, pages: list[Page], sheet: str | None) -> Exception:
    names = "、".join(page.name for page in pages)
    wanted = f"工作表“{sheet}”里" if sheet else ""
    return refused(
        "headings",
        place,
        zh=f"{wanted}没有找到活动表的列名（如 活动名称、活动时间）；工作表有：{names}。请用空表填写。",
        en=f"no headings of a table of activities were found; its sheets: {names}; fill in the blank sheet",
    )
