"""Lists in parts: by the engine's own cursors, or by numbered pages whose number is the cursor."""

from collections.abc import Sequence
from typing import Annotated, Any, TypeVar

from pydantic import Field

from engine.listing import Page
from web.api.models import Given
from web.api.types import Cursor

Most = Annotated[int, Field(ge=1, le=200, description="So many at most.")]
After = Annotated[Cursor | None, Field(description="What the answer before called next.")]


T = TypeVar("T")


class Part(Given):
    """Which part of a list is asked for."""

    cursor: After = None
    limit: Most = 50

    def asked(self) -> dict[str, Any]:
        """Return the filters that were given, without the place in the list."""
        return self.model_dump(exclude={"cursor", "limit"}, exclude_none=True)


class Pages(Part):
    """Which part of a list is asked for that is paged by numbers."""

    cursor: Annotated[str | None, Field(pattern=r"^[1-9][0-9]{0,5}$", examples=["2"])] = None

    @property
    def page(self) -> int:
        """Return the number of the page that the cursor means."""
        return int(self.cursor or 1)


def page_of(items: Sequence[T], wanted: Pages) -> Page[T]:
    """Return the page that is asked for of a list that is whole already."""
    start = (wanted.page - 1) * wanted.limit
    part = tuple(items[start : start + wanted.limit])
    return Page(items=part, total=len(items), page=wanted.page, per_page=wanted.limit)


def part_of(page: Page[Any]) -> dict[str, Any]:
    """Return a numbered page as part of a list."""
    more = page.page * page.per_page < page.total
    return {"items": page.items, "next": str(page.page + 1) if more else None}
