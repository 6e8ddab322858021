"""What is wrong with a notice file, in the reader's language: place, value, way out."""

import re
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from config.errors import UserError
from config.schedule import Name
from config.yamltree import Document

MOST = 20
KeysAt = Callable[[tuple[object, ...]], Sequence[str]]

_SHAPES: Mapping[object, Name] = {
    "id": Name(
        zh="小写字母、数字和连字符，如 quanzhou-2023",
        en="lower case letters, digits and hyphens: quanzhou-2023",
    ),
    "extends": Name(
        zh="上级通知的代号，如 national-2023", en="the id of the notice above, such as national-2023"
    ),
    "code": Name(zh="大写字母、数字和连字符，如 QZ-2023", en="capitals, digits and hyphens, such as QZ-2023"),
    "for": Name(
        zh="activity，或“层级/类别”的列表，如 [county/association]",
        en="activity, or a list of level/kind words such as [county/association]",
    ),
    "needs": Name(
        zh="材料: 份数，如 photo: 1 或 video|news_link: 1",
        en="kind: count, such as photo: 1 or video|news_link: 1",
    ),
    "ladder": Name(zh="档名，如 -3、+1、closing", en="the name of a rung, such as -3, +1 or closing"),
    "template": Name(zh="邮件模板名，如 reminder", en="the name of a mail, such as reminder"),
}
_LIST = Name(zh="列表，如 [a, b]", en="a list such as [a, b]")
_MAPPING = Name(zh="“键: 值”的形式", en="a mapping of keys and values")
_YES_NO = Name(zh="true 或 false", en="true or false")
_TYPES: Mapping[str, Name] = {
    "tuple_type": _LIST,
    "list_type": _LIST,
    "model_type": _MAPPING,
    "dict_type": _MAPPING,
    "bool_parsing": _YES_NO,
    "bool_type": _YES_NO,
}
_KEY = Name(
    zh="小写字母、数字和下划线，以字母开头", en="lower case letters, digits and underscores, a letter first"
)


def refused(error: ValidationError, document: Document, keys_at: KeysAt) -> UserError:
    """Return what ``error`` says (at most ``MOST`` mistakes, a line each) as one error to act on.

    ``keys_at`` gives the keys that may stand at a path.
    """
    found = error.errors(include_url=False)
    # A list whose item is wrong is also told to be too short; only the item is worth saying.
    worth = [one for one in found if one["type"] != "too_short" or not _inside(one["loc"], found)]
    worth.sort(key=lambda one: document.at(_path(one), key=_is_key(one)))
    told = [_tell(one, document, keys_at) for one in worth[:MOST]]
    zh, en = "\n".join(text.zh for text, _ in told), "\n".join(text.en for text, _ in told)
    return UserError(zh=zh, en=en, code=told[0][1])


def _tell(one: ErrorDetails, document: Document, keys_at: KeysAt) -> tuple[Name, str]:
    path = _path(one)
    place = document.place(path, key=_is_key(one))
    text, code = _text(one, path, document, keys_at)
    return Name(zh=f"{place}：{text.zh}", en=f"{place}: {text.en}"), code


def _path(one: ErrorDetails) -> tuple[object, ...]:
    return tuple(part for part in one["loc"] if part != "[key]")


def _is_key(one: ErrorDetails) -> bool:
    return one["type"] in ("extra_forbidden", "missing") or "[key]" in one["loc"]


def _inside(loc: tuple[int | str, ...], found: Sequence[ErrorDetails]) -> bool:
    return any(len(one["loc"]) > len(loc) and one["loc"][: len(loc)] == loc for one in found)


def _text(
    one: ErrorDetails, path: tuple[object, ...], document: Document, keys_at: KeysAt
) -> tuple[Name, str]:
    given = one.get("ctx", {})
    if one["type"] == "user":
        return Name(zh=given["zh"], en=given["en"]), given["code"]
    if one["type"] == "extra_forbidden":
        return _unknown_key(str(path[-1]), keys_at(path[:-1])), "notice.unknown_key"
    if one["type"] == "missing":
        key = path[-1]
        return Name(zh=f"缺少“{key}”，请补上", en=f"'{key}' is missing; add it"), "notice.missing_key"
    value = path[-1] if "[key]" in one["loc"] else document.value(path)
    shown = _shown(value)
    want = _wanted(one, path)
    return Name(
        zh=f"“{shown}”写法不对，应为：{want.zh}", en=f"'{shown}' is not right; write {want.en}"
    ), "notice.value"


def _unknown_key(key: str, allowed: Sequence[str]) -> Name:
    near = get_close_matches(key, allowed, n=1)
    if near:
        return Name(
            zh=f"没有“{_shown(key)}”这个键，是否指“{near[0]}”？",
            en=f"there is no key '{_shown(key)}'; did you mean '{near[0]}'?",
        )
    keys = ", ".join(allowed)
    return Name(
        zh=f"没有“{_shown(key)}”这个键；这里可以写：{keys}",
        en=f"there is no key '{_shown(key)}'; here may stand: {keys}",
    )


def _wanted(one: ErrorDetails, path: tuple[object, ...]) -> Name:
    kind, given = one["type"], one.get("ctx", {})
    if kind in ("literal_error", "enum"):
        words = ", ".join(re.findall("'([^']*)'", str(given["expected"])))
        return Name(zh=f"其中之一：{words}", en=f"one of: {words}")
    if kind.startswith("int_") or kind in ("greater_than_equal", "less_than_equal"):
        return _number(given)
    if kind == "string_too_long":
        return Name(zh=f"不超过 {given['max_length']} 个字", en=f"at most {given['max_length']} characters")
    if kind == "string_pattern_mismatch" or path[-1] == "for":
        return next((_SHAPES[part] for part in reversed(path) if part in _SHAPES), _KEY)
    return _TYPES.get(kind, Name(zh="一段文字", en="a text"))


def _number(given: Mapping[str, object]) -> Name:
    if "ge" in given:
        return Name(zh=f"不小于 {given['ge']} 的整数", en=f"a whole number of at least {given['ge']}")
    if "le" in given:
        return Name(zh=f"不大于 {given['le']} 的整数", en=f"a whole number of at most {given['le']}")
    return Name(zh="整数", en="a whole number")


def _shown(value: object) -> str:
    text = str(value) if isinstance(value, str) else "…" if isinstance(value, dict | list) else ""
    return text if len(text) <= 40 else f"{text[:40]}…"
