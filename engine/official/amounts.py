"""Numbers as people estimate them: 约500人, 300余人, 三百, 近千人. What may mean several is asked for."""

import re
from decimal import Decimal
from unicodedata import normalize

from engine.sheets import values
from engine.sheets.cells import Raw, as_text
from engine.sheets.problems import Wrong

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1_000}
_NUMERAL = r"[零〇一二两三四五六七八九十百千万\d.,]+"
_BEFORE = re.compile(r"^(?:预计|预估|大约|大概|约|近|将近|共|计|不少于|不低于|超过|超|逾|¥|人民币)+\s*")
_BEHIND = re.compile(r"\s*[余多]?\s*(?:左右|以上|上下|\+)?$")
_PEOPLE = re.compile(r"\s*(?:人次|人|名)(?=(?:左右|以上|上下|\+)?$)")
_THINGS = re.compile(
    r"\s*(?:元整?|个|场|次|项|份|册|套|台|件|块|辆|张|平方米|平米|㎡|米|小时|天|户|家)(?=\D{0,2}$)"
)
_FROM_TO = re.compile(rf"{_NUMERAL}\s*(?:人次|人|名|元)?\s*(?:-|—+|–|~|至|到)\s*{_NUMERAL}")
_VAGUE = re.compile(r"^[数几上好若]")
_SPOKEN = re.compile(r"[百千万][一二两三四五六七八九\d]$")  # 三百五 is 350 in speech, 305 to a reader
_CHINESE = re.compile("[零〇一二两三四五六七八九十百千万]")
_ONLY = re.compile(_NUMERAL)


def people(raw: Raw) -> int:
    """Return a number of people, as estimated."""
    plain = _plain(raw)
    return values.count(_digits(plain, _PEOPLE.sub("", plain)))


def amount(raw: Raw) -> int:
    """Return any other number: 5,000元, 0.5万元, 12个."""
    plain = _plain(raw)
    try:
        return values.count(_digits(plain, _THINGS.sub("", _PEOPLE.sub("", plain))))
    except Wrong as error:
        if error.zh.startswith("人数过大"):
            raise Wrong(zh=f"数字过大；最多 {values.MAX_COUNT}", en=f"at most {values.MAX_COUNT}") from error
        if not error.zh.startswith("不是人数"):
            raise
        raise Wrong(zh="不是数字；请只写一个整数，如 5000", en="it is no whole number; write 5000") from error


def _plain(raw: Raw) -> str:
    return _BEFORE.sub("", normalize("NFKC", as_text(raw)).strip())


def _digits(said: str, text: str) -> str:
    """Return a number in digits; the text itself where it is none."""
    if _FROM_TO.fullmatch(_BEHIND.sub("", text)):
        raise Wrong(
            zh="写的是一个范围；请只写一个数，如其中较大的",
            en="it is a range; write one number, such as the greater",
        )
    text = _BEHIND.sub("", text)
    if _VAGUE.match(said) and _ONLY.fullmatch(text[1:]):
        raise Wrong(zh="没有写明多少；请写一个数，如 300", en="it does not say how many; write a number")
    if not _CHINESE.search(text) or not _ONLY.fullmatch(text) or _SPOKEN.search(text):
        return text
    return _read(text)


def _read(text: str) -> str:
    """Return a number written in Chinese or with Chinese units: 三百五十, 1.5千, 两万."""
    if all(char in _DIGITS for char in text):
        return "".join(str(_DIGITS[char]) for char in text)
    total, section, digit = Decimal(0), Decimal(0), Decimal(-1)
    for word in re.findall(r"\d[\d.,]*|\D", text):
        if word[0].isdigit():
            digit = _decimal(word)
        elif word in _DIGITS and digit <= 0:
            digit = Decimal(_DIGITS[word])
        elif word in _UNITS:
            section, digit = section + _UNITS[word] * (digit if digit >= 0 else 1), Decimal(-1)
        elif word == "万":
            many = section + max(digit, Decimal(0)) or Decimal(1)
            total, section, digit = total + 10_000 * many, Decimal(0), Decimal(-1)
        else:
            return text
    found = total + section + max(digit, Decimal(0))
    return str(int(found)) if found == int(found) else text


def _decimal(word: str) -> Decimal:
    """Return Arabic digits as a number, -1 where they are none."""
    plain = word.replace(",", "")
    return Decimal(plain) if re.fullmatch(r"\d+(?:\.\d+)?", plain) else Decimal(-1)
