"""The address of a list of changes: which filter it means, and the address of another one near it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from engine.audit.search import ChangeFilter
from engine.audit.subjects import Kind
from web.desks.auditor.asked import number_of, one_of
from web.forms import Form

_LONGEST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeQuery:
    """Which changes an address asks for: ``who`` is part of a name, ``person`` a number; both days count."""

    text: str = ""
    kind: Kind | None = None
    who: str = ""
    person: int | None = None
    step: str = ""
    region: str = ""
    since: date | None = None
    until: date | None = None
    forced: bool = False
    back: bool = False

    def wanted(self, zone: ZoneInfo) -> ChangeFilter:
        """Return the filter that it means by local days."""
        return ChangeFilter(
            kind=self.kind,
            actor=self.person if self.person is not None else self.who or None,
            trigger=self.step or None,
            since=_midnight(self.since, zone) if self.since else None,
            until=_midnight(self.until + timedelta(days=1), zone) if self.until else None,
            region=self.region or None,
            forced=self.forced,
            back=self.back,
            text=self.text or None,
        )

    @property
    def narrow(self) -> bool:
        """Return whether anything is asked for."""
        return self != ChangeQuery()

    @property
    def filtered(self) -> bool:
        """Return whether more is asked for than a text and a kind of subject."""
        return replace(self, text="", kind=None) != ChangeQuery()

    def url(self, path: str = "/history", **changes: Any) -> str:  # fields of this class
        """Return the address of this list, or of the one with some fields changed."""
        form = urlencode(list(replace(self, **changes)._pairs()))
        return f"{path}?{form}" if form else path

    def more(self, after: int) -> str:
        """Return the address of what follows a row."""
        return f"/history?{urlencode([*self._pairs(), ('after', after)])}"

    def export(self, form: str) -> str:
        """Return the address of these changes as a file."""
        return f"/history/export?{urlencode([('format', form), *self._pairs()])}"

    def _pairs(self) -> Iterator[tuple[str, str]]:
        given = (
            ("q", self.text),
            ("kind", self.kind),
            ("who", self.who),
            ("person", self.person),
            ("step", self.step),
            ("region", self.region),
            ("since", self.since),
            ("until", self.until),
            ("forced", "1" if self.forced else ""),
            ("back", "1" if self.back else ""),
        )
        return ((name, str(value)) for name, value in given if value not in (None, ""))


def read_changes(form: Form) -> ChangeQuery:
    """Return what a query asks for; what no day can be is noted at its field."""
    return ChangeQuery(
        text=form.text("q", most=_LONGEST),
        kind=one_of(Kind, form.text("kind")),
        who=form.text("who", most=_LONGEST),
        person=number_of(form.text("person")),
        step=form.text("step", most=_LONGEST),
        region=form.text("region", most=_LONGEST),
        since=form.day("since"),
        until=form.day("until"),
        forced=form.checked("forced"),
        back=form.checked("back"),
    )


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone)
