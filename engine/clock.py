"""The real clock: read here and nowhere else; everything below takes the time it is given."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC)


@lru_cache(maxsize=64)
def stamp(at: datetime) -> str:
    """Return an aware instant as fixed-width UTC text, sortable: ``2023-09-17T01:00:00.000000Z``."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z"


def unstamp(text: str) -> datetime:
    """Return the aware UTC instant of a ``stamp``."""
    return datetime.fromisoformat(text)
