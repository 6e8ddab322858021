"""Plan, then apply: what a changed schedule would do to people, and putting exactly that in force."""

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from config.errors import UserError
from config.firings import DAILY
from config.schedule import Role
from engine.apply import Applied, FiringChange
from engine.notice_plan import all_applied, changed_meanwhile, planned_notice
from engine.notice_versions import schedule_of_version
from engine.planning import ScheduleChange, apply_planned
from engine.schedule_form import schedule_form
from web.access import allow
from web.desks.notices.edit import TEXT, show_edit, text_asked_for
from web.desks.notices.mistakes import is_refusal, mistakes_of
from web.desks.notices.plan_view import Counted, counted, plan_shown
from web.desks.notices.wording import Wording
from web.forms import Form, FormDep
from web.reach import Reach
from web.visit import Visit, VisitDep

router = APIRouter()


@router.post("/notices/{notice}/plan")
@allow(Role.ADMIN, reach=Reach.NOTICE)
def plan_page(notice: str, visit: VisitDep, form: FormDep) -> Response:
    """Show what a changed schedule would do; nothing is changed."""
    seen = form.number("version")
    with visit.read() as conn:
        current = schedule_form(conn, notice, seen)
    text, mistakes = text_asked_for(form, current, visit.lang)
    if mistakes or form.problems:
        return show_edit(visit, current, form, as_text=TEXT in form.data, mistakes=mistakes)
    try:
        return show_conflict(visit, notice, text, current.version) or show_plan(visit, notice, text, form)
    except UserError as error:
        if is_refusal(error):
            raise
        as_text = TEXT in form.data
        return show_edit(visit, current, form, as_text=as_text, mistakes=mistakes_of(error))


@router.post("/notices/{notice}/apply")
@allow(Role.ADMIN, reach=Reach.NOTICE)
def apply(notice: str, visit: VisitDep, form: FormDep) -> Response:
    """Put a planned text in force."""
    return put_in_force(visit, notice, form)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The document that a text was drafted from: where its pages are, and how it is put in force."""

    path: str
    apply: Callable[..., Applied]


def show_plan(
    visit: Visit, notice: str, text: str, form: Form, *, status: int = 200, origin: Origin | None = None
) -> Response:
    """Show a plan with the exact text that would be put in force."""
    database, zone = visit.home.database, visit.office.zone
    planned = planned_notice(database, notice, text, actor=visit.me.actor, now=visit.now)
    return visit.page(
        "notices/plan.html",
        status=status,
        notice=planned.schedule,
        shown=plan_shown(planned, visit.lang, today=visit.now, zone=zone),
        seen=planned.plan.version,
        way=origin.path if origin else None,
        text=text,
        form=form,
    )


def show_conflict(visit: Visit, notice: str, text: str, seen: int) -> Response | None:
    """Show what others changed since the version that somebody saw; None where they changed nothing."""
    with visit.read() as conn:
        changed = changed_meanwhile(conn, notice, seen)
        if changed is None:
            return None
        schedule = schedule_of_version(conn, notice, changed.version)
    words = Wording(schedules=(schedule,), lang=visit.lang, year=visit.now.year)
    return visit.page(
        "notices/conflict.html",
        status=409,
        notice=schedule,
        changed=changed,
        values=words.changed(changed.fields),
        text=text,
    )


def put_in_force(visit: Visit, notice: str, form: Form, *, origin: Origin | None = None) -> Response:
    """Put the text of a plan in force, unless another was faster or it contradicts itself."""
    seen = form.number("version") or 0
    reason = form.text("reason", most=500) or None
    change = ScheduleChange(
        notice=notice,
        text=str(form.value(TEXT)),
        expect_version=seen,
        reason=reason,
    )
    try:
        with visit.write() as conn:
            apply = origin.apply if origin else apply_planned
            applied = apply(conn, change=change, actor=visit.me.actor, now=visit.now)
    except UserError as error:
        return _refused(visit, change, form, error, origin=origin)
    numbers = _counts(applied)
    told, version = _told(applied, seen), applied.version
    moved, added, dropped = numbers.moved, numbers.added, numbers.dropped
    where = f"/notices/{notice}"
    return visit.see_other(where, told=told, version=version, moved=moved, added=added, dropped=dropped)


def _refused(
    visit: Visit, change: ScheduleChange, form: Form, error: UserError, *, origin: Origin | None
) -> Response:
    """Show what others changed, or ask for a reason; any other refusal is told as it is."""
    if error.code == "notice.changed_meanwhile":
        conflict = show_conflict(visit, change.notice, change.text, change.expect_version or 0)
        if conflict is not None:
            return conflict
    if error.code != "notice.unsound":
        raise error
    form.note({"reason": error.text})
    return show_plan(visit, change.notice, change.text, form, status=422, origin=origin)


def _told(applied: Applied, seen: int) -> str:
    """Return the key of the sentence that says what was done over version ``seen``."""
    if applied.changes_nothing and applied.version == seen:
        return "notices.applied_nothing"
    return f"notices.applied_{_counts(applied).sort}"


def _differs(firing: FiringChange) -> bool:
    return firing.rung != DAILY and firing.before != firing.after


def _counts(applied: Applied) -> Counted:
    firings = (firing for one in all_applied(applied) for firing in one.firings)
    return counted(firing.what for firing in firings if _differs(firing))
