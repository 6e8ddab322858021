"""Word documents: the text that stands once all tracked changes are accepted, without what is struck out."""

from collections import Counter
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from engine.documents.document import Content, Kind
from engine.documents.flow import Flow, row_text, tidy
from engine.documents.numbering import Numbering
from engine.documents.parts import Package, attribute, child, is_on, local
from engine.documents.refused import Unreadable, doubt
from engine.documents.styles import Styles

_MAIN = "word/document.xml"
_GONE = frozenset(("del", "moveFrom"))
_PLAIN = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_DRAWN = frozenset(("drawing", "pict", "object"))
_PICTURES = frozenset(("pic", "imagedata"))
_SHORT = 200
"""Characters; a document with fewer and with pictures is mostly pictures."""


def read_package(data: bytes) -> Content:
    """Return the text of a Word document; Unreadable for any other package."""
    package = Package(data)
    root = package.tree(_MAIN)
    if root is None:
        raise Unreadable(package.other_kind())
    body = _Body(
        Styles.of(package.tree("word/styles.xml")),
        Numbering(package.tree("word/numbering.xml")),
    )
    try:
        text = tidy(body.read(root))
    except RecursionError as error:
        raise Unreadable("damaged") from error
    pictures = sum(local(one) in _PICTURES for one in root.iter())
    if pictures and not text.strip():
        raise Unreadable("scan")
    if pictures and len(text) < _SHORT:
        body.seen["pictures"] = pictures
    doubts = tuple(doubt(code, count=count) for code, count in body.seen.items())
    return Content(kind=Kind.WORD, text=text, doubts=doubts)


class _Body:
    """Goes through a document in the order of its text."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.seen: Counter[str] = Counter()  # what was left out
        self._styles = styles
        self._numbering = numbering

    def read(self, root: Element) -> str:
        flow = Flow()
        self._blocks(child(root, "body") or (), flow)
        return flow.text()

    def _blocks(self, parent: Iterable[Element], flow: Flow) -> None:
        for one in parent:
            name = local(one)
            if name == "p":
                self._paragraph(one, flow)
            elif name == "tbl":
                self._table(one, flow)
            elif name == "altChunk":
                self.seen["embedded"] += 1
            elif name in _GONE:
                self.seen["deleted"] += 1
            else:  # content controls, insertions and other clothes
                self._blocks(_chosen(one), flow)

    def _paragraph(self, paragraph: Element, flow: Flow) -> None:
        properties = child(paragraph, "pPr")
        boxes: list[Element] = []
        text = "".join(self._inline(paragraph, properties, boxes))
        ends = child(properties, "rPr", "del") is None  # else it goes on in the next one
        counted = self._styles.numbering(properties)
        if counted and ends and flow.fresh and text.strip():
            flow.add(self._numbering.label(*counted))
        flow.add(text)
        if ends:
            flow.end_line()
        for box in boxes:
            flow.end_line()
            self._blocks(box, flow)

    def _inline(
        self, parent: Iterable[Element], paragraph: Element | None, boxes: list[Element]
    ) -> Iterator[str]:
        for one in parent:
            name = local(one)
            if name == "r":
                yield from self._run(one, paragraph, boxes)
            elif name in _GONE:
                self.seen["deleted"] += any(local(each) in ("delText", "t") for each in one.iter())
            elif not name.endswith("Pr") and name != "rt":
                yield from self._inline(_chosen(one), paragraph, boxes)

    def _run(self, run: Element, paragraph: Element | None, boxes: list[Element]) -> Iterator[str]:
        properties = child(run, "rPr")
        text = "".join(self._pieces(run, paragraph, boxes))
        if text.strip() and self._styles.is_struck(properties, paragraph):
            self.seen["struck"] += 1
        elif text.strip() and is_on(child(properties, "vanish")):
            self.seen["hidden"] += 1
        else:
            yield text

    def _pieces(self, run: Element, paragraph: Element | None, boxes: list[Element]) -> Iterator[str]:
        for one in run:
            name = local(one)
            if name == "t":
                yield one.text or ""
            elif name in _PLAIN:
                yield _PLAIN[name]
            elif name == "ruby":
                yield from self._inline(one, paragraph, boxes)
            elif name in _DRAWN or name == "AlternateContent":
                boxes.extend(_text_boxes(one))

    def _table(self, table: Element, flow: Flow) -> None:
        flow.end_line()
        for row in _named(table, "tr"):
            if child(row, "trPr", "del") is not None:
                self.seen["deleted"] += 1
                continue
            flow.add(row_text([self._cell(cell) for cell in _named(row, "tc")]))
            flow.end_line()

    def _cell(self, cell: Element) -> str:
        properties = child(cell, "tcPr")
        merged = [child(properties, name) for name in ("vMerge", "hMerge")]
        if any(one is not None and attribute(one, "val") != "restart" for one in merged):
            return ""
        inner = Flow()
        self._blocks(cell, inner)
        return inner.text()


def _chosen(element: Element) -> Iterable[Element]:
    """Return the children of an element; of two ways to show the same thing the first."""
    return element[:1] if local(element) == "AlternateContent" else element


def _named(parent: Element, name: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, also those in content controls or insertions."""
    for one in parent:
        if local(one) == name:
            yield one
        elif local(one) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _named(one, name)


def _text_boxes(drawn: Element) -> Iterator[Element]:
    for one in _chosen(drawn):
        if local(one) == "txbxContent":
            yield one
        else:
            yield from _text_boxes(one)
