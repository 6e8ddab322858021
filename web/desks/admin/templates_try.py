"""Trying a template before it is saved: seen in a frame as one writes, or sent to oneself."""

from fastapi import APIRouter
from starlette.responses import Response

from config.schedule import Role
from engine.accounts.limits import TooOften, admit
from engine.trial_mails import TEMPLATE_TRIALS, Trial, letter_mail, to_oneself
from notifications.render import TemplateFault
from web.access import allow
from web.desks.admin.templates_drafts import drafts_of
from web.desks.admin.templates_form import MailTexts, note_fault
from web.desks.admin.templates_preview import letter_and_templates
from web.desks.admin.templates_shown import show_editor, show_preview, texts_of
from web.forms import Form, FormDep
from web.reach import Reach
from web.visit import Visit, VisitDep

router = APIRouter()


@router.get("/templates/preview/{draft}")
@allow(Role.ADMIN, reach=Reach.OWN)
def preview_frame(draft: str, visit: VisitDep) -> Response:
    """Show a mail being written, in a frame in which nothing can run."""
    html = drafts_of(visit.office).html(draft, owner=visit.me.person_id, now=visit.now)
    return visit.mail(visit.say("mail_templates.draft_over") if html is None else html)


@router.post("/templates/{template}/{lang}/preview")
@allow(Role.ADMIN)
def preview_texts(template: str, lang: str, visit: VisitDep, form: FormDep) -> Response:
    """Show the mail that the texts of a form give; nothing is saved."""
    mail = texts_of(visit, template, lang)
    return show_preview(visit, mail, form) if visit.is_htmx else show_editor(visit, mail, form)


@router.post("/templates/{template}/{lang}/try")
@allow(Role.ADMIN)
def try_texts(template: str, lang: str, visit: VisitDep, form: FormDep) -> Response:
    """Send the mail that the texts of a form give to whoever wrote them; nothing is saved."""
    mail = texts_of(visit, template, lang)
    try:
        trial = _sent(visit, mail, form)
    except TooOften as error:
        form.note({"ref": error.text})
        return show_editor(visit, mail, form, status=429)
    except TemplateFault as fault:
        note_fault(form, mail, fault)
        trial = None
    return show_editor(visit, mail, form, trial=trial)


def _sent(visit: Visit, mail: MailTexts, form: Form) -> Trial | None:
    """Send the mail and return what became of it; None with a problem noted in the form."""
    made, address = letter_and_templates(visit, mail, form), visit.me.email
    if made is None:
        return None
    if not address:
        form.wrong("ref", "mail_templates.no_address")
        return None
    letter, templates = made
    ready = letter_mail(visit.home.settings, to_oneself(letter, address), templates, now=visit.now)
    with visit.write() as conn:
        admit(conn, TEMPLATE_TRIALS, visit.me.actor.name, now=visit.now)
    return ready.send()
