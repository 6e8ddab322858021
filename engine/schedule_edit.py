"""A notice's YAML text changed as a form asks: a value here and there, comments and order left alone."""

import re
from collections.abc import Mapping
from io import StringIO
from typing import Any

from ruamel.yaml.comments import CommentedMap

from config.dates import parse_when
from config.errors import UserError
from config.noticefile import parse
from config.yamlwrite import yaml_of_texts

Value = str | int | bool | Mapping[str, int] | None
"""What a form gives for a place: a date, an hour, yes or no, days, materials with their counts, nothing."""

_KEY = r"[a-z][a-z0-9_]{0,39}"
_DATE = re.compile(rf"milestones\.{_KEY}\.(due|opens)|windows\.{_KEY}\.(start|end)")
_RUNG = re.compile(rf"(milestones\.{_KEY}\.)?ladder\.[+-]?[a-z0-9][a-z0-9_]{{0,22}}")
_COUNTS = re.compile(rf"milestones\.{_KEY}\.needs|requires\.{_KEY}")
_HOUR = re.compile(r"([01]?[0-9]|2[0-3]):[0-5][0-9]")
_YES = {"true": "true", "false": "false", "on": "true", "off": "false", "1": "true", "0": "false"}


class FieldRefused(UserError):
    """One field of a form cannot be taken; ``place`` is the field (``milestones.summary.due``)."""

    def __init__(self, place: str, *, zh: str, en: str, code: str) -> None:
        super().__init__(zh=f"{place}：{zh}", en=f"{place}: {en}", code=code)
        self.place = place


def edit_schedule(text: str, changes: Mapping[str, Value]) -> str:
    """Return a notice's YAML text with some values changed; None takes the notice's own word back.

    Places are ``send_at``, ``review``, ``daily``, ``windows.KEY.start|end``, ``milestones.KEY.due|opens``,
    ``milestones.KEY.needs`` and ``requires.STEP`` (materials with their counts), and ``ladder.RUNG`` or
    ``milestones.KEY.ladder.RUNG`` (``on``, ``off`` or working days). FieldRefused names the field at fault.
    """
    yaml = yaml_of_texts()
    tree = yaml.load(text.replace("\r\n", "\n"))
    for place, value in changes.items():
        _put(tree, place, value)
    written = StringIO()
    yaml.dump(tree, written)
    parse(written.getvalue())
    return written.getvalue()


def _put(tree: CommentedMap, place: str, value: Value) -> None:
    parts = place.split(".")
    if place.startswith("windows.") and parts[1] not in tree.get("windows", {}):
        raise FieldRefused(
            place,
            zh="这个时段由上级通知规定，这里不能改；如确有不同，请在文本中另写一个时段。",
            en="a notice above states this window; write one of your own into the text if yours differs",
            code="notice.window_inherited",
        )
    read = _read(place, value)
    if read is None:
        _take_out(tree, parts)
    else:
        _put_in(tree, parts, read)


def _read(place: str, value: Value) -> Any:
    """Return a form's value as the file has it, None where nothing is to stand there."""
    if value is None or value == "":
        return None
    if _DATE.fullmatch(place):
        return _date(place, value)
    if _RUNG.fullmatch(place):
        return _rung(place, value)
    if _COUNTS.fullmatch(place):
        return _counts(place, value)
    if place == "send_at":
        return _hour(place, value)
    if place in ("review", "daily"):
        return _yes(place, value)
    raise FieldRefused(
        place,
        zh="这里不能用表格改，请改文本。",
        en="a form cannot change that; edit the text",
        code="notice.place",
    )


def _date(place: str, value: Value) -> str:
    try:
        return parse_when(str(value).strip()).text
    except UserError as error:
        raise FieldRefused(place, zh=error.text.zh, en=error.text.en, code=error.code) from None


def _hour(place: str, value: Value) -> str:
    if _HOUR.fullmatch(str(value).strip()):
        return str(value).strip()
    raise FieldRefused(
        place,
        zh=f"“{value}”不是时刻，请写 00:00 至 23:59，如 09:00",
        en=f"'{value}' is not an hour; write 00:00 to 23:59, such as 09:00",
        code="notice.hour",
    )


def _yes(place: str, value: Value) -> str:
    word = _YES.get(str(value).strip().lower())
    if word is None:
        raise FieldRefused(
            place,
            zh=f"“{value}”不是“是”或“否”",
            en=f"'{value}' is neither yes nor no",
            code="notice.yes_or_no",
        )
    return word


def _rung(place: str, value: Value) -> Any:
    word = str(value).strip().lower()
    if word == "off":
        return "off"
    if word == "on":
        return None
    if re.fullmatch(r"[+-]?[0-9]{1,3}", word) and -60 <= int(word) <= 250:
        return {"offset": str(int(word))}
    raise FieldRefused(
        place,
        zh=f"“{value}”：请写工作日数（-60 至 250，负数为提前），或 on、off",
        en=f"'{value}': write working days from -60 (before) to 250, or on or off",
        code="ladder.offset",
    )


def _counts(place: str, value: Value) -> dict[str, str]:
    given = value if isinstance(value, Mapping) else {"": 0}
    wrong = next((kind for kind, count in given.items() if not kind or not 0 <= count <= 1000), None)
    if wrong is not None:
        raise FieldRefused(
            place,
            zh=f"材料“{wrong}”的份数应是 0 至 1000 的整数",
            en=f"the count of '{wrong}' must be a whole number from 0 to 1000",
            code="notice.count",
        )
    return {kind: str(count) for kind, count in given.items() if count}


def _put_in(tree: CommentedMap, parts: list[str], value: Any) -> None:
    here = tree
    for part in parts[:-1]:
        if not isinstance(here.get(part), dict):
            here[part] = CommentedMap()
        here = here[part]
    last, before = parts[-1], here.get(parts[-1])
    if isinstance(before, dict) and isinstance(value, str) and "at" in before:
        before["at"] = value
    elif isinstance(before, dict) and isinstance(value, dict) and "offset" in value:
        before.update(value)
        before.pop("off", None)
    else:
        here[last] = value


def _take_out(tree: CommentedMap, parts: list[str]) -> None:
    """Take a value out, and what is empty without it."""
    way: list[dict[str, Any]] = [tree]
    for part in parts[:-1]:
        below = way[-1].get(part)
        if not isinstance(below, dict):
            return
        way.append(below)
    for here, part in zip(reversed(way), reversed(parts), strict=True):
        if part in here and (part == parts[-1] or not here[part]):
            del here[part]
