"""The XML parts of a package (docx), each read by itself and only so far as is safe."""

import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import NoReturn
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from engine.documents.refused import Unreadable

MAX_PART = 32 * 2**20
"""Bytes of one part; the text of 200 pages takes a tenth of it."""
MAX_TAGS = 2_000_000

_MAX_ENTRIES = 10_000
_BROKEN = (
    BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    RuntimeError,
)
_OTHERS = {
    "xl/workbook.xml": "sheet",
    "xl/workbook.bin": "sheet",
    "ppt/presentation.xml": "slides",
    "OFD.xml": "ofd",
}


class Package:
    """A packed document. Only the parts asked for are unpacked, so what else it holds cannot do harm."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = ZipFile(BytesIO(data))
        except _BROKEN as error:
            raise Unreadable("damaged") from error
        self.names = frozenset(self._zip.namelist())
        if len(self.names) > _MAX_ENTRIES:
            raise Unreadable("heavy")

    def other_kind(self) -> str:
        """Return why a package without a Word document is not read."""
        return next((why for name, why in _OTHERS.items() if name in self.names), "archive")

    def tree(self, name: str) -> Element | None:
        """Return a part as a tree, None where there is none; Unreadable if it is broken or a bomb."""
        if name not in self.names:
            return None
        parser = XMLParser(target=_Tree())  # noqa: S314  a document type, and so any entity, is refused
        try:
            parser.feed(self._bytes(name))
            root: Element = parser.close()
        except (ParseError, LookupError, ValueError) as error:
            raise Unreadable("damaged") from error
        return root

    def _bytes(self, name: str) -> bytes:
        entry = self._zip.getinfo(name)
        if entry.flag_bits & 1:
            raise Unreadable("locked")
        # the other methods unpack without a bound, whatever is asked of them
        if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise Unreadable("damaged")
        try:
            with self._zip.open(entry) as part:
                data = part.read(MAX_PART + 1)
        except _BROKEN as error:
            raise Unreadable("damaged") from error
        if len(data) > MAX_PART or data.count(b"<") > MAX_TAGS:
            raise Unreadable("heavy")
        return data


class _Tree(TreeBuilder):
    def doctype(self, name: str, pubid: str | None, system: str | None) -> NoReturn:
        """Refuse a document type before anything in it counts."""
        raise Unreadable("unsafe")


def local(element: Element) -> str:
    """Return the name of an element without its namespace, of which Word has two sets."""
    return element.tag.rpartition("}")[2]


def attribute(element: Element | None, name: str) -> str | None:
    """Return an attribute by its name without the namespace."""
    if element is None:
        return None
    found: Mapping[str, str] = element.attrib
    return next((value for key, value in found.items() if key.rpartition("}")[2] == name), None)


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first child of that name, or the child of a child; None where there is none."""
    for name in path:
        if element is None:
            return None
        element = next((one for one in element if local(one) == name), None)
    return element


def is_on(element: Element | None) -> bool:
    """Tell whether a property that is there or not (``<w:strike/>``) holds."""
    return element is not None and attribute(element, "val") not in ("0", "false", "off", "none")
