"""Dates as people write them in Chinese, and the expressions of a notice's file that say the same."""

import re
from collections.abc import Callable

_THIRDS = {"上": "early", "中": "mid", "下": "late"}
_SAID = {english: chinese for chinese, english in _THIRDS.items()}
_DAY = r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})[日号]"
_HELD = r"(?:活动)?(?:举办|举行|结束|闭幕)(?:结束)?[之以]?后"

_READ: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(_DAY), lambda found: f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}"),
    (
        re.compile(_DAY + r" ?([0-9]{1,2})(?:[:：]([0-9]{2})|[时点])"),
        lambda found: f"{found[1]}-{found[2]:0>2}-{found[3]:0>2} {found[4]:0>2}:{found[5] or '00'}",
    ),
    (
        re.compile(r"([0-9]{4})年([0-9]{1,2})月([上中下])旬"),
        lambda found: f"{_THIRDS[found[3]]} {found[1]}-{found[2]:0>2}",
    ),
    (re.compile(r"([0-9]{4})年([0-9]{1,2})月[份内]?"), lambda found: f"{found[1]}-{found[2]:0>2}"),
    (re.compile(r"([0-9]{4})年[内度]?"), lambda found: found[1]),
    (re.compile(_HELD + r" ?([0-9]{1,6}) ?个?工作日内?"), lambda found: f"held + {found[1]} working days"),
    (re.compile(_HELD + r" ?([0-9]{1,6}) ?[天日]内?"), lambda found: f"held + {found[1]} days"),
    (re.compile(r"待定|未定|另行通知"), lambda _: "tbd"),
)
_WRITTEN: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (
        re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})( [0-9]{2}:[0-9]{2})?"),
        lambda found: f"{found[1]}年{int(found[2])}月{int(found[3])}日{found[4] or ''}",
    ),
    (
        re.compile(r"(early|mid|late) ([0-9]{4})-([0-9]{2})"),
        lambda found: f"{found[2]}年{int(found[3])}月{_SAID[found[1]]}旬",
    ),
    (re.compile(r"([0-9]{4})-([0-9]{2})"), lambda found: f"{found[1]}年{int(found[2])}月"),
    (re.compile(r"([0-9]{4})"), lambda found: f"{found[1]}年"),
    (re.compile(r"held ?\+ ?([0-9]+) working days?"), lambda found: f"举办后{found[1]}个工作日"),
    (re.compile(r"held ?\+ ?([0-9]+) days?"), lambda found: f"举办后{found[1]}天"),
    (re.compile(r"tbd"), lambda _: "待定"),
)


def from_chinese(words: str) -> str:
    """Return the expression that says the same as ``words`` (2023年9月下旬: late 2023-09), else the words."""
    about, bare = ("about ", words[1:].lstrip()) if words.startswith("约") else ("", words)
    for pattern, write in _READ:
        if found := pattern.fullmatch(bare):
            return about + write(found)
    return words


def to_chinese(expression: str) -> str:
    """Return an expression as people write it in Chinese; ``from_chinese`` leads back."""
    about, bare = ("约", expression[6:]) if expression.startswith("about ") else ("", expression)
    for pattern, write in _WRITTEN:
        if found := pattern.fullmatch(bare):
            return about + write(found)
    return expression
