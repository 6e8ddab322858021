"""What the guards of a lifecycle know of a case. Plain values, no database."""

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import NamedTuple

DATES = frozenset({"starts_on", "ends_on"})
_FAR = timedelta(days=183)
NOTHING: Mapping[str, int] = MappingProxyType({})


class Season(NamedTuple):
    """The first and the last day of a notice's windows."""

    first: date
    last: date

    def is_far(self, day: date) -> bool:
        """Return whether a day is so far off that its year or month must be wrong."""
        return not self.first - _FAR <= day <= self.last + _FAR


class Facts(NamedTuple):
    """One case at one moment, as its guards see it.

    ``today`` is the local day in the notice's zone. ``requires`` are the materials that the
    step asked for needs by the case's schedule (``a|b`` means either), ``materials`` those it
    has, counted by kind. ``opens`` is the first day the step is open, ``closed`` the last day
    it was allowed (``after_due: forbid``), ``late_since`` that day where a late step only needs
    a reason. ``coordinator_mail`` is None when the coordinator has no usable address. ``changes`` names
    the values of the case that the step changes; None where it is only asked what stands against it.
    ``lost`` are the kinds of the materials that the step takes away; a ``detach`` requires what the steps
    behind the case did.
    """

    today: date
    title: str = ""
    unit: str | None = None
    coordinator_mail: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    place: str | None = None
    online: bool = False
    online_url: str | None = None
    participants: int | None = None
    materials: Mapping[str, int] = NOTHING
    requires: Mapping[str, int] = NOTHING
    reason: str | None = None
    recommended_by: str | None = None
    award: str | None = None
    opens: date | None = None
    closed: date | None = None
    late_since: date | None = None
    season: Season | None = None
    lost: frozenset[str] = frozenset()
    changes: frozenset[str] | None = None
