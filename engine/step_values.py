"""Which values of a case each step may bring along, for faces that take them from outside."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from config.errors import UserError
from engine.uploads.links import take_link

_OWN = frozenset({"title", "place", "online", "online_url", "participants"})
_DAYS = frozenset({"starts_on", "ends_on"})

BRINGS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "edit": _OWN,
        "register": _OWN | _DAYS,
        "postpone": _DAYS | {"place", "online", "online_url"},
        "complete_info": frozenset({"online_url"}),
        "summarize": frozenset({"participants"}),
        "recommend": frozenset({"recommended_by"}),
        "commend": frozenset({"award"}),
    }
)
"""The columns that a step may set; a step that is not named sets none."""


def step_values(trigger: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return values that a step may bring along, as the case keeps them; UserError for any other."""
    beyond = sorted(given.keys() - BRINGS.get(trigger, frozenset()))
    if beyond:
        raise UserError(
            zh=f"“{trigger}”这一步不能改 {'、'.join(beyond)}；请用 edit 或 postpone。",
            en=f"the step {trigger} does not change {', '.join(beyond)}; use edit or postpone",
            code="step.values",
        )
    values = dict(given)
    if values.get("online_url"):
        values["online_url"] = take_link("online_url", values["online_url"]).uri
    return values
