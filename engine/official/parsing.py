"""What a place of an official sheet means, in the ways people fill it in. Each raises ``Wrong``."""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from unicodedata import normalize

from config.official import Item, OfficialSheet, What
from engine.official.amounts import amount, people
from engine.official.wording import BLANK, NOTED
from engine.sheets import values as cells
from engine.sheets.cells import Raw, as_text, is_blank
from engine.sheets.days import day, period, with_digits
from engine.sheets.problems import Wrong

Meant = dict[str, Any]
"""Values by the keys of items: what a place says, None where it says nothing."""

_MARKED = frozenset("☑☒✓✔√■●◉▣")
_BOXED = frozenset("□☐○◯◻▢☑☒■▣")
_BRACKETS = rf"[（(\[【〔]\s*([{''.join(_MARKED)}vV]?)\s*[)）\]】〕]"
_ALL_MARKS = "".join(_MARKED | _BOXED) + " "
_PART_OF_DAY = r"(?:上午|下午|晚上|晚|早上|中午|凌晨|全天)"
_CLOCK = r"\d{1,2}\s*(?::\s*\d{2}(?::\d{2})?|[时点](?:\s*\d{1,2}\s*分|半)?)"
_TO = r"\s*(?:-|—+|–|~|至|到)\s*"
_TIME = rf"{_PART_OF_DAY}?\s*{_CLOCK}"
_TIMES = re.compile(rf"(?<=[日号\s)]){_TIME}(?:{_TO}{_TIME})?|(?<=[日号])\s*{_PART_OF_DAY}")
_WEEKDAY = re.compile(rf"\(?(?:星期|周)[一二三四五六日天](?:{_TO}(?:星期|周)?[一二三四五六日天])?\)?")
_DAYS = re.compile(r"(.*?)(\d{1,2})((?:[日号]?[、,，和及]\d{1,2})+)[日号]")
_THIRD = re.compile(r"(?:(\d{4})年)?(\d{1,2})月份?([上中下])旬?(?:[-、至到]?(?:\2月)?([上中下]))?旬")
_BEGINS = {"上": 1, "中": 11, "下": 21}
_APART = Wrong(
    zh="这几天不相连；请写第一天和最后一天，如 9月15日至17日，其余写在活动内容里",
    en="these days do not follow one another; write the first and the last, such as 9月15日至17日",
)


def meaning(item: Item, raw: Raw, sheet: OfficialSheet, *, year: int) -> Meant:
    """Return what a cell says of an item, or of each item in its sentence."""
    if item.sentence:
        return _sentence(item, as_text(raw), sheet, year=year)
    if item.what in (What.CHOICE, What.CHOICES):
        return _choices(item, as_text(raw))
    own = any(one.key == item.answer for one in sheet.extra)  # what a city asks may be no number of people
    return {item.key: None if is_blank(raw) else _one(item, raw, year, own=own)}


def _one(item: Item, raw: Raw, year: int, *, own: bool) -> Any:  # noqa: PLR0911  one return a kind
    match item.what:
        case What.PERIOD:
            return span(raw, year=year)
        case What.DATE:
            return day(raw, year=year)
        case What.NUMBER:
            return (amount if own else people)(raw)
        case What.PHONE:
            return cells.phone(raw)
        case What.EMAIL:
            return cells.email(raw)
        case What.YES_NO:
            return cells.yes_no(raw)
        case What.URL:
            return cells.url(raw)
        case What.REGION:
            return cells.region(raw)
        case What.LONG_TEXT:
            return as_text(raw).strip()
    return cells.name(raw)


def span(raw: Raw, *, year: int) -> tuple[date, date]:
    """Return the first and last day of an activity; hours are passed over: a case keeps days."""
    if isinstance(raw, date):
        return period(raw, year=year)
    text = with_digits(_WEEKDAY.sub("", normalize("NFKC", as_text(raw)))).strip()
    if found := _THIRD.fullmatch(text):
        first, last = _third_of_month(found, year)
    else:
        text = _TIMES.sub("", text).strip()
        found = _DAYS.fullmatch(text)
        first, last = period(_row_of_days(found) if found else text, year=year)
    if last < first:
        raise Wrong(zh="后一天早于前一天；请改正", en="it ends before it starts; mend it")
    return first, last


def _third_of_month(found: re.Match[str], year: int) -> tuple[date, date]:
    """Return the days of 9月中旬, or 9月中下旬: a plan may know no better."""
    first = day(f"{found[1] or year}年{found[2]}月{_BEGINS[found[3]]}日", year=year)
    third = found[4] or found[3]
    if third == "下":
        return first, first.replace(day=monthrange(first.year, first.month)[1])
    return first, first.replace(day=_BEGINS[third] + 9)


