"""The page on which one kind of mail is written, with the mail beside it."""

from collections.abc import Mapping

from starlette.responses import Response

from engine.template_desk import may_write_templates, writers_region
from engine.trial_mails import Trial
from web.desks.admin.templates_form import MailTexts, lang_title, mail_texts, part_title
from web.desks.admin.templates_preview import chosen_ref, preview
from web.desks.admin.templates_values import value_groups
from web.desks.notices.text_diff import text_diff
from web.forms import Form
from web.visit import Visit

PAGE = "mail_templates/edit.html"


def texts_of(visit: Visit, kind: str, lang: str) -> MailTexts:
    """Return the texts of a kind of mail; UserError where there is none such."""
    with visit.read() as conn:
        return mail_texts(conn, kind, lang)


def show_editor(
    visit: Visit, mail: MailTexts, form: Form, *, status: int = 200, trial: Trial | None = None
) -> Response:
    """Show the texts with what was typed, what is wrong with them, and the mail that they give."""
    shown = preview(visit, mail, form)
    with visit.read() as conn:
        may_write, writers = may_write_templates(conn, visit.me.actor), writers_region(conn)
        ref = chosen_ref(conn, visit, form)
    return visit.page(
        PAGE,
        status=422 if form.problems and status == 200 else status,
        mail=mail,
        lang_title=lang_title(mail.lang),
        part_titles={one.line.part: part_title(one.line.part) for one in mail.texts},
        form=form,
        preview=shown,
        ref=ref,
        may_write=may_write,
        writers=writers,
        trial=trial,
        values=value_groups(),
        changed=_changed(visit, mail, form) if status == 409 else {},
    )


def show_preview(visit: Visit, mail: MailTexts, form: Form) -> Response:
    """Show just the mail that a form's texts give, for the page that has the form."""
    shown = preview(visit, mail, form)
    titles = {one.line.part: part_title(one.line.part) for one in mail.texts}
    return visit.fragment(
        PAGE, "preview", mail=mail, form=form, preview=shown, part_titles=titles, trial=None
    )


def _changed(visit: Visit, mail: MailTexts, form: Form) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Return how the typed texts differ from those in force, by part."""
    typed = {one.line.part: str(form.value(one.line.part, one.text)) for one in mail.texts}
    found = {one.line.part: text_diff(one.text, typed[one.line.part], visit.lang) for one in mail.texts}
    return {part: lines for part, lines in found.items() if lines}
