"""How wide a text is on a terminal, where a Chinese character takes two columns."""

from collections.abc import Iterator
from unicodedata import combining, east_asian_width

_CLOSING = frozenset("，。；：、！？）】》”’…,.;:!?)]}")


def width(text: str) -> int:
    """Return how many columns a text takes."""
    return sum(_columns(char) for char in text)


def padded(text: str, columns: int) -> str:
    """Return a text filled up with spaces."""
    return text + " " * max(0, columns - width(text))


def wrapped(text: str, columns: int) -> list[str]:
    """Return a text in lines of at most so many columns, never beginning with a closing mark."""
    lines = [""]
    for piece in _pieces(text):
        if lines[-1] and piece not in _CLOSING and width(lines[-1] + piece.rstrip()) > columns:
            lines.append(piece)
        else:
            lines[-1] += piece
    return [line.strip() for line in lines]


def _columns(char: str) -> int:
    if combining(char):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def _pieces(text: str) -> Iterator[str]:
    """Give what must not be broken: a Chinese character, or a Latin word with the space after it."""
    word = ""
    for char in text:
        if _columns(char) == 2:
            if word:
                yield word
                word = ""
            yield char
        elif char == " ":
            yield word + char
            word = ""
        else:
            word += char
    if word:
        yield word
