"""The page of one notice: what comes next, every date with its source, each milestone with its reminders."""

from collections.abc import Iterable
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from config.firings import DAILY
from config.schedule import CaseKind, Milestone
from engine.notice_page import NoticePage, notice_page
from web.access import allow
from web.desks.notices.dates import when_said
from web.desks.notices.pictures import Picture, ladders_of, season_of
from web.desks.notices.rows import date_rows, rule_rows
from web.desks.notices.wording import needs_said, rung_said, state_said, units_said
from web.reach import Reach
from web.visit import VisitDep
from web.words import said

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneShown:
    """One milestone: what it asks for, in facts, and its reminders, drawn or (without a day) named."""

    key: str
    name: str
    when: str
    facts: tuple[tuple[str, str], ...]
    ladder: Picture | None
    rungs: tuple[tuple[str, tuple[str, ...]], ...]
    lapsed: int
    is_next: bool


@router.get("/notices/{notice}")
@allow(reach=Reach.NOTICE)
def one_notice(notice: str, visit: VisitDep) -> Response:
    """Show one notice."""
    with visit.read() as conn:
        page = notice_page(conn, notice, actor=visit.me.actor, now=visit.now)
    return visit.page(
        "notices/page.html",
        page=page,
        notice=page.schedule,
        season=season_of(page, visit.lang),
        dates=date_rows(page, visit.lang),
        rules=rule_rows(page, visit.lang),
        milestones=milestones_of(page, visit.lang),
    )


def milestones_of(page: NoticePage, lang: str) -> tuple[MilestoneShown, ...]:
    """Return the milestones of a notice with what each asks and who is told when."""
    ladders, first = ladders_of(page, lang), page.next[0].name if page.next else None
    return tuple(
        MilestoneShown(
            key=one.key,
            name=one.name.in_(lang),
            when=when_said(one.due, lang, year=page.today.year),
            facts=tuple(_facts(one, lang)),
            ladder=ladders.get(one.key),
            rungs=() if one.key in ladders else tuple(_rungs(one, lang)),
            lapsed=sum(rung.lapsed for rung in page.reminders.get(one.key, ()) if rung.rung != DAILY),
            is_next=one.name == first,
        )
        for one in page.schedule.milestones
    )


def _facts(one: Milestone, lang: str) -> Iterable[tuple[str, str]]:
    yield said("notices.asked_of", lang), _who(one, lang)
    if one.reaches:
        yield said("notices.asked_state", lang), state_said(one.reaches, lang)
    if one.needs:
        yield said("notices.asked_needs", lang), needs_said(one.needs, lang)
    if one.send_to:
        yield said("notices.asked_send_to", lang), one.send_to
    yield said("notices.asked_late", lang), said(f"notices.value_after_due_{one.after_due}", lang)


def _who(one: Milestone, lang: str) -> str:
    if one.kind is CaseKind.ACTIVITY:
        return said("notices.asked_activity", lang)
    return units_said(one.units, lang)


def _rungs(one: Milestone, lang: str) -> Iterable[tuple[str, tuple[str, ...]]]:
    for rung in (rung for rung in one.ladder if rung.on == "due" or one.opens):
        yield rung_said(rung, lang), tuple(said(f"notices.role_{role}", lang) for role in rung.roles)
