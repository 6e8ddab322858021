"""What the admins do: look through what came in on Fridays; in the end commend the best, close the rest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from config.schedule import CaseKind, Schedule
from engine.simulate.affairs import Affair
from engine.simulate.agenda import Agenda, Deed, at_hour, local_day

_FRIDAY = 4
_RETURNED = {CaseKind.ACTIVITY: 0.05, CaseKind.REPORT: 0.08}
_RECOMMENDED = 0.06
_AFTER_LAST_DUE = timedelta(days=25)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bureau:
    """The admin of one notice at work. ``final`` is the day from which the best are recommended."""

    notice: str
    admin: str
    agenda: Agenda
    random: Random
    final: date

    def plan(self, start: date, end: date) -> None:
        """Put every Friday afternoon into the agenda."""
        day = start + timedelta(days=(_FRIDAY - start.weekday()) % 7)
        while day <= end:
            self.agenda.put(at_hour(day, 16), Deed("review", self.notice))
            day += timedelta(days=7)

    def review(self, affairs: Iterable[Affair], now: datetime) -> list[Deed]:
        """Look through what has been handed in; return what is to be done about it."""
        concluding = local_day(now) >= self.final
        verbs = [(affair, self._verb(affair, concluding=concluding)) for affair in affairs]
        return [Deed(verb, affair.ref, "", self.admin) for affair, verb in verbs if verb is not None]

    def _verb(self, affair: Affair, *, concluding: bool) -> str | None:
        if affair.state not in ("submitted", "summarized"):
            return None
        if affair.recommended:
            return "commend"
        first_look, affair.looked_at = not affair.looked_at, True
        if first_look and self.random.random() < _RETURNED[affair.kind]:
            affair.looked_at = False
            return "return"
        if affair.kind is CaseKind.REPORT:
            return "accept"
        if not concluding:
            return None
        return "recommend" if self.random.random() < _RECOMMENDED else "close"


def final_day(schedule: Schedule) -> date:
    """Return from when a notice's best are recommended: weeks after the last date that it states."""
    days = [milestone.due.day for milestone in schedule.milestones if milestone.due.day]
    days += [window.end.day for window in schedule.windows if window.end.day]
    return max(days) + _AFTER_LAST_DUE
