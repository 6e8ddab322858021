"""What a step asks to be handed in, and what of it is missing."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from config.schedule import CaseKind, Milestone, Schedule

DEFAULTS: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {
        "register": {"application_form": 1, "platform_listing": 1},
        "complete_info": {"photo": 1, "video|news_link": 1},
        "summarize": {"summary": 1},
        "submit": {"report": 1},
    }
)


def requires_for(schedule: Schedule, trigger: str, milestone: Milestone | None = None) -> Mapping[str, int]:
    """Return the materials (kind, or ``a|b`` for either, to a count) that ``trigger`` needs.

    For the ``submit`` of a report, the needs of its ``milestone`` come first. A schedule that
    names the trigger has the last word, even with nothing in it; one that does not gets
    the default of DESIGN 3.
    """
    if (
        trigger == "submit"
        and milestone is not None
        and milestone.kind is CaseKind.REPORT
        and milestone.needs
    ):
        return milestone.needs
    return schedule.requires.get(trigger, DEFAULTS.get(trigger, {}))


def missing(requires: Mapping[str, int], materials: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Return each requirement that is not met, with how many are missing, in the order asked.

    One material may serve two requirements: a video counts for ``video`` and for ``video|news_link``.
    """
    return tuple(
        [
            (wanted, count - have)
            for wanted, count in requires.items()
            if (have := _have(wanted, materials)) < count
        ]
    )


@lru_cache(maxsize=256)
def either(kind: str) -> tuple[str, ...]:
    """Return the kinds that ``a|b`` accepts."""
    return tuple(part.strip() for part in kind.split("|"))


def _have(wanted: str, materials: Mapping[str, int]) -> int:
    if "|" not in wanted:
        return materials.get(wanted, 0)
    return sum(materials.get(kind, 0) for kind in either(wanted))
