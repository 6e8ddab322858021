"""Where a fault happened, for the log: kinds and places, never words, values or variables of anybody."""

from collections.abc import Iterator
from pathlib import PurePath
from traceback import extract_tb

_DEEPEST = 12  # places of one error, the innermost
_LONGEST = 5  # errors that led to one another


def trace_of(error: BaseException) -> str:
    """Return an error and what caused it: ``KeyError at web/forms.py:40 text < web/visit.py:90 page``."""
    return " after ".join(f"{type(one).__name__} at {_places(one)}" for one in _chain(error))


def _chain(error: BaseException) -> Iterator[BaseException]:
    one: BaseException | None = error
    for _ in range(_LONGEST):
        if one is None:
            return
        yield one
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)


def _places(error: BaseException) -> str:
    frames = extract_tb(error.__traceback__, limit=-_DEEPEST)
    return " < ".join(f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in reversed(frames))


def _short(file: str) -> str:
    return "/".join(PurePath(file).parts[-3:])
