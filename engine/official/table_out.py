"""An official table as .xlsx: title, head line, headings, framed rows, foot; A4, ready to print."""

from collections.abc import Sequence
from copy import copy
from io import BytesIO
from typing import Any, NamedTuple

from config.official import FileKind, OfficialSheet, Turned, Value, What
from engine.sheets.cells import is_live, without_controls
from engine.sheets.problems import refused

REFERENCE = "编号"
"""The heading of the narrow last column that says which case a row is; an import goes by it."""

TITLE_FONT, HEAD_FONT, BODY_FONT = "方正小标宋简体", "黑体", "仿宋"
GREY = "A6A6A6"

_REFERENCE_WIDTH = 15
_MOST_TEXT = 32_767
_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})
_LINE = 19.0


class Written(NamedTuple):
    """One row: its texts in the order of the columns, and which case it is."""

    texts: Sequence[str]
    reference: str


class Around(NamedTuple):
    """The lines about the table: title, head and foot, their blanks filled."""

    title: str
    head: Sequence[str]
    foot: Sequence[str]


def table_bytes(sheet: OfficialSheet, around: Around, rows: Sequence[Written]) -> bytes:
    """Return the workbook of a table."""
    from openpyxl import Workbook  # noqa: PLC0415 - 0.3 s that only this needs

    if sheet.file is not FileKind.XLSX:
        raise ValueError(sheet.file)
    book = Workbook()
    book.properties.creator = book.properties.lastModifiedBy = "duban"
    page = book.active
    page.title = "Sheet1"
    table = _Table(page, sheet)
    table.write(around, rows)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


