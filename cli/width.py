"""How wide a text is on a terminal, where a Chinese character takes two columns."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from unicodedata import combining, east_asian_width

_CLOSING = frozenset("，。；：、！？）】》”’…,.;:!?)]}%")
_OPENING = frozenset("（【《“‘([{")
_FIRST_WIDE = "\u2e80"  # from here on characters are Chinese: each may end a line
_JOINTS = frozenset("-._/·@")


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
    """Return how many columns the widest part takes that should not be broken: a word, a day."""
    return max((width(piece.strip()) for part in text.split("\n") for piece in _pieces(part)), default=0)


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
    """Give what must not be broken: words, numbers with their measure word, marks with what they mark."""
    held = ""
    for atom in _atoms(text):
        if held and not _belongs(held, atom):
            yield held
            held = ""
        held += atom
    if held:
        yield held


def _atoms(text: str) -> Iterator[str]:
    """Give each Chinese character, and each run of other characters or of spaces."""
    for kind, run in groupby(text, lambda char: "wide" if char >= _FIRST_WIDE else char.isspace()):
        chars = list(run)
        yield from chars if kind == "wide" else ["".join(chars)]


def _belongs(held: str, atom: str) -> bool:
    is_measure = atom >= _FIRST_WIDE and held.removesuffix(" ").isdecimal()
    return atom.isspace() or atom[0] in _CLOSING or held[-1] in _OPENING or is_measure


def _broken(piece: str, columns: int) -> Iterator[str]:
    """Break a piece that is wider than a line: at its joints, else anywhere."""
    if width(piece.rstrip()) <= columns:
        yield piece
        return
    line = ""
    for part in _jointed(piece):
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


def _jointed(piece: str) -> Iterator[str]:
    """Give the parts of a long word, each with the joint that ends it."""
    start = 0
    for at, char in enumerate(piece, 1):
        if char in _JOINTS:
            yield piece[start:at]
            start = at
    if start < len(piece):
        yield piece[start:]
