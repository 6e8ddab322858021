"""What must hold before a step: pure functions of the facts that yield every reason against it.

For a step that changes the case (edit, postpone, hand_over) the facts are those after the change.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from workflows.blockers import Blocker, Code, years
from workflows.facts import DATES, Facts
from workflows.lifecycle import Guard
from workflows.materials import either, missing

# Made once: a blocker without parameters never changes, and a decision is asked for thousands of cases.
_TITLE_MISSING = Blocker(code=Code.TITLE_MISSING, fix="edit:title")
_UNIT_MISSING = Blocker(code=Code.UNIT_MISSING, fix="edit:unit")
_COORDINATOR_MAIL_MISSING = Blocker(code=Code.COORDINATOR_MAIL_MISSING, fix="hand_over")
_DATES_MISSING = Blocker(code=Code.DATES_MISSING, fix="edit:dates")
_PLACE_MISSING = Blocker(code=Code.PLACE_MISSING, fix="edit:place")
_ONLINE_ADDRESS_MISSING = Blocker(code=Code.ONLINE_ADDRESS_MISSING, fix="edit:online_url")
_PARTICIPANTS_MISSING = Blocker(code=Code.PARTICIPANTS_MISSING, fix="edit:participants")
_REASON_MISSING = Blocker(code=Code.REASON_MISSING, fix="reason")
_NOT_RECOMMENDED = Blocker(code=Code.NOT_RECOMMENDED, fix="recommend")
_AWARD_MISSING = Blocker(code=Code.AWARD_MISSING, fix="edit:award")
_NOTHING_CHANGED = Blocker(code=Code.NOTHING_CHANGED, fix="edit:dates")


def titled(facts: Facts) -> Iterator[Blocker]:
    """Ask for a title."""
    if _blank(facts.title):
        yield _TITLE_MISSING


def hosted(facts: Facts) -> Iterator[Blocker]:
    """Ask for a host unit."""
    if _blank(facts.unit):
        yield _UNIT_MISSING


def answerable(facts: Facts) -> Iterator[Blocker]:
    """Ask for a coordinator who can be reached by mail."""
    if _blank(facts.coordinator_mail):
        yield _COORDINATOR_MAIL_MISSING


def in_order(facts: Facts) -> Iterator[Blocker]:
    """Refuse an end before the beginning; says nothing of dates that are not there."""
    if facts.starts_on and facts.ends_on and facts.ends_on < facts.starts_on:
        params: dict[str, str | int] = {
            "start": facts.starts_on.isoformat(),
            "end": facts.ends_on.isoformat(),
            **years(facts.today, facts.starts_on, facts.ends_on),
        }
        yield Blocker(code=Code.DATES_REVERSED, params=params, fix="edit:dates")


def dated(facts: Facts) -> Iterator[Blocker]:
    """Ask for a first and a last day, in this order."""
    if facts.starts_on is None or facts.ends_on is None:
        yield _DATES_MISSING
    yield from in_order(facts)


def different(facts: Facts) -> Iterator[Blocker]:
    """Refuse a step that changes values to what they are."""
    if facts.changes is not None and not facts.changes:
        yield _NOTHING_CHANGED


def in_season(facts: Facts) -> Iterator[Blocker]:
    """Refuse new dates far from the notice's windows."""
    if not _moved(facts) or facts.season is None:
        return
    far = next((day for day in (facts.starts_on, facts.ends_on) if day and facts.season.is_far(day)), None)
    if far is not None:
        first, last = facts.season
        params = {"far": far.isoformat(), "start": first.isoformat(), "end": last.isoformat()}
        yield Blocker(code=Code.OUT_OF_SEASON, params={**params, **years(far, first, last)}, fix="edit:dates")


def ahead(facts: Facts) -> Iterator[Blocker]:
    """Refuse new dates that are wholly over: what took place is confirmed, not planned."""
    if _moved(facts) and facts.ends_on and facts.ends_on < facts.today:
        yield Blocker(code=Code.DATES_PAST, params=_end(facts, facts.ends_on), fix="edit:dates")


def behind(facts: Facts) -> Iterator[Blocker]:
    """Refuse a new last day that is still to come for what took place."""
    if _moved(facts) and facts.ends_on and facts.ends_on > facts.today:
        yield Blocker(code=Code.DATES_AHEAD, params=_end(facts, facts.ends_on), fix="edit:dates")


