"""The address of a list of cases: which filter it means, and the address of another one near it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode

from config.schedule import CaseKind
from engine.actors import Actor
from engine.listing import CaseFilter, Sort
from engine.standing import Mark

E = TypeVar("E", bound=StrEnum)

_LONGEST = 200
_EXACT = "."
"""Behind a region's code: the region itself, without those within it."""


class Standing(StrEnum):
    """How a case stands: to a milestone, or, where none is chosen, to all that it owes."""

    LATE = "late"
    SOON = "soon"
    OPEN = "open"
    DONE = "done"
    ON_TIME = "on_time"
    NOT_FILED = "not_filed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseQuery:
    """What a list is asked for in its address.

    ``region`` is a code, or one with a dot: just that region; ``current`` means notices in force alone.
    """

    notice: str | None = None
    kind: CaseKind | None = None
    states: tuple[str, ...] = ()
    region: str | None = None
    unit: int | None = None
    coordinator: str | None = None
    milestone: str | None = None
    standing: Standing | None = None
    text: str | None = None
    current: bool = False
    sort: Sort = Sort.DUE
    down: bool = False

    def wanted(self, actor: Actor) -> CaseFilter:
        """Return the filter that it means for an actor."""
        just = self.region is not None and self.region.endswith(_EXACT)
        region = self.region.rstrip(_EXACT) if self.region else None
        return CaseFilter(
            actor=actor,
            kind=self.kind,
            notice=self.notice,
            states=self.states,
            region=None if just else region,
            at_region=region if just else None,
            unit=self.unit,
            coordinator=self.coordinator,
            text=self.text,
            milestone=self.milestone,
            in_force=self.current,
            sort=self.sort,
            down=self.down,
            **self._standing(),
        )

    def _standing(self) -> Mapping[str, Any]:  # a keyword of CaseFilter and its value
        if self.standing is None:
            return {}
        if self.standing in (Standing.ON_TIME, Standing.NOT_FILED):
            return {str(self.standing): True}
        if self.milestone is None and self.standing in (Standing.LATE, Standing.SOON):
            return {str(self.standing): True}
        return {"standing": Mark(self.standing)}

    @property
    def narrow(self) -> bool:
        """Return whether anything but an order is asked for."""
        return replace(self, sort=Sort.DUE, down=False) != CaseQuery()

    @property
    def text_form(self) -> str:
        """Return the query as it stands behind the question mark of an address."""
        return urlencode(list(self._pairs()))

    def url(self, path: str = "/cases", **changes: Any) -> str:  # fields of this class
        """Return the address of this list, or of the one with some fields changed."""
        form = replace(self, **changes).text_form
        return f"{path}?{form}" if form else path

    def page_url(self) -> str:
        """Return the address of a page of this list; its number is to be appended."""
        return f"/cases?{self.text_form}{'&' if self.text_form else ''}page="

    def sort_url(self, sort: str) -> str:
        """Return the address of this list by another order; once more turns it round."""
        return self.url(sort=Sort(sort), down=self.sort == sort and not self.down)

    def _pairs(self) -> Iterable[tuple[str, str]]:
        given = (
            ("notice", self.notice),
            ("kind", self.kind),
            *(("state", state) for state in self.states),
            ("region", self.region),
            ("unit", self.unit),
            ("coordinator", self.coordinator),
            ("milestone", self.milestone),
            ("standing", self.standing),
            ("q", self.text),
            ("current", "1" if self.current else None),
            ("sort", None if self.sort is Sort.DUE else self.sort),
            ("down", "1" if self.down else None),
        )
        return [(name, str(value)) for name, value in given if value]


def read_query(pairs: Iterable[tuple[str, str]]) -> CaseQuery:
    """Return what an address asks for; what it cannot mean is passed over."""
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        if value.strip():
            found.setdefault(name, []).append(value.strip()[:_LONGEST])
    one = {name: values[-1] for name, values in found.items()}
    number = one.get("unit", "")
    return CaseQuery(
        notice=one.get("notice"),
        kind=_word(CaseKind, one.get("kind")),
        states=tuple(dict.fromkeys(found.get("state", ()))),
        region=one.get("region"),
        unit=int(number) if number.isascii() and number.isdecimal() and len(number) < 19 else None,
        coordinator=one.get("coordinator"),
        milestone=one.get("milestone"),
        standing=_word(Standing, one.get("standing")),
        text=one.get("q"),
        current="current" in one,
        sort=_word(Sort, one.get("sort")) or Sort.DUE,
        down="down" in one,
    )


def query_of_text(text: str) -> CaseQuery:
    """Return what the text behind an address's question mark asks for."""
    return read_query(parse_qsl(text))


def _word(words: type[E], value: str | None) -> E | None:
    return words(value) if value in tuple(words) else None
