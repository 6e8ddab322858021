"""What is asked of the reminders to come: how many days, of which notice, by day or by person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from engine.case_choices import NoticeChoice
from engine.coming_mails import Asked, ComingSend
from web.desks.lists.paging import Paging
from web.visit import Visit

DAYS = (7, 14, 30, 60)
_DEFAULT = 14
_PEOPLE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderQuery:
    """The address of the list of reminders; ``by`` is ``person``, or empty for by day."""

    days: int = _DEFAULT
    notice: str = ""
    by: str = ""

    def url(self, **changes: Any) -> str:  # fields of this class
        """Return the address with some fields changed."""
        one, plain = replace(self, **changes), ReminderQuery()
        given = {name: getattr(one, name) for name in ("days", "notice", "by")}
        told = {name: value for name, value in given.items() if value != getattr(plain, name)}
        return f"/reminders?{urlencode(told)}"

    def asked(self, visit: Visit) -> Asked:
        """Return the question to the engine: until the last of the days is over."""
        last = visit.now.astimezone(visit.office.zone).date() + timedelta(days=self.days + 1)
        until = datetime.combine(last, time.min, visit.office.zone)
        return Asked(actor=visit.me.actor, now=visit.now, until=until, notice=self.notice or None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """Somebody who gets mails: how many, and when the first leaves, about how many cases."""

    person_id: int
    name: str
    mails: int
    first: datetime
    cases: int


def query_of(visit: Visit, notices: Iterable[NoticeChoice]) -> ReminderQuery:
    """Return what an address asks for; what is no choice is left out."""
    params = visit.request.query_params
    days, notice = params.get("days", ""), params.get("notice", "")
    return ReminderQuery(
        days=int(days) if days in map(str, DAYS) else _DEFAULT,
        notice=notice if notice in {one.id for one in notices} else "",
        by="person" if params.get("by") == "person" else "",
    )


def by_day(sends: Iterable[ComingSend], visit: Visit) -> dict[date, list[ComingSend]]:
    """Return the sends by their local day."""
    found: dict[date, list[ComingSend]] = {}
    for one in sends:
        found.setdefault(one.at.astimezone(visit.office.zone).date(), []).append(one)
    return found


def by_person(sends: Iterable[ComingSend]) -> list[PersonLine]:
    """Return everybody who gets a mail, in the order of their first."""
    found: dict[int, PersonLine] = {}
    for send in sends:
        for one in send.readers:
            known = found.get(one.person_id)
            found[one.person_id] = (
                replace(known, mails=known.mails + 1)
                if known
                else PersonLine(
                    person_id=one.person_id, name=one.name, mails=1, first=send.at, cases=one.cases
                )
            )
    return list(found.values())


def part_of(people: Sequence[PersonLine], number: int) -> tuple[Sequence[PersonLine], Paging]:
    """Return one page of the people, and its pager."""
    pages = max(-(-len(people) // _PEOPLE), 1)
    number = min(number, pages)
    shown = people[(number - 1) * _PEOPLE : number * _PEOPLE]
    return shown, Paging(number=number, pages=pages, total=len(people))
