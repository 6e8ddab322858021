"""Whom a notice names for questions: names, telephones, addresses."""

import re
from dataclasses import dataclass

from config.reading.normal import Plain
from config.reading.reading import ReadContact

_PHONE = (
    r"(?<![\d@A-Za-z.-])(?:0\d{2,3}[- ]?\d{7,8}(?:-\d{1,4})?|1[3-9]\d{9}|400-?\d{3}-?\d{4}"
    r"|[2-8]\d{6,7})(?![\d@A-Za-z])"
)
_MAIL = r"[A-Za-z0-9][A-Za-z0-9._+-]{0,63}@[A-Za-z0-9][A-Za-z0-9.-]{1,62}[A-Za-z0-9]"
_NAME = r"[\u4e00-\u9fff·]{2,4}"
_SCAN = re.compile(
    rf"(?=[\dA-Za-z联请])(?:(?P<mail>(?<![A-Za-z0-9._+-]){_MAIL})|(?P<phone>{_PHONE})"
    rf"|联 {{0,4}}系 {{0,4}}人(?:员|及电话|和电话|及联系方式)?\s?[:]?\s{{0,3}}(?P<names>(?!电话"
    rf"|手机|邮箱|联系){_NAME}(?:[、 /]{{1,2}}(?!电话|手机|邮箱|联系"
    rf"|地址){_NAME}){{0,4}}(?:[女先][士生]|老师|同志)?)"
    rf"|(?:请联系|联系)(?P<asked>[\u4e00-\u9fff]{{2,12}})(?=[,: (]))"
)
_GROUP = re.compile(r"QQ ?群|群号|邮 ?编|传 ?真|账 ?[号户]|编号|学号|证号")
_NOT_NAME = re.compile(r"电话|方式|邮箱|单位|地址|手机|办公|传真|所在|指导|姓名|职务|签[字名]|信息")
_NEAR = re.compile(rf"(?P<name>{_NAME}?(?:老师|先生|女士|同志)?) ?[(:]? ?$")
_REACH = 160


@dataclass(slots=True)
class _Open:
    name: str | None
    start: int
    end: int
    phones: list[str]
    email: str | None = None


def contacts(plain: Plain) -> tuple[ReadContact, ...]:
    """Return everybody with a telephone or an address, in the order of the text."""
    found: list[_Open] = []
    for match in _SCAN.finditer(plain.text):
        _take(found, match, plain.text)
    named = [one for one in found if one.phones or one.email]
    return tuple(
        ReadContact(
            name=one.name,
            phone=",".join(dict.fromkeys(one.phones)) or None,
            email=one.email,
            span=plain.span(one.start, one.end),
        )
        for one in _once(named)
    )


def _take(found: list[_Open], match: re.Match[str], text: str) -> None:
    name = match["names"] or match["asked"]
    if name:
        if not _NOT_NAME.search(name):
            found.append(_Open(name.strip(), match.start(), match.end(), []))
        return
    if match["phone"] and _GROUP.search(text, max(0, match.start() - 8), match.start()):
        return
    last = found[-1] if found and match.start() - found[-1].end <= _REACH else None
    own = _own_name(text, match) if match["phone"] else None
    if (
        last is None
        or (own and last.phones)
        or (match["mail"] and last.email and last.email != match["mail"])
    ):
        last = _Open(own, match.start() - len(own or ""), match.end(), [])
        found.append(last)
    elif own and last.name and own in last.name:
        last.name = own
    if match["mail"]:
        last.email = last.email or match["mail"]
    else:
        last.phones.append(match["phone"])
    last.end = match.end()


def _own_name(text: str, match: re.Match[str]) -> str | None:
    """Return the name right before a telephone (潘奕 81710205)."""
    near = _NEAR.search(text[max(0, match.start() - 9) : match.start()])
    name = near["name"] if near else ""
    return (
        name
        if 2 <= len(name) <= 5 and not _NOT_NAME.search(name) and not re.search(r"[为是或转至、]", name)
        else None
    )


def _once(named: list[_Open]) -> list[_Open]:
    seen: set[tuple[str | None, str, str | None]] = set()
    kept = []
    for one in named:
        key = (one.name, ",".join(one.phones), one.email)
        if key not in seen:
            seen.add(key)
            kept.append(one)
    return kept
