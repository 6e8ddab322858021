"""The numbers that Word puts before a paragraph: 一、 （二） 3. ④. They stand nowhere in its text."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from xml.etree.ElementTree import Element

from engine.documents.parts import attribute, child, local

_DIGITS = "〇一二三四五六七八九"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_SMALL = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_PLACE = re.compile(r"%([1-9])")
_MOST = 9999


def chinese(number: int) -> str:
    """Return a number in Chinese: 十, 二十一, 一百零五."""
    text, gap = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, power)
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + unit
        gap = not digit
    return text.removeprefix("一") if text.startswith("一十") else text


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    text = ""
    for value, sign in (*_ROMAN, *_ROMAN_SMALL):
        times, number = divmod(number, value)
        text += sign * times
    return text


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if number <= 20 else str(number)


_FORMS: Mapping[str, Callable[[int], str]] = MappingProxyType(
    {
        "chineseCounting": chinese,
        "chineseCountingThousand": chinese,
        "japaneseCounting": chinese,
        "taiwaneseCounting": chinese,
        "taiwaneseCountingThousand": chinese,
        "ideographDigital": lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
        "ideographTraditional": lambda number: _STEMS[(number - 1) % 10],
        "ideographZodiac": lambda number: _BRANCHES[(number - 1) % 12],
        "decimalEnclosedCircle": _circled,
        "decimalEnclosedCircleChinese": _circled,
        "decimalZero": lambda number: f"{number:02}",
        "lowerLetter": _letters,
        "upperLetter": lambda number: _letters(number).upper(),
        "lowerRoman": _roman,
        "upperRoman": lambda number: _roman(number).upper(),
        "bullet": lambda _: "•",
        "none": lambda _: "",
    }
)


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int

    def shown(self, number: int) -> str:
        if not 0 < number <= _MOST:
            return str(number)
        return _FORMS.get(self.form, str)(number)


@dataclass(slots=True)
class _List:
    """One list of the document, with how far it has counted."""

    levels: Mapping[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)

    def next(self, depth: int) -> str:
        level = self.levels.get(depth)
        if level is None:
            return ""
        self.counts[depth] = self.counts.get(depth, level.start - 1) + 1
        for deeper in [one for one in self.counts if one > depth]:
            del self.counts[deeper]
        if level.form == "bullet":
            return "• "
        label = _PLACE.sub(lambda found: self._at(int(found[1]) - 1), level.text)
        return f"{label} " if label[-1:].isascii() and label else label

    def _at(self, depth: int) -> str:
        level = self.levels.get(depth)
        return level.shown(self.counts.get(depth, level.start)) if level else ""


class Numbering:
    """Counts the numbered paragraphs of a document in their order."""

    def __init__(self, root: Element | None) -> None:
        parts = list(root) if root is not None else []
        abstract = {
            attribute(one, "abstractNumId"): _List(_levels(one))
            for one in parts
            if local(one) == "abstractNum"
        }
        self._lists: dict[str, _List] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        for one in parts:
            found = abstract.get(attribute(child(one, "abstractNumId"), "val"))
            number = attribute(one, "numId")
            if local(one) == "num" and found and number:
                self._lists[number] = found
                self._restarts[number] = _restarts(one)

    def label(self, number: str, depth: int) -> str:
        """Return what stands before the next paragraph of a list."""
        found = self._lists.get(number)
        if found is None:
            return ""
        restarts = self._restarts[number]
        if depth in restarts:
            found.counts[depth] = restarts.pop(depth) - 1
        return found.next(depth)


def _levels(abstract: Element) -> dict[int, _Level]:
    return {
        _number(attribute(one, "ilvl"), 0): _Level(
            attribute(child(one, "numFmt"), "val") or "decimal",
            attribute(child(one, "lvlText"), "val") or "",
            _number(attribute(child(one, "start"), "val"), 1),
        )
        for one in abstract
        if local(one) == "lvl"
    }


def _restarts(number: Element) -> dict[int, int]:
    found = [(one, child(one, "startOverride")) for one in number if local(one) == "lvlOverride"]
    return {
        _number(attribute(one, "ilvl"), 0): _number(attribute(start, "val"), 1)
        for one, start in found
        if start is not None
    }


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else default
