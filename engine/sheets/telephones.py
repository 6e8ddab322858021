"""Telephone numbers as people write them: mobiles, landlines with or without area code, 400, extensions."""

import re
from unicodedata import normalize

from engine.sheets.problems import Wrong

_DASH = re.compile(r"\s*[‐‑‒–—―−ー-]+\s*")
_KIND = r"(?:联系|办公|固定|移动)?(?:电话|手机|座机|telephone|tel|phone|mobile)"
_LABEL = re.compile(rf"^{_KIND}(?:号码?)?\.?\s*:?\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[/、;,\n或和]+\s*")

_CHINA = r"\(?(?:\+|00)86\)?-?"
_MOBILE = r"1[3-9](?:-?\d){9}"
_LOCAL = r"[2-9]\d{2,3}-?\d{4}"
_NATIONAL = r"\(?0\d{2,3}\)?-?\d{3,4}-?\d{4}"
_NATIONAL_FROM_ABROAD = r"\(?0?(?:10|[2-9]\d{1,2})\)?-\d{3,4}-?\d{4}"
_SERVICE = r"[48]00(?:-?\d){7}"
_ABROAD = r"\+(?!86)\d(?:-?\d){7,14}"
_EXTENSION = r"(?:(?:转|分机|ext|x|#|\*|-)+[.:]?\d{1,6})?"
_ONE = re.compile(
    rf"(?:(?:{_CHINA}|86-?)?{_MOBILE}|{_CHINA}{_NATIONAL_FROM_ABROAD}|{_NATIONAL}|{_LOCAL}|{_SERVICE}|{_ABROAD})"
    + _EXTENSION,
    re.IGNORECASE,
)
_NEXT_LINE = re.compile(r"\d{1,4}")
"""What stands behind a number for the line after it: 0595-22222222/3."""
_LONGEST = 100


def telephones(text: str) -> str:
    """Return one number, or several, with plain dashes and no label. Raises ``Wrong``."""
    plain = _LABEL.sub("", _DASH.sub("-", normalize("NFKC", text)).strip())
    parts = [_LABEL.sub("", part) for part in _BETWEEN.split(plain)]
    if len(plain) > _LONGEST or not all(map(_is_number, parts[:1])):
        raise _wrong(plain)
    if not all(_is_number(part) or _NEXT_LINE.fullmatch(part) for part in parts[1:]):
        raise _wrong(plain)
    return "/".join(parts)


def _is_number(text: str) -> bool:
    """Tell whether a text is a number, or several with spaces between them."""
    if _ONE.fullmatch("".join(text.split())):
        return True
    parts = text.split()
    return len(parts) > 1 and all(_ONE.fullmatch(part) for part in parts)


def _wrong(text: str) -> Wrong:
    digits = sum(char.isdigit() for char in text)
    told = f"不是完整的电话号码（{digits} 位数字）" if digits >= 3 else "不是电话号码"
    return Wrong(
        zh=f"{told}；请写成 0595-22222222 或 13800000000 这样",
        en="it is no whole telephone number; write it like 0595-22222222 or 13800000000",
    )
