"""What the admins do: look through what came in on Fridays; close the rest once the best are commended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from config.schedule import CaseKind, Schedule
from engine.simulate.affairs import Affair
from engine.simulate.agenda import Agenda, Deed, at_hour
from engine.simulate.committee import Committee

_FRIDAY = 4
_RETURNED = {CaseKind.ACTIVITY: 0.05, CaseKind.REPORT: 0.08}
_AFTER_LAST_DUE = timedelta(days=25)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bureau:
    """The admin of one notice at work. ``committee`` decides whom the notice commends."""

    notice: str
    admin: str
    agenda: Agenda
    random: Random
    committee: Committee

    def plan(self, start: date, end: date) -> None:
        """Put every Friday afternoon into the agenda."""
        day = start + timedelta(days=(_FRIDAY - start.weekday()) % 7)
        while day <= end:
            self.agenda.put(at_hour(day, 16), Deed("review", self.notice))
            day += timedelta(days=7)

    def review(self, affairs: Iterable[Affair]) -> list[Deed]:
        """Look through what has been handed in; return what is to be done about it."""
        verbs = [(affair, self._verb(affair)) for affair in affairs]
        return [Deed(verb, affair.ref, "", self.admin) for affair, verb in verbs if verb is not None]

    def _verb(self, affair: Affair) -> str | None:
        if affair.state not in ("submitted", "summarized"):
            return None
        first_look, affair.looked_at = not affair.looked_at, True
        if first_look and self.random.random() < _RETURNED[affair.kind]:
            affair.looked_at = False
            return "return"
        if affair.kind is CaseKind.REPORT:
            return "accept"
        return "close" if self.committee.decided else None


def final_day(schedule: Schedule) -> date:
    """Return from when a notice's best are commended: weeks after the last date that it states."""
    days = [milestone.due.day for milestone in schedule.milestones if milestone.due.day]
    days += [window.end.day for window in schedule.windows if window.end.day]
    return max(days) + _AFTER_LAST_DUE
