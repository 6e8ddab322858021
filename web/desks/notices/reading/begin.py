"""Beginning to read a notice: its document uploaded, or its text pasted."""

from fastapi import APIRouter
from starlette.responses import Response

from config.errors import UserError
from config.reading.read import read_notice
from config.schedule import Role
from engine.notice_reading.kept import Paper, give_up, keep_reading, readings_for
from engine.notice_reading.proposal import home_region
from engine.notice_reading.taking import paper_of_file, paper_of_text
from web.access import allow
from web.desks.notices.mistakes import is_refusal
from web.desks.notices.reading.page import Number
from web.forms import Form, FormDep, empty_form
from web.reach import Reach
from web.visit import Visit, VisitDep

router = APIRouter()

_MOST_TYPED = 100_000  # characters; a longer notice is a file


@router.get("/notices/readings")
@allow(Role.ADMIN)
def begin_page(visit: VisitDep) -> Response:
    """Ask for a document; list those whose reading was begun."""
    return _show(visit, empty_form(visit))


@router.post("/notices/readings")
@allow(Role.ADMIN, uploads=True, slow=True)
def begin(visit: VisitDep, form: FormDep) -> Response:
    """Read a document and keep what was read; nothing is armed."""
    try:
        paper = _paper(visit, form)
    except UserError as error:
        if is_refusal(error):
            raise
        form.note({"file": error.text})
        paper = None
    if paper is None or form.problems:
        return _show(visit, form, status=422)
    region = home_region(read_notice(paper.text), visit.me.actor)
    with visit.write() as conn:
        number = keep_reading(conn, paper, region=region, actor=visit.me.actor, now=visit.now)
    return visit.see_other(f"/notices/readings/{number}")


@router.post("/notices/readings/{reading}/give-up")
@allow(Role.ADMIN, reach=Reach.READING)
def leave(reading: Number, visit: VisitDep) -> Response:
    """Take a reading away."""
    with visit.write() as conn:
        give_up(conn, reading)
    return visit.see_other("/notices/readings", told="reading.given_up")


def _paper(visit: Visit, form: Form) -> Paper:
    uploaded = form.file("file")
    if uploaded is not None:
        folder = visit.home.path / "tmp"
        return paper_of_file(uploaded.file, name=uploaded.filename or "", folder=folder)
    typed = form.text("text", most=_MOST_TYPED)
    return paper_of_text(typed, name=visit.say("reading.pasted"))


def _show(visit: Visit, form: Form, *, status: int = 200) -> Response:
    with visit.read() as conn:
        begun = readings_for(conn, visit.me.actor)
    return visit.page("notices/reading/begin.html", status=status, form=form, begun=begun)