def _row_of_days(found: re.Match[str]) -> str:
    days = [int(found[2]), *map(int, re.findall(r"\d+", found[3]))]
    if days != list(range(days[0], days[0] + len(days))):
        raise _APART
    return f"{found[1]}{days[0]}日至{days[-1]}日"


def _sentence(item: Item, text: str, sheet: OfficialSheet, *, year: int) -> Meant:
    """Read the blanks of a fixed wording; spaces and full stops do not matter."""
    keys = BLANK.findall(item.sentence or "")
    found = re.fullmatch(_pattern(item.sentence or ""), _tight(text))
    if found is None and len(keys) > 1 and not _tight(text):
        return dict.fromkeys(keys)
    if found is None:
        wanted = BLANK.sub("…", item.sentence or "")
        raise Wrong(zh=f"请按“{wanted}”填写", en=f"write it as “{wanted}”")
    meant: Meant = {}
    for key, said in zip(keys, found.groups(), strict=True):
        meant |= meaning(sheet.by_key[key], said.strip("_ "), sheet, year=year)
    return meant


def _pattern(sentence: str) -> str:
    parts = [re.escape(_tight(part)) for part in BLANK.split(sentence)[::2]]
    return "(.*?)".join(parts).removesuffix(re.escape("。")).rstrip("\\") + "。?"


def _tight(text: str) -> str:
    return "".join(text.replace("_", "").split()).replace(",", "，")


def _choices(item: Item, text: str) -> Meant:
    names = {**item.choices, **item.further}
    text = _with_boxes(text, names.values())
    found = sorted(_places(text, names))
    ticks = any(mark in _MARKED | _BOXED for mark in text)
    keys = [key for at, end, key in found if not ticks or _is_ticked(text, at, end, first=found[0][0])]
    if text.strip() and not found:
        known = "、".join(names.values())
        raise Wrong(zh=f"没有这样的选项；可以选：{known}", en=f"there is no such choice; there are: {known}")
    chosen = [key for key in names if key in keys]
    value: Any = (chosen or None) if item.what is What.CHOICES else (chosen[0] if chosen else None)
    meant: Meant = {item.key: value}
    if item.other and "other" in names:
        meant[item.other] = _told_other(text, found) if "other" in keys else None
    return meant


def _with_boxes(text: str, names: Iterable[str]) -> str:
    """Return a text with boxes where brackets stand for them: (√)青少年, or 青少年（√）."""
    name = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    behind = re.findall(rf"(?:{name})\s*{_BRACKETS}", text)
    leads = re.match(rf"(?:(?!{name}).)*?{_BRACKETS}", text, re.DOTALL)
    if not leads and len(behind) > 1 and len(behind) == len(re.findall(name, text)):
        return re.sub(rf"({name})\s*{_BRACKETS}", lambda found: _box(found[2]) + found[1], text)
    if leads or any(behind):  # empty ones behind 其他 are there to be written into
        return re.sub(rf"{_BRACKETS}(?=\s*(?:{name}))", lambda found: _box(found[1]), text)
    return text


def _box(mark: str) -> str:
    return "☑" if mark else "□"


def _places(text: str, names: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """Yield where each choice stands; a longer name is not taken for a shorter one within it."""
    taken: list[tuple[int, int]] = []
    for key, name in sorted(names.items(), key=lambda one: -len(one[1])):
        at = text.find(name)
        while at >= 0 and any(start <= at < end for start, end in taken):
            at = text.find(name, at + 1)
        if at >= 0:
            taken.append((at, at + len(name)))
            yield at, at + len(name), key


def _is_ticked(text: str, at: int, end: int, *, first: int) -> bool:
    """Tell whether a choice was taken: by the marks before it; where none lead, by a tick beside it."""
    leading = text[:first].strip()
    if any(mark in _MARKED | _BOXED for mark in leading) or any(mark in _BOXED for mark in text):
        before = text[:at].rstrip()
        marks = before[len(before.rstrip(_ALL_MARKS)) :]
        return any(mark in _MARKED for mark in marks)
    if text[end : end + 1] in tuple(_MARKED):
        return True
    return text[max(at - 1, 0) : at] in tuple(_MARKED) and not text[at - 2 : at - 1].strip()


def _told_other(text: str, found: Sequence[tuple[int, int, str]]) -> str | None:
    """Return what stands behind 其他: in brackets, after a colon, or on a line to write on."""
    end = next(end for _, end, key in found if key == "other")
    until = min((at for at, _, _ in found if at >= end), default=len(text))
    said = text[end:until].replace(NOTED, "").replace("(请注明)", "").strip(_ALL_MARKS + "_：:，,、。\n")
    said = said[1:-1] if said[:1] in "（(" and said[-1:] in "）)" else said
    return " ".join(said.split()) or None
