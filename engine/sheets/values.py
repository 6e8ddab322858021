"""What a cell means: a text, an address, a number, one of a few words. Each raises ``Wrong``."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from unicodedata import normalize

from email_validator import EmailNotValidError, validate_email

from config.errors import UserError
from config.regions import find
from engine.sheets.cells import Raw, as_text
from engine.sheets.problems import Wrong
from engine.sheets.telephones import telephones

MAX_NAME = 200
MAX_COUNT = 100_000_000

_WIDE = {
    code: code - 0xFEE0
    for first, last in ("０９", "ＡＺ", "ａｚ")
    for code in range(ord(first), ord(last) + 1)
}
_INVISIBLE = {0x200B: None, 0x2060: None, 0xFEFF: None}
_ONE_LINE = {**_WIDE, **_INVISIBLE}

_SEVERAL = re.compile(r"[;,、/\s]")
_NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.0+)?\s*(?:人次|人|名)?")
_MYRIAD = re.compile(r"(\d{1,4}(?:\.\d{1,4})?)\s*万\s*(?:人次|人|名)?")
_URL = re.compile(r"https?://[^\s/?#@]+\.[^\s/?#@]+\S*", re.IGNORECASE)
_YES = frozenset({"是", "有", "线上", "√", "y", "yes", "true", "1"})
_NO = frozenset({"否", "无", "线下", "×", "n", "no", "false", "0"})


def name(raw: Raw) -> str:
    """Return a text on one line, its spaces and full-width digits and letters made plain."""
    text = " ".join(as_text(raw).translate(_ONE_LINE).split())
    if len(text) > MAX_NAME:
        raise Wrong(
            zh=f"有 {len(text)} 个字，最多 {MAX_NAME} 个；请缩短",
            en=f"it has {len(text)} characters, at most {MAX_NAME} are taken; shorten it",
        )
    return text


def code(raw: Raw) -> str:
    """Return a number or sign such as QZ-2023-0042, without spaces."""
    text = "".join(_narrow(raw).split())
    if len(text) > 32:
        raise Wrong(
            zh="编号最多 32 个字符；请缩短，或留空由系统编号",
            en="at most 32 characters; shorten it or leave it empty",
        )
    return text


def email(raw: Raw) -> str:
    """Return one mail address, its domain in lower case (and punycode)."""
    text = as_text(raw)
    if "\n" in text or "\r" in text:
        raise Wrong(
            zh="里面有换行；一格只能写一个邮箱地址",
            en="it has a line break; write one address only",
        )
    text = _narrow(text)
    if text.count("@") > 1 or _SEVERAL.search(text):
        raise Wrong(
            zh="只能是一个邮箱地址，不带姓名和分隔符；请只留一个",
            en="it must be one address without a name; leave only one",
        )
    return _address(text)


@lru_cache(maxsize=4096)
def _address(text: str) -> str:
    try:
        found = validate_email(text, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise Wrong(
            zh="不是有效的邮箱地址；请写成 wang@example.cn 这样",
            en=f"it is no mail address ({str(error).rstrip('.')}); write it like wang@example.cn",
        ) from error
    return found.ascii_email or found.normalized


def phone(raw: Raw) -> str:
    """Return a telephone number, or several, as written but for labels and dashes."""
    return telephones(as_text(raw).translate(_INVISIBLE))


def count(raw: Raw) -> int:
    """Return a number of people: 120, 1,200, １２０人, 1.2万人."""
    text = _narrow(raw)
    if found := _NUMBER.fullmatch(text):
        number = Decimal(found[1].replace(",", ""))
    elif found := _MYRIAD.fullmatch(text):
        number = Decimal(found[1]) * 10_000
    else:
        raise Wrong(zh="不是人数；请只写一个整数，如 120", en="it is no number; write a whole one, like 120")
    if number > MAX_COUNT:
        raise Wrong(zh=f"人数过大；最多 {MAX_COUNT}", en=f"too many people; at most {MAX_COUNT}")
    return int(number)


def yes_no(raw: Raw) -> bool:
    """Return whether a cell says 是."""
    word = _narrow(raw).casefold()
    if word not in _YES | _NO:
        raise Wrong(zh="只能写“是”或“否”", en="write 是 or 否 (yes or no)")
    return word in _YES


def url(raw: Raw) -> str:
    """Return an address of the web."""
    text = as_text(raw).translate(_INVISIBLE).strip()
    if len(text) > 2000 or not _URL.fullmatch(text):
        raise Wrong(
            zh="不是网址；请写以 https:// 开头的完整网址，会议号可写在“地点”里",
            en="it is no web address; write all of it from https:// on, a meeting number goes to the place",
        )
    return text


def one_of(raw: Raw, words: Mapping[str, str]) -> str:
    """Return what a word stands for; the words are told if it is none of them."""
    word = _narrow(raw).casefold()
    found = words.get(word) or next((one for one in words.values() if one == word), None)
    if found is None:
        zh, en = "、".join(words), ", ".join(dict.fromkeys(words.values()))
        raise Wrong(zh=f"只能是：{zh}", en=f"it must be one of: {en}")
    return found


def region(raw: Raw) -> str:
    """Return the GB/T 2260 code of a region given by code or name."""
    found = _find(_narrow(raw))
    if isinstance(found, UserError):
        raise Wrong(zh=found.text.zh, en=found.text.en)
    return found


@lru_cache(maxsize=4096)
def _find(text: str) -> str | UserError:
    try:
        return find(text).code
    except UserError as error:
        return error


def _narrow(raw: Raw) -> str:
    return normalize("NFKC", as_text(raw).translate(_INVISIBLE)).strip()
