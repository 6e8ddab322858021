"""Where everything in a lifecycle's picture stands: stations on a line, side states beneath."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from workflows.lifecycle import Lifecycle
from workflows.rails import Rail, channel, links_of, rails_of
from workflows.stations import STATE, Box, Bundle, Grid, Link, bundles_of, places_of, text_width

MARGIN = 24
START = 20
LEAST = 92
LOW, TALL = 40, 58
ARC = 30
REACH = 14
TIGHT = 36
AROUND = 50


Places = Mapping[str, tuple[float, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A whole picture without its foot."""

    boxes: tuple[Box, ...]
    links: tuple[Link, ...]
    width: float
    height: float


def lay_out(lifecycle: Lifecycle, lang: str, *, tall: bool = False) -> Layout:
    """Place everything; ``tall`` leaves room for a count in each state."""
    places = places_of(lifecycle)
    bundles = bundles_of(lifecycle, places, lang)
    widths = {
        state: max(text_width(name.in_(lang), STATE) + 34, LEAST) for state, name in lifecycle.labels.items()
    }
    grid = Grid(places=places, widths=widths, columns=_columns(places, bundles, widths))
    rails = rails_of([bundle for bundle in bundles if not _on_line(bundle, grid)], grid)
    boxes = _boxes(grid, rails, _top(bundles, grid), TALL if tall else LOW)
    line = [bundle for bundle in bundles if _on_line(bundle, grid)]
    links = (*(_along(bundle, grid, boxes) for bundle in line), *links_of(rails, grid, boxes))
    right = max(box.x + box.width / 2 for box in boxes.values())
    bottom = max(box.bottom for box in boxes.values()) + channel(rails, upper=False)
    return Layout(boxes=tuple(boxes.values()), links=links, width=right + MARGIN, height=bottom)


def _columns(places: Places, bundles: list[Bundle], widths: Mapping[str, float]) -> tuple[float, ...]:
    """Return the middles of the line's stations, apart enough for the labels between them."""
    line = sorted((column, widths[state]) for state, (column, row) in places.items() if row == 0)
    columns = [MARGIN + START + line[0][1] / 2]
    for index, ((_, left), (_, right)) in enumerate(pairwise(line)):
        half = (left + right) / 2
        apart = [_apart(bundle, places, index, half) for bundle in bundles]
        columns.append(columns[-1] + max(apart, default=half + TIGHT))
    return tuple(columns)


def _apart(bundle: Bundle, places: Places, index: int, half: float) -> float:
    """Return the distance a bundle's label asks for between the stations ``index`` and the next."""
    (source, above), (dest, below) = places[bundle.sources[0]], places[bundle.dest]
    stride, first = abs(source - dest), int(min(source, dest))
    if len(bundle.sources) > 1 or not 0 < stride <= 1 or first != index:
        return half + TIGHT
    if above == below == 0:
        return half + bundle.width + TIGHT
    return max(half + TIGHT, (bundle.width + AROUND) / stride)


def _on_line(bundle: Bundle, grid: Grid) -> bool:
    return all(grid.row(state) == 0 for state in (*bundle.sources, bundle.dest))


def _stride(bundle: Bundle, grid: Grid) -> float:
    """Return how many columns a bundle on the line goes; negative is back."""
    return grid.places[bundle.dest][0] - grid.places[bundle.sources[0]][0]


def _top(bundles: list[Bundle], grid: Grid) -> float:
    strides = [_stride(bundle, grid) for bundle in bundles if _on_line(bundle, grid)]
    arcs = [abs(stride) for stride in strides if stride != 1]
    return MARGIN + (ARC * max(arcs) if arcs else 0)


def _boxes(grid: Grid, rails: tuple[Rail, ...], top: float, high: float) -> dict[str, Box]:
    heights = (top + high / 2, top + high * 1.5 + channel(rails, upper=True))
    return {
        state: Box(state=state, x=grid.x(state), y=heights[row], width=grid.widths[state], height=high)
        for state, (_, row) in grid.places.items()
    }


def _along(bundle: Bundle, grid: Grid, boxes: Mapping[str, Box]) -> Link:
    source, dest = boxes[bundle.sources[0]], boxes[bundle.dest]
    stride = _stride(bundle, grid)
    if stride == 1:
        start, end = source.x + source.width / 2, dest.x - dest.width / 2
        middle = ((start + end) / 2, source.y - 14)
        return Link(bundle=bundle, lines=(((start, source.y), (end, source.y)),), at=middle, main=True)
    reach = REACH if stride < 0 else -REACH
    height = source.top - ARC * abs(stride)
    left, right = source.x - reach, dest.x + reach
    corners = ((left, source.top), (left, height), (right, height), (right, dest.top))
    return Link(bundle=bundle, lines=(corners,), at=((left + right) / 2, height))
