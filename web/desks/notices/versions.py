"""The versions of a notice's schedule, and what differs between any two of them."""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from engine.admins import is_admin
from engine.schedules import schedule_of
from engine.version_lines import compared, version_lines
from web.access import allow
from web.desks.notices.text_diff import text_diff
from web.desks.notices.wording import Wording
from web.reach import Reach
from web.visit import VisitDep

router = APIRouter()

Number = Annotated[int, Path(ge=1, le=2**31)]


@router.get("/notices/{notice}/versions")
@allow(reach=Reach.NOTICE)
def versions_page(notice: str, visit: VisitDep) -> Response:
    """Show every version of a notice's schedule: who applied it, when and why."""
    with visit.read() as conn:
        schedule = schedule_of(conn, notice)
        lines = version_lines(conn, notice)
    return visit.page("notices/versions.html", notice=schedule, lines=lines)


@router.get("/notices/{notice}/versions/{old}/{new}")
@allow(reach=Reach.NOTICE)
def compare_page(notice: str, old: Number, new: Number, visit: VisitDep) -> Response:
    """Show what differs between two versions, in words and in the text."""
    with visit.read() as conn:
        lines = version_lines(conn, notice)
        two = compared(conn, notice, old, new)
    words = Wording(schedules=(two.after, two.before), lang=visit.lang, year=visit.now.year)
    return visit.page(
        "notices/compare.html",
        notice=two.after,
        old=old,
        new=new,
        lines=lines,
        values=words.changed(two.fields),
        text_lines=text_diff(two.old_text, two.new_text, visit.lang),
        old_text=two.old_text,
        current=lines[0].version.version,
        may_change=is_admin(visit.me.actor, [two.after.region]),
    )
