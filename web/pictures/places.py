"""Where labels may stand so that none lies on another."""

from collections.abc import Sequence

Span = tuple[float, float]


def stacked(spans: Sequence[Span], *, gap: float = 6) -> list[int]:
    """Return a row (0, 1, 2 …) for each span from left to right, so that none meets another in its row."""
    ends: list[float] = []
    rows = [0] * len(spans)
    for index in sorted(range(len(spans)), key=lambda each: spans[each]):
        start, end = spans[index]
        row = next((row for row, taken in enumerate(ends) if taken + gap <= start), len(ends))
        ends[row:] = [end, *ends[row + 1 :]]
        rows[index] = row
    return rows


def spread(wanted: Sequence[float], gap: float, *, low: float, high: float) -> list[float]:
    """Return places near the wanted ones, in their order, at least ``gap`` apart, from ``low`` to ``high``.

    Where all cannot stand between both, they reach beyond ``low``.
    """
    order = sorted(range(len(wanted)), key=lambda each: wanted[each])
    places = dict.fromkeys(order, 0.0)
    last = low - gap
    for index in order:
        last = places[index] = max(wanted[index], last + gap)
    limit = high + gap
    for index in reversed(order):
        limit = places[index] = min(places[index], limit - gap)
    return [places[index] for index in range(len(wanted))]


def centred(middle: float, width: float, *, low: float, high: float) -> float:
    """Return the middle of a text that is to stand at ``middle`` but within ``low`` and ``high``."""
    return max(low + width / 2, min(middle, high - width / 2))
