"""Mail templates: which there are, writing one, its versions, the default again."""

from collections.abc import Iterable

from fastapi import APIRouter, HTTPException
from starlette.responses import Response

from config.errors import UserError
from config.schedule import Role
from engine.template_desk import may_write_templates, save_all, writers_region
from engine.template_names import KINDS, LANGS
from engine.template_versions import restore_default, templates
from notifications.render import TemplateFault
from web.access import allow
from web.desks.admin.templates_form import (
    COMMON,
    MailTexts,
    kind_title,
    lang_title,
    mail_texts,
    note_fault,
    part_title,
    parts_of,
    template_name,
    typed_texts,
)
from web.desks.admin.templates_lines import kind_lines, version_lines
from web.desks.admin.templates_shown import show_editor, texts_of
from web.forms import Form, FormDep, empty_form
from web.visit import VisitDep

router = APIRouter()


@router.get("/templates")
@allow(Role.ADMIN)
def templates_page(visit: VisitDep) -> Response:
    """Show every kind of mail, with who wrote its texts."""
    with visit.read() as conn:
        lines = templates(conn)
        may_write, writers = may_write_templates(conn, visit.me.actor), writers_region(conn)
    kinds = tuple((kind, kind_title(kind)) for kind in (*KINDS, COMMON))
    return visit.page(
        "mail_templates/list.html",
        kinds=kinds,
        langs=LANGS,
        lines=kind_lines(lines),
        may_write=may_write,
        writers=writers,
    )


@router.get("/templates/{template}/{lang}")
@allow(Role.ADMIN)
def template_page(template: str, lang: str, visit: VisitDep) -> Response:
    """Show the texts of one kind of mail to be written, with the mail that they give."""
    return show_editor(visit, texts_of(visit, template, lang), empty_form(visit))


@router.post("/templates/{template}/{lang}")
@allow(Role.ADMIN)
def save_texts(template: str, lang: str, visit: VisitDep, form: FormDep) -> Response:
    """Put the texts of one kind of mail in force: all of them, or none."""
    mail = texts_of(visit, template, lang)
    try:
        with visit.write() as conn:
            changed = save_all(conn, _texts(form, mail), actor=visit.me.actor, now=visit.now)
    except TemplateFault as fault:
        note_fault(form, mail, fault)
        return show_editor(visit, mail, form, status=422)
    except UserError as error:
        if error.code != "template.changed_meanwhile":
            raise
        return show_editor(visit, texts_of(visit, template, lang), form, status=409)
    told = "mail_templates.saved" if changed else "mail_templates.unchanged"
    return visit.see_other(f"/templates/{template}/{lang}", told=told)


def _texts(form: Form, mail: MailTexts) -> Iterable[tuple[str, str, int]]:
    """Give each text that was typed, with the version that its writer saw."""
    seen = {one.line.name: form.number(f"version.{one.line.part}") or 0 for one in mail.texts}
    return [(name, text, seen[name]) for name, text in typed_texts(form, mail).items()]


@router.post("/templates/{template}/{lang}/restore")
@allow(Role.ADMIN)
def restore(template: str, lang: str, visit: VisitDep, form: FormDep) -> Response:
    """Put the text that the program carries in force again."""
    part = form.text("part", most=40)
    if part not in parts_of(template):
        raise HTTPException(422)
    seen = form.number(f"version.{part}") or 0
    name = template_name(template, lang, part)
    with visit.write() as conn:
        restore_default(conn, name, actor=visit.me.actor, now=visit.now, expect_version=seen)
    where = f"/templates/{template}/{lang}"
    return visit.see_other(where, told="mail_templates.restored", part=part_title(part).in_(visit.lang))


@router.get("/templates/{template}/{lang}/versions")
@allow(Role.ADMIN)
def template_versions(template: str, lang: str, visit: VisitDep) -> Response:
    """Show every version of the texts of one kind of mail, with what each changed."""
    with visit.read() as conn:
        mail = mail_texts(conn, template, lang)
    return visit.page(
        "mail_templates/versions.html",
        mail=mail,
        lang_title=lang_title(lang),
        histories=tuple((part_title(one.line.part), version_lines(one, visit.lang)) for one in mail.texts),
    )
