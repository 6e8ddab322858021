"""Paper as an authority writes it (GB/T 9704): A4, its margins and type, numbered pages; tables and charts.

python-docx comes with ``duban[documents]`` and is imported only here, and only when a report is written.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from config.errors import UserError
from engine.rollup.archive import settled
from engine.rollup.charts import Bars, chart_book, chart_xml
from engine.sheets.cells import without_controls

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.text.paragraph import Paragraph

TITLE, BODY, HEADING, SUBHEADING, SMALL = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
_WIDTH_MM, _LINE = 156, 28  # between the margins; points from line to line
_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MM = 36_000  # EMU


class Column(NamedTuple):
    """One column of a table; without a width it shares what the others leave."""

    heading: str
    width_mm: int | None = None
    centred: bool = False

    @property
    def width(self) -> int:
        """Return how wide it is, as Word counts."""
        return (self.width_mm or 0) * _MM


class Paper:
    """One document being written, from the top."""

    def __init__(self, title: str, *, at: datetime) -> None:
        self._at = at
        self._document = _blank(title, at)
        self._charts = self._tables = 0
        self.line(title, font=TITLE, size=22, centred=True, after=16)

    def line(  # noqa: PLR0913  how a line looks has that many sides
        self,
        text: str,
        *,
        font: str = BODY,
        size: int = 16,
        centred: bool = False,
        right: bool = False,
        indent: bool = False,
        after: int = 0,
        keep: bool = False,
    ) -> None:
        """Add a line or paragraph of its own."""
        paragraph = self._document.add_paragraph()
        _laid(paragraph, centred=centred, right=right, indent=indent, after=after)
        paragraph.paragraph_format.keep_with_next = keep
        _written(paragraph, text, font=font, size=size)

    def section(self, text: str) -> None:
        """Begin a section: 一、总体情况."""
        self.line(text, font=HEADING, indent=True, keep=True)

    def say(self, text: str) -> None:
        """Add a paragraph of the body."""
        self.line(text, indent=True)

    def table(
        self, caption: str, columns: Sequence["str | Column"], rows: Sequence[Sequence[str | int]]
    ) -> None:
        """Add a table; its headings stand again on each page, its numbers to the right.

        Without a caption it is not counted among the tables.
        """
        if caption:
            self._tables += 1
            self.line(f"表{self._tables}　{caption}", font=SUBHEADING, size=14, centred=True, keep=True)
        laid = _shared([Column(one) if isinstance(one, str) else one for one in columns])
        table = self._document.add_table(rows=0, cols=len(laid), style="Table Grid")
        table.autofit = False
        for added, one in zip(table.columns, laid, strict=True):
            added.width = one.width
        _row(table, [one.heading for one in laid], laid, first=True)
        for row in rows:
            _row(table, row, laid)
        self.line("", size=8)

    def note(self, text: str, *, keep: bool = False) -> None:
        """Add a note in small type, its lines close together."""
        paragraph = self._document.add_paragraph()
        _laid(paragraph, line=18)
        paragraph.paragraph_format.keep_with_next = keep
        _written(paragraph, text, font=BODY, size=12)

    def mark(self, text: str) -> None:
        """Write a small line at the foot of every page, under its number."""
        paragraph = self._document.sections[0].footer.add_paragraph()
        _laid(paragraph, centred=True, line=None)
        _written(paragraph, text, font=SMALL, size=9)

    def chart(self, bars: Bars) -> None:
        """Add a chart and its caption."""
        self._charts += 1
        paragraph = self._document.add_paragraph()
        _laid(paragraph, centred=True, line=None, before=8)
        paragraph.paragraph_format.keep_with_next = True
        reference = self._kept(bars)
        upright_mm = 70 if not bars.level else min(35 + 9 * len(bars.categories), 200)
        frame = _frame(reference, self._charts, bars.title, upright_mm)
        paragraph.add_run()._r.append(frame)
        self.line(f"图{self._charts}　{bars.title}", font=SUBHEADING, size=14, centred=True, after=8)

    def _kept(self, bars: Bars) -> str:
        """Keep a chart and its workbook as parts of the document; return how the text refers to it."""
        from docx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415  an extra
        from docx.opc.packuri import PackURI  # noqa: PLC0415
        from docx.opc.part import Part  # noqa: PLC0415

        package, number = self._document.part.package, self._charts
        chart = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART, chart_xml(bars), package)
        place = PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx")
        chart.relate_to(Part(place, _BOOK, chart_book(bars, self._at), package), RELATIONSHIP_TYPE.PACKAGE)
        return self._document.part.relate_to(chart, RELATIONSHIP_TYPE.CHART)

    def bytes(self) -> bytes:
        """Return the file: the same content gives the same bytes."""
        made = BytesIO()
        self._document.save(made)
        return settled(made.getvalue(), self._at)


def _blank(title: str, at: datetime) -> "Document":
    try:
        from docx import Document as new_document  # noqa: PLC0415, N813  an extra; a function despite its name
        from docx.shared import Mm, Pt  # noqa: PLC0415
    except ImportError as error:
        raise UserError(
            zh="写 Word 文件需要另装组件。请管理员安装 duban[documents] 后再试。",
            en="a Word file needs another part; have duban[documents] installed and try again",
            code="rollup.no_documents",
        ) from error
    document = new_document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin = Mm(37), Mm(35)
    page.left_margin, page.right_margin = Mm(28), Mm(26)
    page.footer_distance = Mm(25)
    style = document.styles["Normal"]
    style.font.size = Pt(16)
    _typed(style.element.get_or_add_rPr(), BODY)
    core = document.core_properties
    core.title, core.author, core.comments = without_controls(title), "duban", ""
    core.created = core.modified = at.astimezone(UTC).replace(tzinfo=None)
    _numbered(page.footer.paragraphs[0])
    return document


def _laid(  # noqa: PLR0913  see Paper.line
    paragraph: "Paragraph",
    *,
    centred: bool = False,
    right: bool = False,
    indent: bool = False,
    before: int = 0,
    after: int = 0,
    line: int | None = _LINE,
) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING  # noqa: PLC0415  an extra
    from docx.shared import Pt  # noqa: PLC0415

    form = paragraph.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    if line is not None:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.AT_LEAST, Pt(line)
    if indent:
        form.first_line_indent = Pt(32)  # two characters of the body
    if centred or right:
        form.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.RIGHT


def _written(paragraph: "Paragraph", text: str, *, font: str, size: int) -> None:
    from docx.shared import Pt  # noqa: PLC0415  an extra

    run = paragraph.add_run(without_controls(text).replace("\ufffd", ""))  # no box on paper
    run.font.size = Pt(size)
    _typed(run._r.get_or_add_rPr(), font)


def _typed(properties: Any, font: str) -> None:
    """Name the type for both scripts: figures and letters stay in the type of the Chinese text's rank."""
    fonts = properties.get_or_add_rFonts()
    latin = "Times New Roman" if font == BODY else font
    for script, name in {"ascii": latin, "hAnsi": latin, "cs": latin, "eastAsia": font}.items():
        fonts.set(_qualified(f"w:{script}"), name)


