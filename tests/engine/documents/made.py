"""Documents for tests, each made here: Word by its XML, PDF by its bytes."""

from collections.abc import Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

SENTENCE = "请于2023年9月30日前报送总结。"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def packed(parts: dict[str, str | bytes]) -> bytes:
    """Return a package with these parts."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def word(body: str, *, before: str = "", **parts: str) -> bytes:
    """Return a Word document with this body; ``styles`` and ``numbering`` are parts of their own."""
    document = f"{before}<w:document {_W} {_MC}><w:body>{body}</w:body></w:document>"
    others = {f"word/{name}.xml": f"<w:{name} {_W}>{part}</w:{name}>" for name, part in parts.items()}
    return packed({"word/document.xml": document, **others})


def paragraph(text: str, properties: str = "") -> str:
    """Return a paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def run(text: str, properties: str = "") -> str:
    """Return a run of text."""
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def row(*cells: str) -> str:
    """Return a row of a table; a cell may begin with its properties."""
    inner = (cell if cell.startswith("<") else paragraph(cell) for cell in cells)
    return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in inner)}</w:tr>"


def pdf(*pages: Sequence[str], rules: Sequence[str] = (), trailer: str = "") -> bytes:
    """Return a PDF of pages with these lines, 20 points high, from 700 down; ``rules`` are drawn on each."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", *_font()]
    kids = []
    for lines in pages:
        shown = "".join(
            f"BT /F 20 Tf 50 {700 - 40 * number} Td <{line.encode('utf-16-be').hex()}> Tj ET\n"
            for number, line in enumerate(lines)
        )
        content = (shown + "".join(f"{rule} re f\n" for rule in rules)).encode()
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
        kids.append(len(objects) + 1)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 1200 800]"
            b"/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>" % len(objects)
        )
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (
        len(kids),
        b" ".join(b"%d 0 R" % kid for kid in kids),
    )
    return _assembled(objects, trailer)


def _font() -> list[bytes]:
    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        b"1 beginbfrange <0000> <FFFF> <0000> endbfrange\nendcmap end end"
    )
    return [
        b"<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/Identity-H/DescendantFonts[4 0 R]"
        b"/ToUnicode 5 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Song/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/DW 1000/FontDescriptor 6 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(cmap), cmap),
        b"<</Type/FontDescriptor/FontName/Song/Flags 4/Ascent 880/Descent -120/CapHeight 700/ItalicAngle 0"
        b"/StemV 80/FontBBox[0 -120 1000 880]>>",
    ]


def _assembled(objects: Sequence[bytes], trailer: str) -> bytes:
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
        + b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer.encode(), len(out))
    )


LOCK = (
    f"/Encrypt<</Filter/Standard/V 1/R 2/P -44/O<{'a1' * 32}>/U<{'b2' * 32}>>>/ID[<{'c3' * 16}><{'c3' * 16}>]"
)
"""Puts a password on a PDF: nobody knows it."""
