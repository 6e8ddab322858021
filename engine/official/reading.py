"""An official sheet read back: which sheet it is, what its headings mean, what each line says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from config.errors import UserError
from config.official import FileKind, OfficialSheet, Sheets
from config.schedule import Name
from engine.official.document_grid import document_grid
from engine.official.grid import Cell, Grid, Line
from engine.official.headings import PASSED, Guess, guesses, is_ignored, meant_by, plain, spellings
from engine.official.table_grid import table_grid
from engine.official.table_out import REFERENCE
from engine.official.wording import BLANK
from engine.sheets.cells import Unreadable, is_blank
from engine.sheets.problems import refused, shown

ENDINGS: Mapping[str, FileKind] = {".xlsx": FileKind.XLSX, ".docx": FileKind.DOCX, ".zip": FileKind.DOCX}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A file to read: as which sheet (None: it is recognised), and what a person said of its headings."""

    path: Path
    sheet: OfficialSheet | None = None
    page: str | None = None
    meanings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A file read: ``columns`` leads from headings to items, ``guesses`` are headings to be confirmed.

    ``missing`` are the headings that an import needs and that are not there.
    """

    sheet: OfficialSheet
    grid: Grid
    columns: Mapping[str, str]
    guesses: tuple[Guess, ...]
    missing: tuple[str, ...]

    @property
    def lines(self) -> Sequence[Line]:
        """Return what stands there of each activity."""
        return self.grid.lines

    @property
    def notes(self) -> Sequence[Name]:
        """Return what a person should know of the reading."""
        return self.grid.notes

    def cells(self, line: Line) -> Mapping[str, Cell]:
        """Return the cells of a line by the items they mean."""
        return {self.columns[name]: cell for name, cell in line.cells.items() if name in self.columns}


def read_official(asked: Asked, sheets: Sheets) -> Reading:
    """Read a file. UserError where it cannot be read, is no such sheet, or is told what it does not have."""
    kind = ENDINGS.get(asked.path.suffix.lower())
    if kind is None:
        raise _no_kind(asked.path)
    if asked.sheet is not None and asked.sheet.file is not kind:
        raise _other_kind(asked.path, asked.sheet)
    chosen = [asked.sheet] if asked.sheet else [one for one in sheets.values() if one.file is kind]
    known = {word: key for one in chosen for word, key in spellings(one).items()}
    told = {plain(heading): item for heading, item in asked.meanings.items()}
    grid = _grid(asked, kind, known | {word: item for word, item in told.items() if item})
    sheet = max(chosen, key=lambda one: _likeness(one, grid))
    return _understood(sheet, grid, _meanings(asked, sheet))


def _grid(asked: Asked, kind: FileKind, known: Mapping[str, str]) -> Grid:
    if kind is FileKind.XLSX:
        return table_grid(asked.path, known, sheet=asked.page)
    grid = document_grid(asked.path, known)
    if not grid.lines:
        raise refused(
            "headings",
            asked.path.name,
            zh="没有找到申报表（左边是 活动名称、活动时间 等标题的表格）。请用空表填写。",
            en="there is no table with labels such as 活动名称 on the left; fill in the blank sheet",
        )
    return grid


def _likeness(sheet: OfficialSheet, grid: Grid) -> float:
    """Return how well a sheet fits what was read: headings known, then the title."""
    known = spellings(sheet)
    own = {plain(one.heading) for one in sheet.columns}
    headings = [plain(one) for one in grid.headings]
    hits = sum(one in known for one in headings) + 0.5 * sum(one in own for one in headings)
    title = BLANK.sub("", sheet.title)
    alike = SequenceMatcher(None, title, grid.titles[:200], autojunk=False).find_longest_match().size
    return hits / max(len(sheet.columns), 1) + 2 * alike / max(len(title), 1)


def _meanings(asked: Asked, sheet: OfficialSheet) -> Mapping[str, str]:
    """Return what a person said of headings, by plain heading; UserError for an item that is not there."""
    found: dict[str, str] = {}
    for heading, word in asked.meanings.items():
        item = meant_by(word, sheet) if word else PASSED
        if item is None or item == REFERENCE:
            known = "、".join(one.heading for one in sheet.columns)
            raise UserError(
                zh=f"“{sheet.name.zh}”没有“{word}”一列；可以对应到：{known}，或留空不导入。",
                en=f"'{sheet.key}' has no column '{word}'; there are: {known}; empty passes it over",
                code="official.no_item",
            )
        found[plain(heading)] = item
    return found


def _understood(sheet: OfficialSheet, grid: Grid, told: Mapping[str, str]) -> Reading:
    known = spellings(sheet)
    columns: dict[str, str] = {}
    unknown = []
    for heading in grid.headings:
        item = told.get(plain(heading), known.get(plain(heading)))
        if item in (PASSED, REFERENCE) or (item is None and is_ignored(heading)):
            continue
        if item is None:
            unknown += [heading] if _says_anything(grid, heading) else []
        elif item in columns.values():
            raise _twice(grid, heading, next(name for name, key in columns.items() if key == item))
        else:
            columns[heading] = item
    taken = set(columns.values())
    return Reading(
        sheet=sheet,
        grid=grid,
        columns=columns,
        guesses=guesses(unknown, sheet, taken),
        missing=tuple(one.heading for one in sheet.columns if one.required and one.key not in taken),
    )


def _says_anything(grid: Grid, heading: str) -> bool:
    cells = (line.cells[heading] for line in grid.lines if heading in line.cells)
    return any(isinstance(cell.raw, Unreadable) or not is_blank(cell.raw) for cell in cells)


def _twice(grid: Grid, heading: str, first: str) -> UserError:
    return refused(
        "headings",
        grid.place,
        zh=f"“{shown(first)}”和“{shown(heading)}”是同一列；请删去一列，或用“列名=”说明哪一列不导入。",
        en=f"“{shown(first)}” and “{shown(heading)}” are the same column; delete one, or map it to nothing",
    )


def _no_kind(path: Path) -> UserError:
    return refused(
        "ending",
        path.name,
        zh=f"不认识的文件类型“{path.suffix or '（无扩展名）'}”。"
        "请另存为 .docx 或 .xlsx（几份 .docx 可打包为 .zip）。",
        en=f"unknown file type '{path.suffix or 'none'}'; save it as .docx or .xlsx (several .docx as .zip)",
    )


def _other_kind(path: Path, sheet: OfficialSheet) -> UserError:
    return refused(
        "ending",
        path.name,
        zh=f"“{sheet.name.zh}”是 .{sheet.file} 文件。请换一个文件，或换一种表格。",
        en=f"'{sheet.key}' is a .{sheet.file} file; give another file, or choose another sheet",
    )
