"""Files as other programs and other people make them."""

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape, unescape
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

HEADINGS = ("序号", "活动名称", "活动时间", "活动地点", "主（承）办单位", "联系人", "联系电话")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

Edit = Callable[[str], str]


def table(path: Path, *rows: Sequence[object], headings: Sequence[str] = HEADINGS) -> Path:
    """Write a bare table: a title, headings, rows."""
    book = Workbook()
    book.active.append(["2023年泉州市全国科普日重点活动汇总表"])
    book.active.append(headings)
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def edited(path: Path, edits: Mapping[str, Edit | None]) -> Path:
    """Edit parts of a package as text; None leaves a part out."""
    out = BytesIO()
    with ZipFile(path) as package, ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name in package.namelist():
            edit = edits.get(name, str)
            if edit is not None:
                data = package.read(name)
                made.writestr(name, edit(data.decode()) if name in edits else data)
    path.write_bytes(out.getvalue())
    return path


def bare(path: Path) -> Path:
    """Take the styles out, as some exports leave them out; texts stay in their cells."""
    gone = re.compile(r"<(?:Override|Relationship)[^>]*styles[^>]*/>")
    return edited(
        path,
        {
            "xl/worksheets/sheet1.xml": lambda text: re.sub(r' s="\d+"', "", text),
            "xl/styles.xml": None,
            "[Content_Types].xml": lambda text: gone.sub("", text),
            "xl/_rels/workbook.xml.rels": lambda text: gone.sub("", text),
        },
    )


def shared(path: Path) -> Path:
    """Put texts into a part of their own, in pieces and with attributes that only WPS writes."""
    texts: list[str] = []

    def moved(found: re.Match[str]) -> str:
        texts.append(unescape(found[2]))
        return f'<c r="{found[1]}" t="s"><v>{len(texts) - 1}</v></c>'

    def sheet(text: str) -> str:
        text = re.sub(r'<c r="(\w+)"[^>]*t="inlineStr"><is><t[^>]*>(.*?)</t></is></c>', moved, text)
        wps = 'xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData" etc:kept="1" xmlns='
        return text.replace("xmlns=", wps, 1)

    edited(path, {"xl/worksheets/sheet1.xml": sheet})
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    part = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    target = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    link = f'<Relationship Id="rId99" Type="{target}" Target="sharedStrings.xml"/></Relationships>'
    edited(
        path,
        {
            "[Content_Types].xml": lambda text: text.replace("</Types>", part),
            "xl/_rels/workbook.xml.rels": lambda text: text.replace("</Relationships>", link),
        },
    )
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    runs = "".join(
        f"<si><r><t>{escape(one[:1])}</t></r><r><t>{escape(one[1:])}</t></r></si>" for one in texts
    )
    with ZipFile(path, "a") as package:
        package.writestr("xl/sharedStrings.xml", f'<sst xmlns="{space}">{runs}</sst>')
    return path


def document(path: Path, body: str, *, prefix: str = "w") -> Path:
    """Write a document with that body; another prefix is another program's."""
    text = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    if prefix != "w":
        text = text.replace("xmlns:w", f"xmlns:{prefix}").replace("w:", f"{prefix}:")
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", types)
        package.writestr("word/document.xml", text)
    return path


def rows(*lines: Sequence[str]) -> str:
    """Return a table of a document; what begins with ``<`` is taken as it is."""
    cells = (
        "".join(f"<w:tc>{one if one.startswith('<') else paragraph(one)}</w:tc>" for one in line)
        for line in lines
    )
    return f"<w:tbl>{''.join(f'<w:tr>{line}</w:tr>' for line in cells)}</w:tbl>"


def paragraph(text: str) -> str:
    """Return a paragraph of a document."""
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
