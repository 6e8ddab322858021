"""Pages of a list as the kit's pager wants them."""

from dataclasses import dataclass
from typing import Any

from engine.listing import Page

_MOST = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """Which page of how many, of how many things."""

    number: int
    pages: int
    total: int


def paging_of(page: Page[Any]) -> Paging:
    """Return the pager of a page of anything."""
    return Paging(number=page.page, pages=max(-(-page.total // page.per_page), 1), total=page.total)


def page_number(text: str | None) -> int:
    """Return the number of a page in an address; the first where it names none."""
    if text is None or not (text.isascii() and text.isdecimal()):
        return 1
    return min(max(int(text[:9]), 1), _MOST)
