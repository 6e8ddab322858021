"""What the page of a roll-up shows beside its figures: charts, and the photos a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from engine.rollup.figures import Count, Figures
from engine.rollup.photos import Photo
from web.desks.lists.paging import Paging
from web.pictures.bars import Bar, Bars, bars_picture, bars_table
from web.pictures.frame import Table
from web.visit import Visit

EACH = 24
"""So many photos are on a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart with its caption and the table of the same numbers."""

    caption: str
    svg: Markup
    table: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoPage:
    """Some of the photos, how many there are in all, and how many go along."""

    items: tuple[Photo, ...]
    paging: Paging
    chosen: int


def charts_of(visit: Visit, figures: Figures) -> tuple[Chart, ...]:
    """Return a chart of each count that there is."""
    counted = {"states": figures.states, "kinds": figures.kinds, "audiences": figures.audiences}
    return tuple(_chart(visit, name, counts) for name, counts in counted.items() if counts)


def _chart(visit: Visit, name: str, counts: Sequence[Count]) -> Chart:
    caption = visit.say(f"rollup.{name}")
    bars = Bars(
        bars=tuple(Bar(name=one.name.in_(visit.lang), count=one.number) for one in counts), title=caption
    )
    svg = bars_picture(bars, key=name, lang=visit.lang)
    return Chart(caption=caption, svg=svg, table=bars_table(bars, visit.lang))


def photo_page(photos: Sequence[Photo], number: int) -> PhotoPage:
    """Return one page of the photos."""
    pages = max(-(-len(photos) // EACH), 1)
    number = min(number, pages)
    start = (number - 1) * EACH
    paging = Paging(number=number, pages=pages, total=len(photos))
    chosen = sum(one.chosen for one in photos)
    return PhotoPage(items=tuple(photos[start : start + EACH]), paging=paging, chosen=chosen)
