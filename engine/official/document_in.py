"""Tables of a .docx with the place of every cell, by one pass over its XML that builds no tree.

Text that was struck out in a revision is left out, symbols that stand for ticked boxes become boxes.
"""

from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import ZipFile

from config.errors import UserError
from engine.sheets.package import check_package
from engine.sheets.problems import refused

MAIN = "word/document.xml"
MARK = "【需要修改】"
"""What a paragraph begins with that an import put there."""

_SPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}
_UNSEEN = frozenset({"del", "moveFrom", "Fallback", "txbxContent", "pict"})
# Wingdings, as Word's own dialogue puts them
_SYMBOLS = {"52": "☑", "53": "☒", "fe": "☑", "fd": "☒", "fc": "√", "fb": "×", "a8": "□", "6f": "□", "a3": "□"}


@dataclass(slots=True)
class DocumentCell:
    """One cell: its text, how many columns it takes, and the byte at which it ends."""

    text: str = ""
    span: int = 1
    carried: bool = False
    end: int = 0


@dataclass(slots=True)
class DocumentTable:
    """One table, and the lines of text before it and after it."""

    rows: list[list[DocumentCell]] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Document:
    """The tables of a document in their order; ``data`` is the part they were read from.

    ``marks`` are the places of what an import once said was to be mended.
    """

    data: bytes
    prefix: str
    tables: list[DocumentTable]
    marks: list[tuple[int, int]]
    pictures: int


def read_document(handle: BinaryIO, place: str) -> Document:
    """Read the tables of a document. UserError (``sheet.*``) where it is damaged, locked or unsafe."""
    try:
        check_package(handle, place)
        with ZipFile(handle) as package:
            data = _utf8(package.read(MAIN))
    except UserError as error:
        raise damaged(place) if error.code == "sheet.damaged" else error from error
    except (KeyError, OSError, ValueError, RuntimeError) as error:
        raise damaged(place) from error
    reader = _Reader()
    try:
        reader.parser.Parse(data, True)
    except (ExpatError, ValueError, IndexError) as error:
        raise damaged(place) from error
    return Document(
        data=data,
        prefix=reader.prefix,
        tables=reader.tables,
        marks=reader.marks,
        pictures=reader.pictures,
    )


def damaged(place: str) -> UserError:
    """Return the refusal of a file that is no readable document."""
    return refused(
        "damaged",
        place,
        zh="不是完好的 .docx 文档。请用 Word 或 WPS 打开，另存为“Word 文档（.docx）”后再试。",
        en="this is not a sound .docx document; open it in Word or WPS, save it as .docx and try again",
    )


def _utf8(data: bytes) -> bytes:
    """Return the part in UTF-8, so that a byte of it is a place in it."""
    if data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return data
    text = data.decode("utf-16")
    return text[text.find("?>") + 2 :].encode() if text.startswith("<?xml") else text.encode()


class _Reader:
    """Follows the parser: which tables are open, and where the text goes."""

    def __init__(self) -> None:
        self.tables: list[DocumentTable] = []
        self.prefix = "w:"
        self.open: list[DocumentTable] = []
        self.cells: list[DocumentCell] = []
        self.lines: list[str] = []
        self.text: list[str] = []
        self.unseen = self.begun = self.pictures = 0
        self.within = ""  # what the unseen part is that is being passed over
        self.marks: list[tuple[int, int]] = []
        self.reading = False
        self.parser = ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartNamespaceDeclHandler = self._space
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def _space(self, prefix: str | None, uri: str) -> None:
        if uri in _SPACES:
            self.prefix = f"{prefix}:" if prefix else ""

    def _start(self, tag: str, given: dict[str, str]) -> None:
        space, _, name = tag.rpartition(" ")
        if name == ("imagedata" if self.unseen else "blip") and self.within in ("", "pict"):
            self.pictures += 1
        if self.unseen or name in _UNSEEN:
            self.within = self.within or name
            self.unseen += 1
            return
        if space not in _SPACES:
            return
        said = {key.rpartition(" ")[2]: value for key, value in given.items()}
        match name:
            case "tbl":
                self._open_table()
            case "tr" if self.open:
                self.open[-1].rows.append([])
            case "tc" if self.open and self.open[-1].rows:
                cell = DocumentCell()
                self.open[-1].rows[-1].append(cell)
                self.cells.append(cell)
            case "gridSpan" if self.cells:
                self.cells[-1].span = int(said.get("val", "1"))
            case "vMerge" if self.cells:
                self.cells[-1].carried = said.get("val", "continue") == "continue"
            case "t":
                self.reading = True
            case "sym":
                self.text.append(_SYMBOLS.get(said.get("char", "")[-2:].lower(), ""))
            case "p":
                self.begun = self.parser.CurrentByteIndex
            case _ if name in _BREAKS and "pos" not in said:  # a stop of the ruler is no tab
                self.text.append(_BREAKS[name])

    def _open_table(self) -> None:
        table = DocumentTable(before=self.lines)
        self.lines = table.after
        self.tables.append(table)
        self.open.append(table)

    def _end(self, tag: str) -> None:
        name = tag.rpartition(" ")[2]
        if self.unseen:
            self.unseen -= 1
            self.within = self.within if self.unseen else ""
            return
        match name:
            case "t":
                self.reading = False
            case "p":
                self._end_paragraph()
            case "tc" if self.cells:
                self.cells.pop().end = self.parser.CurrentByteIndex
            case "tbl" if self.open:
                self.open.pop()

    def _end_paragraph(self) -> None:
        line = "".join(self.text)
        self.text = []
        if line.startswith(MARK):
            here = self.parser.CurrentByteIndex
            self.marks.append((self.begun, here + len(f"</{self.prefix}p>")))
        elif self.cells:
            cell = self.cells[-1]
            cell.text = f"{cell.text}\n{line}" if cell.text else line
        elif line.strip():
            self.lines.append(line)

    def _characters(self, text: str) -> None:
        if self.reading and not self.unseen:
            self.text.append(text)
