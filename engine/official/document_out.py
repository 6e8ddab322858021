"""An official sheet as .docx: a framed table with labels left and values right, one activity a document.

The few parts that such a document needs are written as they are: the same text always gives the same bytes.
"""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from config.official import Item, OfficialSheet, Turned, What
from engine.official.document_parts import FIXED_PARTS, paragraph, run, section
from engine.official.table_out import GREY, Around
from engine.sheets.cells import unix_lines, without_controls

REFERENCE = "编号："
"""What the grey last line of a document begins with; an import goes by it."""

_PORTRAIT = (1700, 2836, 1700, 2836)
_LANDSCAPE = (2000, 4999, 2000, 4999)
_LOW, _HIGH = 600, 4200
_EPOCH = (1980, 1, 1, 0, 0, 0)


class Documents:
    """Writes the documents of one sheet."""

    def __init__(self, sheet: OfficialSheet) -> None:
        self.sheet = sheet
        self.grid = _LANDSCAPE if sheet.turned is Turned.LANDSCAPE else _PORTRAIT
        tall = sum(one.what is What.LONG_TEXT for one in sheet.columns)
        self.high = max(_HIGH // max(tall, 1), _LOW * 2)

    def document(self, texts: Mapping[str, str], around: Around, *, reference: str) -> bytes:
        """Return one document; ``texts`` are its values by item."""
        body = "".join(self._body(texts, around, reference))
        out = BytesIO()
        with ZipFile(out, "w", ZIP_DEFLATED) as package:
            for name, part in {**FIXED_PARTS, "word/document.xml": body}.items():
                package.writestr(ZipInfo(name, _EPOCH), part, ZIP_DEFLATED)
        return out.getvalue()

    def _body(self, texts: Mapping[str, str], around: Around, reference: str) -> Iterator[str]:
        wide = sum(self.grid)
        yield _OPENING
        if self.sheet.annex:
            yield paragraph([run(_said(self.sheet.annex), size=32, font="黑体")])
        yield paragraph([run(_said(around.title), size=40, font="方正小标宋简体")], align="center", after=240)
        if around.head:
            parts = [run(_said(around.head[0]), size=24)]
            parts += [run(f"\t{_said(one)}", size=24) for one in around.head[1:]]
            yield paragraph(parts, tab=wide)
        yield from self._table(texts)
        for line in around.foot:
            yield paragraph([run(_said(line), size=24)])
        if reference:
            yield paragraph([run(_said(REFERENCE + reference), size=16, colour=GREY)])
        yield section(landscape=self.sheet.turned is Turned.LANDSCAPE)

    def _table(self, texts: Mapping[str, str]) -> Iterator[str]:
        yield _TABLE.format(wide=sum(self.grid))
        yield "".join(f'<w:gridCol w:w="{width}"/>' for width in self.grid) + "</w:tblGrid>"
        for row in self.sheet.rows:
            yield from self._row([self.sheet.by_key[key] for key in row], texts)
        yield "</w:tbl>"

    def _row(self, items: Sequence[Item], texts: Mapping[str, str]) -> Iterator[str]:
        tall = any(one.what is What.LONG_TEXT for one in items)
        yield f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{self.high if tall else _LOW}"/></w:trPr>'
        alone = len(items) == 1
        for at, one in enumerate(items):
            yield _cell(self.grid[at * 2], 1, [_said(one.heading)], align="center")
            width = sum(self.grid[1:]) if alone else self.grid[at * 2 + 1]
            lines = _said(texts.get(one.key, "")).split("\n")
            yield _cell(width, 3 if alone else 1, lines, top=one.what is What.LONG_TEXT)
        yield "</w:tr>"


def _cell(width: int, span: int, lines: Sequence[str], *, align: str = "left", top: bool = False) -> str:
    merged = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    held = f'<w:vAlign w:val="{"top" if top else "center"}"/>'
    inner = "".join(paragraph([run(line, size=24)], align=align) for line in lines)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}{held}</w:tcPr>{inner}</w:tc>'


def _said(text: str) -> str:
    return without_controls(unix_lines(text))


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OPENING = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document xmlns:w="{_W}"><w:body>'
_EDGES = "".join(
    f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TABLE = (
    '<w:tbl><w:tblPr><w:tblW w:w="{wide}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>'
    + _EDGES
    + '</w:tblBorders><w:tblLayout w:type="fixed"/>'
    '<w:tblCellMar><w:top w:w="57" w:type="dxa"/><w:bottom w:w="57" w:type="dxa"/></w:tblCellMar>'
    "</w:tblPr><w:tblGrid>"
)
