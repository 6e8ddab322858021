"""Mail templates: in force, shipped, tried on a real case, written, put back."""

from typing import Annotated

from fastapi import HTTPException, Path
from sqlalchemy import Connection
from starlette.responses import Response

from config.schedule import Role
from engine.items import Reader
from engine.template_desk import letter_to_try
from engine.template_names import TemplateName, names
from engine.template_preview import preview_template
from engine.template_versions import restore_default, save, template, templates
from web.access import Door, allow
from web.api.changing import Answer, SeenDep, told
from web.api.models_template import ID, NewText, Rendered, Template, Templates, TemplateText, TryOut
from web.api.route import routes_of
from web.api.season import base_url
from web.visit import VisitDep

router = routes_of("templates")

TemplateId = Annotated[str, Path(pattern=ID, examples=["zh.reminder.body.txt"])]


@router.get("/templates", response_model=Templates)
@allow(Role.ADMIN, door=Door.API)
def list_templates(visit: VisitDep) -> Response:
    """List every template that may be written."""
    with visit.read() as conn:
        found = templates(conn)
    return told(Templates.of({"items": found, "next": None}))


@router.get("/templates/{template_id}", response_model=TemplateText)
@allow(Role.ADMIN, door=Door.API)
def read_template(template_id: TemplateId, visit: VisitDep) -> Response:
    """Show one template with all its versions."""
    with visit.read() as conn:
        found = template(conn, named(template_id).name)
    return told(TemplateText.of(found), version=found.line.version)


@router.put("/templates/{template_id}", response_model=Template)
@allow(Role.ADMIN, door=Door.API)
def write_template(template_id: TemplateId, body: NewText, change: SeenDep) -> Response:
    """Put a text in force, if it can make all its mails."""
    name, visit = named(template_id).name, change.visit

    def work(conn: Connection) -> Answer:
        seen = template(conn, name).line.version if change.expect is None else change.expect
        save(conn, name, body.text, actor=visit.me.actor, now=visit.now, expect_version=seen)
        return _line(conn, name)

    return change.do(work)


@router.post("/templates/{template_id}/restore", response_model=Template)
@allow(Role.ADMIN, door=Door.API)
def restore_template(template_id: TemplateId, change: SeenDep) -> Response:
    """Put the shipped text in force again."""
    name, visit = named(template_id).name, change.visit

    def work(conn: Connection) -> Answer:
        seen = template(conn, name).line.version if change.expect is None else change.expect
        restore_default(conn, name, actor=visit.me.actor, now=visit.now, expect_version=seen)
        return _line(conn, name)

    return change.do(work)


@router.post("/templates/{template_id}/preview", response_model=Rendered)
@allow(Role.ADMIN, door=Door.API)
def try_template(template_id: TemplateId, body: TryOut, visit: VisitDep) -> Response:
    """Show the mail that a text, not kept, would make about a case; nothing is sent."""
    name, me = named(template_id), visit.me
    reader = Reader(now=visit.now, base_url=base_url(visit))
    with visit.read() as conn:
        letter = letter_to_try(
            conn, body.ref, body.kind, name.lang, actor=me.actor, person_id=me.person_id, reader=reader
        )
        made = preview_template(conn, {name.name: body.text} if body.text else {}, letter)
    return told(Rendered.of(made))


def named(template_id: str) -> TemplateName:
    """Return the template of an id; in a path it has dots for slashes. 404 where there is none."""
    found = next((one for one in names() if one.name.replace("/", ".") == template_id), None)
    if found is None:
        raise HTTPException(404)
    return found


def _line(conn: Connection, name: str) -> Answer:
    line = template(conn, name).line
    return Answer(Template.of(line), version=line.version)
