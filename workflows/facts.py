"""What the guards of a lifecycle know of a case. Plain values, no database."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

NOTHING: Mapping[str, int] = MappingProxyType({})


class Facts(NamedTuple):
    """One case at one moment, as its guards see it.

    ``today`` is the local day in the notice's zone. ``requires`` are the materials that the
    step asked for needs by the case's schedule (``a|b`` means either), ``materials`` those it
    has, counted by kind. ``opens`` is the first day the step is open, ``closed`` the last day
    it was allowed (``after_due: forbid``), ``late_since`` that day where a late step only needs
    a reason. ``coordinator_mail`` is None when the coordinator has no usable address.
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
