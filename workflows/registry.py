"""Every lifecycle by name and version, and which of them a milestone means."""

from functools import lru_cache

from config.errors import UserError
from config.schedule import CaseKind, Milestone
from workflows.activity import ACTIVITY
from workflows.commendation import COMMENDATION
from workflows.lifecycle import Lifecycle
from workflows.message import MESSAGE
from workflows.notice import NOTICE
from workflows.report import REPORT

LIFECYCLES: tuple[Lifecycle, ...] = (ACTIVITY, REPORT, NOTICE, MESSAGE, COMMENDATION)


@lru_cache(maxsize=256)
def lifecycle(name: str, version: int | None = None) -> Lifecycle:
    """Return a lifecycle, the newest version unless one is named.

    Raises UserError (``workflow.unknown_lifecycle``, ``workflow.unknown_version``).
    """
    versions = {each.version: each for each in LIFECYCLES if each.name == name}
    if not versions:
        known = [each.name for each in LIFECYCLES]
        raise UserError(
            zh=f"没有名为“{name}”的流程；可用的有：{'、'.join(known)}。",
            en=f"there is no lifecycle {name!r}; known are {', '.join(known)}",
            code="workflow.unknown_lifecycle",
        )
    wanted = max(versions) if version is None else version
    if wanted not in versions:
        known = [str(number) for number in sorted(versions)]
        raise UserError(
            zh=f"流程“{name}”没有第 {wanted} 版；可用的版本：{'、'.join(known)}。",
            en=f"lifecycle {name!r} has no version {wanted}; known are {', '.join(known)}",
            code="workflow.unknown_version",
        )
    return versions[wanted]


def target_of(milestone: Milestone) -> str | None:
    """Return the state a milestone wants reached; a report that names none is to be submitted."""
    if milestone.reaches is None and milestone.kind is CaseKind.REPORT:
        return "submitted"
    return milestone.reaches
