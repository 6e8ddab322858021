"""How long cases stayed in each state, and which steps were late, forced or undone."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from markupsafe import Markup
from starlette.responses import Response

from config.errors import UserError
from config.regions import region
from config.schedule import CaseKind, Role
from engine.audit.durations import Scope, durations
from engine.audit.steps import PlaceCount, irregular_steps
from engine.case_choices import notice_choices, regions_of
from web.access import allow
from web.desks.auditor.asked import asked, one_of
from web.forms import Form
from web.pictures.bars import Bar, Bars, bars_picture, bars_table
from web.pictures.frame import Table
from web.visit import Visit, VisitDep

router = APIRouter()

_ROLES = (Role.AUDITOR, Role.ADMIN)
_SHOWN = 30
_LONGEST = 100
_BARS = 15
_DAY = timedelta(days=1)


@router.get("/history/durations")
@allow(*_ROLES, slow=True)
def durations_page(visit: VisitDep) -> Response:
    """Show how long steps took, and those out of the ordinary."""
    form = asked(visit)
    scope = _scope(form)
    with visit.read() as conn:
        notices = notice_choices(conn, visit.me.actor)
    shown = _found(visit, form, scope)
    return visit.page(
        "history/durations.html",
        status=422 if form.problems else 200,
        form=form,
        scope=scope,
        notices=notices,
        regions=regions_of(visit.me.actor, *_ROLES),
        kinds=tuple(CaseKind),
        **shown,
    )


def _scope(form: Form) -> Scope:
    return Scope(
        notice=form.text("notice", most=_LONGEST) or None,
        kind=one_of(CaseKind, form.text("kind")),
        region=form.text("region", most=_LONGEST) or None,
    )


def _found(visit: Visit, form: Form, scope: Scope) -> dict[str, Any]:
    """Return what was found in words and pictures; nothing where no such region is."""
    with visit.read() as conn:
        try:
            stays = durations(conn, visit.me.actor, scope, now=visit.now)
            steps = irregular_steps(conn, visit.me.actor, scope, shown=_SHOWN)
        except UserError as error:
            form.note({"region": error.text})
            return {"states": (), "slowest": None, "steps": None, "late": None, "said": {}}
    lengths = {one for state in stays for one in (state.median, state.ninetieth, state.longest)}
    lengths |= {one.stay.length for state in stays for one in state.slowest}
    return {
        "states": stays,
        "slowest": max(stays, key=lambda one: one.median, default=None),
        "steps": steps,
        "late": _late_by_place(visit, scope, steps.places),
        "said": {length: length_said(visit, length) for length in lengths},
    }


def length_said(visit: Visit, length: timedelta) -> str:
    """Say how long something took, by its largest unit: 12 天, 5 小时, 3 分钟."""
    if length >= 2 * _DAY:
        return visit.say("history.days", n=round(length / _DAY))
    hours = length // timedelta(hours=1)
    if hours >= 1:
        return visit.say("history.hours", n=hours)
    minutes = length // timedelta(minutes=1)
    return visit.say("history.minutes", n=minutes) if minutes else visit.say("history.at_once")


def _late_by_place(visit: Visit, scope: Scope, places: Sequence[PlaceCount]) -> tuple[Markup, Table] | None:
    """Return the late steps of each county as bars that lead to it; None where none was late."""
    counts: Counter[str] = Counter()
    for one in places:
        counts[one.region] += one.late
    late = [(code, count) for code, count in counts.most_common(_BARS) if count]
    if not late:
        return None
    bars = Bars(
        bars=tuple(
            Bar(name=region(code).name, count=count, href=_url(scope, code), tone="late")
            for code, count in late
        ),
        title=visit.say("history.late_by_place"),
    )
    return bars_picture(bars, key="late", lang=visit.lang), bars_table(bars, visit.lang)


def _url(scope: Scope, code: str) -> str:
    given = (("notice", scope.notice), ("kind", scope.kind), ("region", code))
    return f"/history/durations?{urlencode([(name, value) for name, value in given if value])}"
