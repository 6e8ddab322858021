"""What is struck out in a PDF: there it is a thin line drawn over the middle of some characters."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from ctypes import byref, c_float
from itertools import chain
from typing import NamedTuple

from pypdfium2 import PdfPage, PdfTextPage, raw

_MOST_OBJECTS = 20_000
_THIN, _SHORT = 2.5, 4.0  # points
_MIDDLE = (0.2, 0.7)  # of the height of a character; an underline is below it, a rule of a table between two
_BAND = 16


class _Rule(NamedTuple):
    left: float
    right: float
    middle: float


class _Character(NamedTuple):
    number: int
    center: float
    low: float  # the band in which a line strikes it out
    high: float


def struck_out(page: PdfPage, text: PdfTextPage) -> list[tuple[int, int]]:
    """Return the characters of a page that are struck out: first and last, in ascending order."""
    rules = set(_rules(page))
    if not rules:
        return []
    bands = _characters(text)
    found = {number for rule in rules for number in _crossed(bands, rule)}
    spans: list[tuple[int, int]] = []
    for number in sorted(found):
        if spans and _meet(text, spans[-1][1], number):
            spans[-1] = (spans[-1][0], number)
        else:
            spans.append((number, number))
    return spans


def _meet(text: PdfTextPage, last: int, number: int) -> bool:
    """Tell whether two characters follow each other, at most a space between them."""
    return number == last + 1 or (number == last + 2 and text.get_text_range(last + 1, 1).isspace())


def _rules(page: PdfPage) -> Iterator[_Rule]:
    left, bottom, right, top = sides = tuple(c_float() for _ in range(4))
    bounds = tuple(byref(side) for side in sides)
    item_at, type_of = raw.FPDFPage_GetObject, raw.FPDFPageObj_GetType
    for number in range(min(raw.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        item = item_at(page, number)
        if type_of(item) != raw.FPDF_PAGEOBJ_PATH or not raw.FPDFPageObj_GetBounds(item, *bounds):
            continue
        if top.value - bottom.value <= _THIN and right.value - left.value >= _SHORT:
            yield _Rule(left.value, right.value, (top.value + bottom.value) / 2)


def _characters(text: PdfTextPage) -> Mapping[int, list[_Character]]:
    """Return all characters by the band of the page that their middle is in."""
    bands = defaultdict(list)
    box = raw.FS_RECTF()
    for number in range(text.count_chars()):
        # not the tight boxes: of a font that is not at hand they are flat
        if not raw.FPDFText_GetLooseCharBox(text, number, box):
            continue
        bottom, height = box.bottom, box.top - box.bottom
        low, high = bottom + _MIDDLE[0] * height, bottom + _MIDDLE[1] * height
        bands[int((low + high) / 2 // _BAND)].append(
            _Character(number, (box.left + box.right) / 2, low, high)
        )
    return bands


def _crossed(bands: Mapping[int, list[_Character]], rule: _Rule) -> Iterator[int]:
    band = int(rule.middle // _BAND)
    for one in chain.from_iterable(bands.get(near, ()) for near in (band - 1, band, band + 1)):
        if rule.left <= one.center <= rule.right and one.low < rule.middle < one.high:
            yield one.number
