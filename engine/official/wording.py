"""Values as an official sheet writes them: days, ticked boxes, lists, sentences."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from config.official import FileKind, Item, OfficialSheet, What
from config.regions import full_name
from engine.official.records import Record
from engine.sheets.cells import unix_lines, without_controls

TICKED, OPEN = "☑", "□"
NOTED = "（请注明）"
BLANK = re.compile(r"\{(\w+)\}")

_GAP = "    "
_LINE = 30


def written(item: Item, record: Record, sheet: OfficialSheet) -> str:
    """Return what a place of a sheet says of a case; nothing known is an empty text."""
    if item.sentence:
        return BLANK.sub(lambda found: written(sheet.by_key[found[1]], record, sheet), item.sentence)
    value = record.of(item)
    if item.what in (What.CHOICES, What.CHOICE):
        other = _other(item, record)
        return boxes(item, value, other) if sheet.file is FileKind.DOCX else listed(item, value, other)
    return as_written(item.what, value)


def unfilled(item: Item, sheet: OfficialSheet) -> str:
    """Return what a place says on a blank."""
    if item.sentence:
        return BLANK.sub(_GAP, item.sentence)
    ticks = item.what in (What.CHOICES, What.CHOICE) and sheet.file is FileKind.DOCX
    return boxes(item, (), None) if ticks else ""


def as_written(what: What, value: Any) -> str:
    """Return a value that is neither choice nor sentence."""
    if value is None or value == "":
        return ""
    match what:
        case What.PERIOD:
            return period_text(*value)
        case What.DATE:
            return day_text(date.fromisoformat(value) if isinstance(value, str) else value)
        case What.YES_NO:
            return "是" if value else "否"
        case What.REGION:
            return full_name(str(value))
    return without_controls(unix_lines(str(value)))


def day_text(day: date) -> str:
    """Return a day as notices write it: 2023年9月17日."""
    return f"{day.year}年{day.month}月{day.day}日"


def period_text(first: date, last: date | None) -> str:
    """Return a period as notices write it: 2023年9月17日至23日."""
    if last is None or last == first:
        return day_text(first)
    if last.year != first.year:
        return f"{day_text(first)}至{day_text(last)}"
    if last.month != first.month:
        return f"{day_text(first)}至{last.month}月{last.day}日"
    return f"{day_text(first)}至{last.day}日"


def boxes(item: Item, value: Any, other: str | None) -> str:
    """Return every choice behind its box: ☑展览展示  □其他（请注明）."""
    chosen = _chosen(value)
    names = _names(item, chosen)
    marked = [f"{TICKED if key in chosen else OPEN}{_named(item, key, names, other)}" for key in names]
    return "\n".join(_lines(marked))


def _lines(marked: Sequence[str]) -> Iterator[str]:
    """Yield choices a line at a time: none is broken in the middle."""
    line = ""
    for one in marked:
        if line and len(line) + len(one) + 2 > _LINE:
            yield line
            line = ""
        line += f"  {one}" if line else one
    yield line


def listed(item: Item, value: Any, other: str | None) -> str:
    """Return the choices taken: 展览展示、其他（灯谜）."""
    chosen = _chosen(value)
    names = _names(item, chosen)
    said = {
        key: f"{name}（{other}）" if _is_other(item, key) and other else name for key, name in names.items()
    }
    return "、".join(said[key] for key in names if key in chosen)


def _chosen(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


def _names(item: Item, chosen: tuple[str, ...]) -> Mapping[str, str]:
    """Return the choices of an item, and those taken that it does not offer: nothing is lost on paper."""
    return {**item.choices, **{key: name for key, name in item.further.items() if key in chosen}}


def _is_other(item: Item, key: str) -> bool:
    return item.other is not None and key == "other"


def _named(item: Item, key: str, names: Mapping[str, str], other: str | None) -> str:
    if not _is_other(item, key):
        return names[key]
    return f"{names[key]}{NOTED}{'：' + other if other else ''}"


def _other(item: Item, record: Record) -> str | None:
    asked = record.form.field(item.other) if item.other else None
    told = record.answer(asked) if asked else None
    return without_controls(" ".join(str(told).split())) if told else None