class _Table:
    """One table on its way onto a page (openpyxl has no types)."""

    def __init__(self, page: Any, sheet: OfficialSheet) -> None:
        from openpyxl.styles import Alignment, Border, Font, Side  # noqa: PLC0415 - as above

        self.page, self.sheet = page, sheet
        self.width = len(sheet.columns)
        thin = Side(style="thin", color="000000")
        self.frame, self.bare = Border(left=thin, right=thin, top=thin, bottom=thin), Border()
        # a charset lets a program without the font take another Chinese one
        self.title = Font(name=TITLE_FONT, size=20, charset=134)
        self.plain = Font(name=BODY_FONT, size=12, charset=134)
        self.strong = Font(name=HEAD_FONT, size=12, charset=134)
        self.grey = Font(name=BODY_FONT, size=8, charset=134, color=GREY)
        self.middle = Alignment(horizontal="center", vertical="center", wrap_text=True)
        self.left = Alignment(horizontal="left", vertical="center", wrap_text=True)
        self.line = Alignment(horizontal="left", vertical="center")
        self.styles: dict[tuple[int, int, int], Any] = {}

    def write(self, around: Around, rows: Sequence[Written]) -> None:
        """Write all of it."""
        top = self._lines_above(around)
        self._headings(top)
        for number, row in enumerate(rows, top + 1):
            self._row(number, row)
        last = top + max(len(rows), 1)
        for number, text in enumerate(around.foot, last + 2):
            self._across(number, text, self.plain, self.line)
        self._print(top, self.page.max_row)
        self._lists(top + 1, last + 200)

    def _lines_above(self, around: Around) -> int:
        lines = [self.sheet.annex] if self.sheet.annex else []
        for number, text in enumerate(lines, 1):
            self._across(number, text, self.strong, self.line)
        at = len(lines) + 1
        self._across(at, around.title, self.title, self.middle)
        self.page.row_dimensions[at].height = 42
        if around.head:
            self._across(at + 1, "        ".join(around.head), self.plain, self.line)
            self.page.row_dimensions[at + 1].height = 24
        return at + 1 + bool(around.head)

    def _across(self, number: int, text: str, font: Any, alignment: Any) -> None:
        self.page.merge_cells(start_row=number, start_column=1, end_row=number, end_column=self.width)
        cell = self.page.cell(number, 1)
        put_text(cell, text)
        cell.font, cell.alignment = font, alignment

    def _headings(self, number: int) -> None:
        from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

        widths = [*(one.width for one in self.sheet.columns), _REFERENCE_WIDTH]
        for at, wide in enumerate(widths, 1):
            self.page.column_dimensions[get_column_letter(at)].width = wide
        for at, one in enumerate(self.sheet.columns, 1):
            self._framed((number, at), one.heading, self.strong, self.middle)
        self._grey(number, REFERENCE)
        lines = _lines(self.sheet, [one.heading for one in self.sheet.columns])
        self.page.row_dimensions[number].height = max(30, lines * _LINE)

    def _row(self, number: int, row: Written) -> None:
        for at, (one, text) in enumerate(zip(self.sheet.columns, row.texts, strict=True), 1):
            centred = one.what in _CENTRED or one.width <= 12
            self._framed((number, at), text, self.plain, self.middle if centred else self.left)
        self._grey(number, row.reference)
        least = 1.5 if row.reference else 2  # a row to be filled in does not grow by itself everywhere
        self.page.row_dimensions[number].height = max(_lines(self.sheet, row.texts), least) * _LINE

    def _framed(self, place: tuple[int, int], text: str, font: Any, alignment: Any) -> None:
        cell, at = self.page.cell(*place), place[1]
        if self.sheet.columns[at - 1].value is Value.NUMBER and text.isdecimal():
            cell.value = int(text)
        else:
            put_text(cell, text)
        self._style(cell, font, alignment, self.frame)

    def _grey(self, number: int, text: str) -> None:
        cell = self.page.cell(number, self.width + 1)
        put_text(cell, text)
        self._style(cell, self.grey, self.line, self.bare)

    def _style(self, cell: Any, font: Any, alignment: Any, frame: Any) -> None:
        """Give a cell its looks; set one by one they would take most of the time of a long table."""
        key = (id(font), id(alignment), id(frame))
        quoted = cell.quotePrefix
        if key in self.styles:
            cell._style = copy(self.styles[key])
        else:
            cell.font, cell.alignment, cell.border = font, alignment, frame
            self.styles[key] = copy(cell._style)
        cell.quotePrefix = quoted

    def _print(self, top: int, last: int) -> None:
        from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

        page = self.page
        page.print_area = (
            f"A1:{get_column_letter(self.width)}{last}"  # what an import goes by is not for paper
        )
        page.freeze_panes = page.cell(top + 1, 1)
        page.print_title_rows = f"{top}:{top}"
        page.page_setup.paperSize = page.PAPERSIZE_A4
        page.page_setup.orientation = "landscape" if self.sheet.turned is Turned.LANDSCAPE else "portrait"
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
        page.sheet_properties.pageSetUpPr.fitToPage = True
        page.print_options.horizontalCentered = True
        page.page_margins.left = page.page_margins.right = 0.6
        page.page_margins.top = page.page_margins.bottom = 0.7
        page.oddFooter.center.text = "第 &P 页，共 &N 页"

    def _lists(self, first: int, last: int) -> None:
        """Offer the choices of a column as a list to pick from; another text is still taken."""
        from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above
        from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415 - as above

        for at, one in enumerate(self.sheet.columns, 1):
            words = ("是", "否") if one.what is What.YES_NO else tuple(one.choices.values())
            told = ",".join(words)
            # Excel takes 255 characters, and a comma ends a word
            if not words or len(told) > 255 or any("," in word or '"' in word for word in words):
                continue
            choice = DataValidation(type="list", formula1=f'"{told}"', allow_blank=True)
            choice.showErrorMessage = False
            choice.add(f"{get_column_letter(at)}{first}:{get_column_letter(at)}{last}")
            self.page.add_data_validation(choice)


_CENTRED = frozenset({What.NOTHING, What.PERIOD, What.DATE, What.NUMBER, What.PHONE, What.YES_NO})


def put_text(cell: Any, text: str) -> None:
    """Write a text into a cell; it never becomes a formula, a number or an error."""
    clean = without_controls(text)
    if len(clean) > _MOST_TEXT:
        raise refused(
            "too_much_text",
            REFERENCE,
            zh=f"有一格超过 {_MOST_TEXT} 个字，.xlsx 装不下；请先缩短。",
            en=f"a cell has more than {_MOST_TEXT} characters, which .xlsx cannot hold; shorten it first",
        )
    cell.value = clean or None
    if clean:
        cell.data_type = "s"
        cell.quotePrefix = is_live(clean) or clean in _ERRORS


def _lines(sheet: OfficialSheet, texts: Sequence[str]) -> float:
    """Return about how many lines the fullest cell of a row takes; a Chinese character is two wide."""
    return max(
        sum(max(-(-_wide(line) // max(one.width - 1, 1)), 1) for line in text.split("\n"))
        for one, text in zip(sheet.columns, texts, strict=True)
    )


def _wide(text: str) -> int:
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text) * 7 // 6