def placed(facts: Facts) -> Iterator[Blocker]:
    """Ask for a place, or for being online."""
    if _blank(facts.place) and not facts.online:
        yield _PLACE_MISSING


def in_time(step: str) -> Guard:
    """Return the guard that ``step`` is open, and still allowed or its lateness explained."""

    def guard(facts: Facts) -> Iterator[Blocker]:
        if facts.opens and facts.today < facts.opens:
            yield Blocker(
                code=Code.NOT_OPEN,
                params={"step": step, **years(facts.today, facts.opens)},
                clears_on=facts.opens,
            )
        if facts.closed and facts.today > facts.closed:
            yield Blocker(code=Code.CLOSED_SINCE, params=_past(facts, step, facts.closed), fix="ask:admin")
        if facts.late_since and facts.today > facts.late_since and _blank(facts.reason):
            yield Blocker(
                code=Code.LATE_REASON_MISSING, params=_past(facts, step, facts.late_since), fix="reason"
            )

    return guard


def handed_in(facts: Facts) -> Iterator[Blocker]:
    """Ask for every material that the step requires; one blocker for each requirement."""
    yield from short_of(facts.requires, facts.materials)


def short_of(requires: Mapping[str, int], materials: Mapping[str, int]) -> Iterator[Blocker]:
    """Ask for every material of ``requires`` that is not there, for a step or for a date alike."""
    for kind, count in missing(requires, materials):
        params: dict[str, str | int] = {"kind": kind, "count": count}
        yield Blocker(code=Code.MATERIALS_MISSING, params=params, fix=f"attach:{kind}")


def kept(facts: Facts) -> Iterator[Blocker]:
    """Refuse to take away what a step behind the case has needed; what was missing anyway is no reason."""
    for kind, count in missing(facts.requires, facts.materials):
        if not facts.lost.isdisjoint(either(kind)):
            yield Blocker(code=Code.STILL_NEEDED, params={"kind": kind, "count": count}, fix=f"attach:{kind}")


def over(facts: Facts) -> Iterator[Blocker]:
    """Ask that the last day has come, or that an end before it is explained once it had begun.

    The last day itself will do: an activity of one day is entered that evening.
    """
    if facts.ends_on is None or facts.today >= facts.ends_on:
        return
    begun = facts.starts_on is None or facts.today >= facts.starts_on
    if _blank(facts.reason):
        fix = "reason" if begun else "edit:dates"
        told = years(facts.today, facts.ends_on)
        yield Blocker(code=Code.NOT_OVER, params=told, clears_on=facts.ends_on, fix=fix)
    elif not begun:
        told = years(facts.today, facts.starts_on)
        yield Blocker(code=Code.NOT_BEGUN, params=told, clears_on=facts.starts_on, fix="edit:dates")


def addressed(facts: Facts) -> Iterator[Blocker]:
    """Ask for the address of an online activity."""
    if facts.online and _blank(facts.online_url):
        yield _ONLINE_ADDRESS_MISSING


def counted(facts: Facts) -> Iterator[Blocker]:
    """Ask for the number of participants; none is not a number that anyone reports."""
    if facts.participants is None or facts.participants < 1:
        yield _PARTICIPANTS_MISSING


def explained(facts: Facts) -> Iterator[Blocker]:
    """Ask for a reason."""
    if _blank(facts.reason):
        yield _REASON_MISSING


def recommended(facts: Facts) -> Iterator[Blocker]:
    """Ask for the city's recommendation."""
    if _blank(facts.recommended_by):
        yield _NOT_RECOMMENDED


def awarded(facts: Facts) -> Iterator[Blocker]:
    """Ask for the award's name."""
    if _blank(facts.award):
        yield _AWARD_MISSING


def _blank(text: str | None) -> bool:
    return text is None or not text.strip()


def _past(facts: Facts, step: str, last_day: date) -> dict[str, str | int]:
    return {"step": step, "last_day": last_day.isoformat(), **years(facts.today, last_day)}


def _moved(facts: Facts) -> bool:
    return facts.changes is not None and not facts.changes.isdisjoint(DATES)


def _end(facts: Facts, day: date) -> dict[str, str | int]:
    return {"end": day.isoformat(), **years(facts.today, day)}
