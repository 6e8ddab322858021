"""What coordinators set out to do: of themselves, or because a mail reached them."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from config.schedule import CaseKind, Milestone
from engine.simulate.affairs import Affair
from engine.simulate.agenda import Agenda, Deed, at_hour, hour_after, local_day
from engine.simulate.plot import Fate
from workflows.registry import target_of

ASKING = frozenset({"reminder", "overdue", "already_due"})
_STEP_TO = {
    "planned": "registered",
    "registered": "held",
    "held": "info_completed",
    "info_completed": "summarized",
}
_INVITED = 0.6
_PHONES = 0.35
_PERSUADED = 0.2


class People:
    """The coordinators and leads of a season.

    ``affairs`` are all cases by their public number, ``gone`` the addresses that do not work.
    """

    def __init__(self, affairs: Mapping[str, Affair], agenda: Agenda, gone: Collection[str]) -> None:
        self.affairs = affairs
        self.agenda = agenda
        self.gone = gone

    def entered(self, affair: Affair, fate: Fate, now: datetime) -> None:
        """Set out on a case just entered."""
        if fate in (Fate.CALLED_OFF, Fate.TOO_HOT, Fate.POSTPONED):
            verb = "postpone" if fate is Fate.POSTPONED else "cancel"
            day = (affair.starts_on or local_day(now)) - timedelta(days=affair.days((1, 3)))
            self._do(affair, verb, hour_after(now, day, affair.days((0, 3))), target=str(fate))
        elif fate is Fate.HANDED_OVER:
            at = hour_after(now, local_day(now) + timedelta(days=affair.days((5, 25))), 0)
            self._do(affair, "hand_over", at, target=affair.colleague or "")
        self.stepped(affair, now)

    def stepped(self, affair: Affair, now: datetime) -> None:
        """Set out on the next step of oneself, or wait to be told."""
        today = local_day(now)
        if affair.kind is CaseKind.REPORT:
            self._report(affair, now, today)
            return
        target = _STEP_TO.get(affair.state)
        # an activity is confirmed as held by most, whatever their zeal with papers
        eager = max(affair.temper.unasked, 0.6) if target == "held" else affair.temper.unasked
        if target is None or affair.random.random() >= eager:
            return
        first = max(today, affair.ends_on or today) if target == "held" else today
        opens = affair.opens(target)
        lag = affair.days((0, 2)) if target == "held" else affair.days(affair.temper.lag)
        self.reach(affair, target, now, first=max(first, opens or first) + timedelta(days=lag))

    def reach(self, affair: Affair, target: str, now: datetime, *, first: date) -> None:
        """Set out to reach a state, on or after a day."""
        day = affair.rules.calendar.on_or_after(first)
        self._do(affair, "reach", hour_after(now, day, affair.days((0, 3))), target=target)

    def wait_for_end(self, affair: Affair, target: str, now: datetime) -> None:
        """Put off what only an activity already held can have to the evening of its last day."""
        if affair.ends_on is not None and affair.ends_on >= local_day(now):
            self._do(
                affair, "reach", max(at_hour(affair.ends_on, 18), now + timedelta(hours=1)), target=target
            )

    def read(self, letter: Mapping[str, Any], now: datetime) -> None:
        """Read a mail that has arrived."""
        for item in letter["items"]:
            affair = self.affairs.get(item["ref"])
            if affair is None:  # a unit that is commended is no case
                continue
            if letter["template"] == "returned":
                self._mend(affair, now)
            elif letter["template"] == "opening" and affair.random.random() < _INVITED:
                self.reach(
                    affair, "registered", now, first=local_day(now) + timedelta(days=affair.days((0, 9)))
                )
            elif letter["template"] in ASKING:
                milestone = affair.rules.schedule.milestone(item["key"])
                if milestone is not None and item["role"] == "coordinator":
                    self._asked(affair, milestone, item, now)
                elif milestone is not None and affair.random.random() < _PHONES:
                    self._phoned(affair, milestone, now, lead=letter["to"]["email"])

    def _asked(self, affair: Affair, milestone: Milestone, item: Mapping[str, Any], now: datetime) -> None:
        affair.told += 1
        temper = affair.temper
        if (
            temper.patience is None
            or affair.told < temper.patience
            or (temper.once_late and not item["days_late"])
        ):
            return
        self._set_out(affair, milestone, now, days=affair.days(temper.delay))

    def _phoned(self, affair: Affair, milestone: Milestone, now: datetime, *, lead: str) -> None:
        """Let the lead ring up: most then do it; a colleague takes over where no mail arrives or helps."""
        unreachable = affair.coordinator in self.gone
        if affair.temper.patience is not None and not unreachable:
            self._set_out(affair, milestone, now, days=affair.days((1, 3)))
        elif affair.colleague is not None and (unreachable or affair.random.random() < _PERSUADED):
            at = hour_after(now, local_day(now) + timedelta(days=1), 1)
            self._do(affair, "hand_over", at, target=affair.colleague, who=lead)

    def _set_out(self, affair: Affair, milestone: Milestone, now: datetime, *, days: int) -> None:
        day = local_day(now) + timedelta(days=days)
        target = target_of(milestone)
        if target is not None:
            self.reach(affair, target, now, first=day)
        if milestone.needs and affair.kind is CaseKind.ACTIVITY:
            at = hour_after(now, affair.rules.calendar.on_or_after(day), 0)
            self._do(affair, "attach", at, target=milestone.key)

    def _mend(self, affair: Affair, now: datetime) -> None:
        day = local_day(now) + timedelta(days=affair.days((1, 4)))
        if affair.temper.patience is not None:
            target = (
                "submitted" if affair.kind is CaseKind.REPORT else _STEP_TO.get(affair.state, "summarized")
            )
            self.reach(affair, target, now, first=day)

    def _report(self, affair: Affair, now: datetime, today: date) -> None:
        if (
            affair.state != "due"
            or affair.milestone is None
            or affair.random.random() >= affair.temper.unasked * 0.8
        ):
            return
        due = affair.rules.due_day(affair.milestone, None)
        day = (
            due - timedelta(days=affair.days((1, 9)))
            if due
            else today + timedelta(days=affair.days((40, 80)))
        )
        self.reach(affair, "submitted", now, first=max(today + timedelta(days=1), day))

    def _do(self, affair: Affair, verb: str, at: datetime, *, target: str = "", who: str = "") -> None:
        self.agenda.put(at, Deed(verb, affair.ref, target, who))
