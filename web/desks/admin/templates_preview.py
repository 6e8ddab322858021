"""What a mail would look like with texts not saved yet: made for a real case, kept for a frame to load."""

from dataclasses import dataclass

from sqlalchemy import Connection

from config.errors import UserError
from engine.template_desk import letter_to_try, some_case
from engine.template_preview import preview_templates
from notifications.letter import Letter
from notifications.render import TemplateFault, Templates
from web.desks.admin.mails_look import reader_of
from web.desks.admin.templates_drafts import drafts_of
from web.desks.admin.templates_form import MailTexts, note_fault, typed_texts
from web.forms import Form
from web.visit import Visit

_LONGEST_REF = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A mail as it will look; ``draft`` is the name that its frame asks for.

    ``mixed``: what it says of the case is in the viewer's language, which is not the mail's.
    """

    subject: str
    to: str
    text: str
    draft: str
    mixed: bool


def preview(visit: Visit, mail: MailTexts, form: Form) -> Preview | None:
    """Make the mail that a form's texts give; None with the problems noted in the form."""
    made = letter_and_templates(visit, mail, form)
    if made is None:
        return None
    letter, templates = made
    try:
        rendered = templates.render(letter)
    except TemplateFault as fault:
        note_fault(form, mail, fault)
        return None
    draft = drafts_of(visit.office).keep(rendered.html, owner=visit.me.person_id, now=visit.now)
    return Preview(
        subject=rendered.subject,
        to=letter.to.name,
        text=rendered.text,
        draft=draft,
        mixed=bool(form.value("ref", letter.items)) and visit.me.lang != mail.lang,
    )


def letter_and_templates(visit: Visit, mail: MailTexts, form: Form) -> tuple[Letter, Templates] | None:
    """Return the letter that a form asks for and the templates with its texts; None with a problem noted."""
    with visit.read() as conn:
        ref = chosen_ref(conn, visit, form)
        try:
            letter = _letter(conn, visit, mail, ref)
        except UserError:
            form.wrong("ref", "mail_templates.no_case", ref=ref)
            return None
        return letter, preview_templates(conn, typed_texts(form, mail))


def chosen_ref(conn: Connection, visit: Visit, form: Form) -> str:
    """Return the number of the case to show, as typed; before anything was, that of some case."""
    if "ref" in form.data:
        return form.text("ref", most=_LONGEST_REF)
    return some_case(conn, visit.me.actor) or ""


def _letter(conn: Connection, visit: Visit, mail: MailTexts, ref: str) -> Letter:
    me, reader = visit.me, reader_of(visit)
    return letter_to_try(
        conn, ref, mail.shown_as, mail.lang, actor=me.actor, person_id=me.person_id, reader=reader
    )
