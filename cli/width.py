"""How wide a text is on a terminal, where a Chinese character takes two columns."""

import re
from collections.abc import Iterator, Sequence
from unicodedata import combining, east_asian_width

_CLOSING = frozenset("，。；：、！？）】》”’…,.;:!?)]}%")
_OPENING = frozenset("（【《“‘([{")
# a number stays with its measure word, a word with the space after it, an opening mark with what it opens
_PIECE = re.compile(r"[0-9]+ ?[\u3400-\u9fff]|[^\s\u2e80-\uffef]+\s*|\s+|.", re.DOTALL)
_JOINT = re.compile(r"(?<=[-._/·@])")


def width(text: str) -> int:
    """Return how many columns a text takes."""
    return sum(_columns(char) for char in text)


def padded(text: str, columns: int) -> str:
    """Return a text filled up with spaces."""
    return text + " " * max(0, columns - width(text))


def wrapped(text: str, columns: int) -> list[str]:
    """Return a text in lines of at most so many columns (a long word is broken where it must be).

    No line begins with a closing mark or ends with an opening one; numbers stay whole.
    """
    return [line for part in text.split("\n") for line in _lines(part, max(2, columns))]


def longest_piece(text: str) -> int:
    """Return how many columns the longest piece takes that should not be broken."""
    return max((width(piece.rstrip()) for piece in _pieces(text)), default=0)


def shares(naturals: Sequence[int], room: int) -> list[int]:
    """Share ``room`` columns among texts: a short one gets what it needs, the others the rest evenly."""
    given = [0] * len(naturals)
    left = sorted(range(len(naturals)), key=lambda index: naturals[index])
    while left:
        fair = room // len(left)
        index = left.pop(0)
        given[index] = min(naturals[index], fair)
        room -= given[index]
    return given


def _lines(text: str, columns: int) -> list[str]:
    lines = [""]
    for piece in _pieces(text):
        for part in _broken(piece, columns):
            fits = width(lines[-1] + part.rstrip()) <= columns
            if fits or not lines[-1]:
                lines[-1] += part
            else:
                lines.append(part)
    return [line.strip() for line in lines]


def _columns(char: str) -> int:
    if combining(char):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def _pieces(text: str) -> Iterator[str]:
    """Give what must not be broken, marks with what they belong to."""
    held = ""
    for found in _PIECE.finditer(text):
        piece = found[0]
        if held and piece[0] not in _CLOSING and held[-1] not in _OPENING:
            yield held
            held = ""
        held += piece
    if held:
        yield held


def _broken(piece: str, columns: int) -> Iterator[str]:
    """Break a piece that is wider than a line: at its joints, else anywhere."""
    if width(piece.rstrip()) <= columns:
        yield piece
        return
    line = ""
    for part in _JOINT.split(piece):
        if line and width(line + part) > columns:
            yield line
            line = ""
        line += part
        while width(line.rstrip()) > columns:
            cut = next(at for at in range(len(line), 0, -1) if width(line[:at]) <= columns)
            yield line[:cut]
            line = line[cut:]
    if line:
        yield line
