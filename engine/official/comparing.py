"""What a line of a sheet says that is not so yet: only that is a change."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from config.official import Item, OfficialSheet, Value, What
from engine.official.grid import Cell
from engine.official.parsing import Meant, meaning
from engine.official.records import Record
from engine.official.wording import BLANK, written
from engine.sheets.cells import Raw, Unreadable, as_text, is_blank, without_controls
from engine.sheets.problems import Wrong


@dataclass(slots=True, kw_only=True)
class Said:
    """What a line says: values by item that are new, and what is wrong, by item."""

    values: Meant = field(default_factory=dict)
    wrong: dict[str, tuple[str, Wrong]] = field(default_factory=dict)


def said_anew(cells: Mapping[str, Cell], sheet: OfficialSheet, *, year: int) -> Said:
    """Return all that a line of a new activity says."""
    said = Said()
    for item, cell in _placed(cells, sheet):
        if not _is_unfilled(item, cell.raw):
            _read(said, item, cell.raw, sheet, year=year)
    for item in sheet.columns:
        if item.required and item.key not in said.values and item.key not in said.wrong:
            said.wrong[item.key] = ("", Wrong(zh="请填写", en="fill it in"))
    return said


def said_of(
    cells: Mapping[str, Cell],
    sheet: OfficialSheet,
    now_so: Record,
    *,
    before: Record | None,
    sure: bool,
    year: int,
) -> Said:
    """Return what a line says of a known activity that is not so.

    ``before`` is the activity as it was when the sheet was written: what still says that was not touched.
    A cell made empty empties the value where the line has its number (``sure``).
    """
    said = Said()
    for item, cell in _placed(cells, sheet):
        if _same(cell.raw, written(item, now_so, sheet)):
            continue
        if before is not None and _same(cell.raw, written(item, before, sheet)):
            continue
        if is_blank(cell.raw) and not sure:
            continue
        told = Said()
        _read(told, item, cell.raw, sheet, year=year)
        told.values = {
            key: value for key, value in told.values.items() if not _is_so(sheet, key, value, now_so)
        }
        if before is not None and told.values:
            _check_meanwhile(told, item, sheet, now_so=now_so, before=before)
        said.values |= told.values
        said.wrong |= told.wrong
    for item in sheet.columns:
        if item.required and said.values.get(item.key, "") is None:
            said.wrong[item.key] = ("", Wrong(zh="请填写", en="fill it in"))
    return said


def _placed(cells: Mapping[str, Cell], sheet: OfficialSheet) -> Iterator[tuple[Item, Cell]]:
    for item in sheet.columns:
        cell = cells.get(item.key)
        if cell is not None and (item.what is not What.NOTHING or item.sentence):
            yield item, cell


def _is_unfilled(item: Item, raw: Raw | Unreadable) -> bool:
    """Tell whether a cell says no more than a blank does."""
    if isinstance(raw, Unreadable):
        return False
    return is_blank(raw) or bool(
        item.sentence and _tight(BLANK.sub("", item.sentence)) == _tight(as_text(raw))
    )


def _read(said: Said, item: Item, raw: Raw | Unreadable, sheet: OfficialSheet, *, year: int) -> None:
    try:
        if isinstance(raw, Unreadable):
            raise raw.wrong
        said.values |= meaning(item, raw, sheet, year=year)
    except Wrong as wrong:
        said.wrong[item.key] = (raw.text if isinstance(raw, Unreadable) else as_text(raw), wrong)


def _check_meanwhile(said: Said, item: Item, sheet: OfficialSheet, *, now_so: Record, before: Record) -> None:
    """Refuse to write over what somebody else has changed since the sheet was written."""
    new = written(item, now_so, sheet)
    if item.key not in said.wrong and new != written(item, before, sheet):
        said.wrong[item.key] = (
            new,
            Wrong(
                zh=f"导出这份表之后已被改为“{new}”；请核对后重新导出再改",
                en=f"it was changed to “{new}” after this sheet was written; write it anew and mend that",
            ),
        )


def _same(raw: Raw | Unreadable, text: str) -> bool:
    """Tell whether a cell still says a text; spaces at its ends and line breaks do not count."""
    return not isinstance(raw, Unreadable) and _tight(as_text(raw)) == _tight(text)


def _tight(text: str) -> str:
    return " ".join(without_controls(text).split())


def _is_so(sheet: OfficialSheet, key: str, value: Any, record: Record) -> bool:
    item = sheet.by_key.get(key)
    if item is None:
        asked = record.form.field(key)
        return asked is not None and bool((record.answer(asked) or None) == (value or None))
    held = record.of(item)
    if item.value is Value.ONLINE or item.what is What.YES_NO:
        return bool(held) == bool(value)
    return bool(_comparable(held) == _comparable(value))


def _comparable(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return _tight(value) or None
    return list(value) or None if isinstance(value, list) else value
