"""The address of the city as of a moment: which moment, which cases; and of another one near it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from config.schedule import CaseKind, Name
from engine.asof import By
from engine.audit.cases_then import Moment, ThenFilter
from web.desks.auditor.asked import one_of
from web.forms import Form
from web.visit import Visit
from web.words import said

_LONGEST = 100
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThenQuery:
    """A day, or an hour of it, and which cases. Without an hour the day's end is meant, today now."""

    on: date
    at: time | None = None
    by: By = By.RECORDED
    kind: CaseKind | None = None
    state: str = ""
    notice: str = ""
    region: str = ""
    text: str = ""

    def moment(self, visit: Visit) -> Moment:
        """Return the moment that is meant; none that has yet to come."""
        zone = visit.office.zone
        if self.at is not None:
            meant = datetime.combine(self.on, self.at, zone)
        else:
            meant = datetime.combine(self.on + timedelta(days=1), time.min, zone) - _INSTANT
        return Moment(at=min(meant, visit.now), by=self.by)

    @property
    def wanted(self) -> ThenFilter:
        """Return the filter that it means."""
        return ThenFilter(
            state=self.state or None,
            kind=self.kind,
            notice=self.notice or None,
            region=self.region or None,
            text=self.text or None,
        )

    @property
    def narrow(self) -> bool:
        """Return whether some cases only are asked for."""
        return self.wanted != ThenFilter()

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return what stands in the address besides the day."""
        return tuple(pair for pair in self._pairs() if pair[0] != "on")

    def url(self, path: str = "/history/at", **changes: Any) -> str:  # fields of this class
        """Return the address of a page as of this moment, or of one with some fields changed."""
        return f"{path}?{urlencode(list(replace(self, **changes)._pairs()))}"

    def alone(self, path: str) -> str:
        """Return the address of one subject as of this moment, without the filters of the list."""
        return ThenQuery(on=self.on, at=self.at, by=self.by).url(path)

    def _pairs(self) -> Iterator[tuple[str, str]]:
        given = (
            ("on", self.on),
            ("time", self.at.isoformat("minutes") if self.at else ""),
            ("by", self.by if self.by is By.OCCURRED else ""),
            ("kind", self.kind),
            ("state", self.state),
            ("notice", self.notice),
            ("region", self.region),
            ("q", self.text),
        )
        return ((name, str(value)) for name, value in given if value not in (None, ""))


def read_then(visit: Visit, form: Form) -> ThenQuery:
    """Return what a query asks for; a day or an hour that is none, or is to come, is noted at its field."""
    today = visit.now.astimezone(visit.office.zone).date()
    on = form.day("on") or today
    if on > today:
        form.problems["on"] = _word("history.not_yet")
        on = today
    return ThenQuery(
        on=on,
        at=_hour(form),
        by=one_of(By, form.text("by")) or By.RECORDED,
        kind=one_of(CaseKind, form.text("kind")),
        state=form.text("state", most=_LONGEST),
        notice=form.text("notice", most=_LONGEST),
        region=form.text("region", most=_LONGEST),
        text=form.text("q", most=_LONGEST),
    )


def _hour(form: Form) -> time | None:
    typed = form.text("time")
    if not typed:
        return None
    try:
        return time.fromisoformat(typed).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        form.problems["time"] = _word("history.no_hour")
        return None


def _word(key: str) -> Name:
    return Name(zh=said(key, "zh"), en=said(key, "en"))
