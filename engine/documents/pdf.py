"""PDF documents: the text they carry, page by page. What a picture shows is not in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pypdfium2 import PdfDocument, PdfiumError, PdfTextPage, raw

from config.schedule import Name
from engine.documents.document import MAX_PAGES, MAX_TEXT, Content, Kind
from engine.documents.flow import tidy
from engine.documents.pdf_strikes import struck_out
from engine.documents.refused import Unreadable, doubt, ranges

_LOCKED = (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
_HYPHEN = re.compile("[\x02\ufffe\uffff]")  # how pdfium writes a hyphen at the end of a line
_NO_CHARACTER = re.compile("[\x00-\x08\x0e-\x1f\ufffd\ue000-\uf8ff]")
_GARBLED = 0.3


@dataclass(frozen=True, slots=True)
class _Page:
    text: str
    shows: bool  # anything at all: a page without text that shows something is a picture
    struck: int = 0


def read_pdf(data: bytes) -> Content:
    """Return the text of a PDF; Unreadable for one that is locked, damaged, too long, or has no text."""
    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        raise Unreadable("locked" if error.err_code in _LOCKED else "damaged") from error
    count = len(document)
    if count > MAX_PAGES:
        raise Unreadable("many_pages", count=count)
    pages = _pages(document, count)
    texts = [page.text for page in pages]
    if not any(texts):
        raise Unreadable("scan" if any(page.shows for page in pages) else "empty")
    _refuse_garbled("".join(texts))
    return Content(kind=Kind.PDF, text=tidy("\f".join(texts)), pages=count, doubts=tuple(_doubts(pages)))


def _doubts(pages: list[_Page]) -> Iterator[Name]:
    if struck := sum(page.struck for page in pages):
        yield doubt("struck", count=struck)
    without = [number for number, page in enumerate(pages, 1) if page.shows and not page.text]
    if without:
        yield doubt("pages", pages=ranges(without))


def _pages(document: PdfDocument, count: int) -> list[_Page]:
    found, length = [], 0
    for number in range(count):
        found.append(_page(document, number))
        length += len(found[-1].text)
        if length > MAX_TEXT:
            raise Unreadable("much_text")
    return found


def _page(document: PdfDocument, number: int) -> _Page:
    try:
        page = document[number]
        characters = page.get_textpage()
        struck = struck_out(page, characters)
        text = _without(characters, struck) if struck else characters.get_text_bounded()
        shows = raw.FPDFPage_CountObjects(page) > 0
    except PdfiumError:
        return _Page("", shows=True)
    page.close()
    return _Page(_HYPHEN.sub("-", text.replace("\r\n", "\n")).strip(), shows=shows, struck=len(struck))


def _without(characters: PdfTextPage, struck: list[tuple[int, int]]) -> str:
    kept, at = [], 0
    for first, last in struck:
        if first > at:
            kept.append(characters.get_text_range(at, first - at))
        at = max(at, last + 1)
    if at < characters.count_chars():
        kept.append(characters.get_text_range(at))
    return "".join(kept)


def _refuse_garbled(text: str) -> None:
    if len(_NO_CHARACTER.findall(text)) > len(text) * _GARBLED:
        raise Unreadable("garbled")
