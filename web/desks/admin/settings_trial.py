"""A mail to try the settings with: sent right now, to an address of one's choice, not too often."""

from math import ceil

from fastapi import APIRouter
from starlette.responses import Response

from config.errors import UserError
from config.schedule import Role
from engine.accounts.limits import TooOften, admit
from engine.template_texts import templates_in_force
from engine.trial_mails import SETTINGS_TRIALS, Trial, settings_mail
from notifications.outcome import Answer
from web.access import allow
from web.desks.admin.mails_look import shipped_of
from web.desks.admin.settings import show_settings
from web.forms import Form, FormDep
from web.visit import Visit, VisitDep

router = APIRouter()

_LONGEST = 320  # characters of a mail address
_DETAIL = 160
_TONES = {Answer.ACCEPTED: "done", Answer.UNKNOWN: "soon"}


@router.post("/settings/test-mail")
@allow(Role.ADMIN)
def send_trial(visit: VisitDep, form: FormDep) -> Response:
    """Send a test mail and say what the mail server answered."""
    address = form.text("address", required=True, most=_LONGEST)
    if form.problems:
        return show_settings(visit, form, status=422)
    try:
        trial = _sent(visit, address)
    except TooOften as error:
        return _wait(visit, form, error)
    except UserError as error:
        form.note({"address": error.text})
        return show_settings(visit, form, status=422)
    answer = trial.outcome.answer
    return visit.see_other(
        "/settings#test-mail",
        told=f"settings.tried_{answer}",
        tone=_TONES.get(answer, "late"),
        address=address,
        detail=trial.outcome.detail[:_DETAIL] or trial.where,
    )


def _sent(visit: Visit, address: str) -> Trial:
    with visit.write() as conn:
        admit(conn, SETTINGS_TRIALS, str(visit.me.person_id), now=visit.now)
        templates = templates_in_force(conn, shipped_of(visit.office))
    settings = visit.home.settings
    return settings_mail(settings, address, lang=visit.lang, now=visit.now, templates=templates).send()


def _wait(visit: Visit, form: Form, error: TooOften) -> Response:
    form.note({"address": error.text})
    answer = show_settings(visit, form, status=429)
    answer.headers["retry-after"] = str(ceil(error.wait.total_seconds()))
    return answer