def _numbered(paragraph: "Paragraph") -> None:
    """Write “— 1 —” at the foot of each page."""
    _laid(paragraph, centred=True, line=None)
    _written(paragraph, "— ", font=SMALL, size=14)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        _typed(run._r.get_or_add_rPr(), SMALL)
        if kind:
            run._r.append(_element("w:fldChar", {"w:fldCharType": kind}))
        else:
            code = _element("w:instrText", {"xml:space": "preserve"})
            code.text = text
            run._r.append(code)
    _written(paragraph, " —", font=SMALL, size=14)


def _shared(columns: Sequence[Column]) -> list[Column]:
    """Return the columns with a width each."""
    open_ = sum(one.width_mm is None for one in columns)
    left = _WIDTH_MM - sum(one.width_mm or 0 for one in columns)
    return [one if one.width_mm else one._replace(width_mm=left // open_) for one in columns]


def _row(table: Any, values: Sequence[str | int], columns: Sequence[Column], *, first: bool = False) -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT  # noqa: PLC0415  an extra

    added = table.add_row()
    _marked(added._tr, "w:cantSplit", *(["w:tblHeader"] if first else []))
    for cell, value, column in zip(added.cells, values, columns, strict=True):
        cell.width, cell.vertical_alignment = column.width, WD_CELL_VERTICAL_ALIGNMENT.CENTER
        paragraph = cell.paragraphs[0]
        _laid(paragraph, centred=first or column.centred, right=isinstance(value, int), line=18)
        _written(paragraph, str(value), font=HEADING if first else BODY, size=12)


def _marked(row: "BaseOxmlElement", *marks: str) -> None:
    """Keep a row on one page; with ``w:tblHeader``, say it again on each."""
    properties: Any = row
    for mark in marks:
        properties.get_or_add_trPr().append(_element(mark, {"w:val": "true"}))


def _frame(reference: str, number: int, title: str, upright_mm: int) -> "BaseOxmlElement":
    """Return the drawing that shows a chart in the text."""
    from docx.oxml import parse_xml  # noqa: PLC0415  an extra
    from docx.oxml.ns import nsdecls  # noqa: PLC0415

    chart = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    made = parse_xml(
        f'<w:drawing {nsdecls("w", "wp", "a", "r")}><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{(_WIDTH_MM - 6) * _MM}" cy="{upright_mm * _MM}"/>'
        f'<wp:docPr id="{1000 + number}" name="chart{number}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{chart}"><c:chart xmlns:c="{chart}" r:id="{reference}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    made.find(f".//{{{made.nsmap['wp']}}}docPr").set("descr", without_controls(title))
    return made


def _element(name: str, attributes: dict[str, str]) -> "BaseOxmlElement":
    from docx.oxml import OxmlElement  # noqa: PLC0415  an extra

    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(_qualified(key), value)
    return made


def _qualified(name: str) -> str:
    from docx.oxml.ns import qn  # noqa: PLC0415  an extra

    return qn(name)
