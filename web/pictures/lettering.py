"""How wide words are, and what to do where there is less room."""

import re
from functools import lru_cache
from unicodedata import east_asian_width

# A number keeps its measure (1 个工作日), a character the stop behind it.
_WORD = re.compile(r"\d+ ?[⺀-￯]{1,4}|[^ ⺀-￯]+| |[⺀-￯][，。、；：）》”’？]*")
_NARROW, _BROAD = "fijlrt.,:;'|!()[]/·- ", "mwMW@%&—–"


def text_width(said: str, size: float) -> float:
    """Return about how wide a text is, rather too wide: a Chinese character is square."""
    return sum(map(_share, said)) * size


def clipped(said: str, size: float, room: float) -> str:
    """Return the text, cut short with … where it is wider than ``room``."""
    if text_width(said, size) <= room:
        return said
    while said and text_width(said + "…", size) > room:
        said = said[:-1]
    return said.rstrip() + "…"


@lru_cache(maxsize=2000)
def wrapped(said: str, size: float, room: float, *, lines: int = 3) -> tuple[str, ...]:
    """Return the text in at most ``lines`` lines; the last is cut short where that is not enough."""
    rows = [""]
    for word in _WORD.findall(said):
        fits = text_width((rows[-1] + word).rstrip(), size) <= room
        if fits or not rows[-1]:
            rows[-1] += word
        else:
            rows.append(word)
    kept = [*rows[: lines - 1], "".join(rows[lines - 1 :])]
    return tuple(clipped(row.strip(), size, room) for row in kept if row.strip()) or ("",)


@lru_cache(maxsize=2000)
def balanced(said: str, size: float, room: float, *, lines: int = 3) -> tuple[str, ...]:
    """Return the text wrapped as in ``wrapped``, in as many lines, but of more equal length."""
    rows = wrapped(said, size, room, lines=lines)
    if len(rows) == 1 or text_width(said, size) > room * lines:
        return rows
    for narrower in range(int(room / len(rows)), int(room)):
        tried = wrapped(said, size, narrower, lines=lines)
        if len(tried) == len(rows) and not any(row.endswith("…") for row in tried):
            return tried
    return rows


@lru_cache(maxsize=5000)
def _share(char: str) -> float:
    if east_asian_width(char) in "WFA" and char not in _BROAD:
        return 1
    if char in _NARROW:
        return 0.36
    if char in _BROAD:
        return 0.9
    return 0.68 if char.isupper() else 0.56


def widest(texts: list[str], size: float, *, most: float) -> float:
    """Return the width of the widest text, and no more than ``most``."""
    return min(max((text_width(each, size) for each in texts), default=0), most)
