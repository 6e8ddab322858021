"""The parts and pieces of a .docx that never change: types, relations, fonts, styles, a paragraph."""

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def run(text: str, *, size: int, font: str = "仿宋", colour: str | None = None) -> str:
    """Return a run of text; ``size`` counts half points. A tab in it is a tab."""
    shade = f'<w:color w:val="{colour}"/>' if colour else ""
    fonts = f'<w:rFonts w:ascii="{font}" w:eastAsia="{font}" w:hAnsi="{font}" w:hint="eastAsia"/>'
    said = escape(text).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return (
        f'<w:r><w:rPr>{fonts}{shade}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
        f'<w:t xml:space="preserve">{said}</w:t></w:r>'
    )


def paragraph(runs: Sequence[str], *, align: str = "left", after: int = 0, tab: int | None = None) -> str:
    """Return a paragraph of some runs; ``tab`` is where a tab leads, flush right."""
    stop = f'<w:tabs><w:tab w:val="right" w:pos="{tab}"/></w:tabs>' if tab else ""
    spacing = f'<w:spacing w:before="0" w:after="{after}"/>'
    return f'<w:p><w:pPr>{stop}{spacing}<w:jc w:val="{align}"/></w:pPr>{"".join(runs)}</w:p>'


def section(*, landscape: bool) -> str:
    """Return the end of a document: an A4 page with its margins."""
    width, height = (16838, 11906) if landscape else (11906, 16838)
    turned = ' w:orient="landscape"' if landscape else ""
    margins = 'w:top="1417" w:right="1417" w:bottom="1134" w:left="1417" w:header="850" w:footer="850"'
    return (
        f'<w:sectPr><w:pgSz w:w="{width}" w:h="{height}"{turned}/><w:pgMar {margins} w:gutter="0"/>'
        "</w:sectPr></w:body></w:document>"
    )


def _font(name: str, instead: str) -> str:
    return (
        f'<w:font w:name="{name}"><w:altName w:val="{instead}"/><w:charset w:val="86"/>'
        '<w:family w:val="auto"/><w:pitch w:val="default"/></w:font>'
    )


def _relations(*pairs: tuple[str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(pairs, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


FIXED_PARTS: Mapping[str, str] = {
    "[Content_Types].xml": (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
        f'<Override PartName="/word/fontTable.xml" ContentType="{_WORD}.fontTable+xml"/></Types>'
    ),
    "_rels/.rels": _relations(("officeDocument", "word/document.xml")),
    "word/_rels/document.xml.rels": _relations(("styles", "styles.xml"), ("fontTable", "fontTable.xml")),
    "word/styles.xml": (
        f'{_HEAD}<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>'
        '<w:rFonts w:ascii="仿宋" w:eastAsia="仿宋" w:hAnsi="仿宋"/><w:sz w:val="24"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
        "</w:styles>"
    ),
    "word/fontTable.xml": (
        f'{_HEAD}<w:fonts xmlns:w="{_W}">{_font("方正小标宋简体", "宋体")}{_font("仿宋", "FangSong")}'
        f"{_font('黑体', 'SimHei')}</w:fonts>"
    ),
}
"""Every part but the text itself. The fonts name what stands in for them where they are missing."""
