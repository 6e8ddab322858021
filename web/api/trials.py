"""Trials: a mail sent right now, past the outbox, to see whether the settings or a template are right."""

from sqlalchemy import Connection
from starlette.responses import Response

from config.errors import UserError
from config.schedule import Name, Role
from engine.accounts.limits import Limit, admit
from engine.items import Reader
from engine.template_desk import letter_to_try
from engine.template_preview import preview_templates
from engine.template_texts import templates_in_force
from engine.trial_mails import (
    BEGUN,
    SETTINGS_TRIALS,
    TEMPLATE_TRIALS,
    UNSENT,
    TrialMail,
    letter_mail,
    settings_mail,
    to_oneself,
)
from notifications.render import Templates
from web.access import Door, allow
from web.api.changing import Answer, Change, ChangeDep
from web.api.errands import Errand, run
from web.api.models_template import TryOut
from web.api.models_trial import Ended, NewTrial, Trial
from web.api.route import routes_of
from web.api.season import base_url
from web.api.templates import TemplateId, named

router = routes_of("trials")


@router.post("/settings/test-mail", response_model=Trial)
@allow(Role.ADMIN, door=Door.API)
def send_test_mail(body: NewTrial, change: ChangeDep) -> Response:
    """Send a test mail by the settings, and tell what the mail server answered; not too often.

    Under an ``Idempotency-Key`` it is sent at most once: if the service ends between sending it and noting
    the answer, the same key answers ``begun`` for good and sends nothing.
    """
    visit = change.visit
    with visit.read() as conn:
        templates = templates_in_force(conn, Templates())
    settings = visit.home.settings
    mail = settings_mail(settings, body.address, lang=visit.lang, now=visit.now, templates=templates)
    return _sent(change, mail, body.address, (SETTINGS_TRIALS, str(visit.me.person_id)))


@router.post("/templates/{template_id}/test-mail", response_model=Trial)
@allow(Role.ADMIN, door=Door.API)
def mail_template_to_me(template_id: TemplateId, body: TryOut, change: ChangeDep) -> Response:
    """Mail yourself what a text, not kept, makes about a case; not too often.

    Under an ``Idempotency-Key`` it is sent at most once, as a test mail of the settings is.
    """
    visit, me, name = change.visit, change.visit.me, named(template_id)
    if not me.email:
        raise _no_address()
    reader = Reader(now=visit.now, base_url=base_url(visit))
    with visit.read() as conn:
        letter = letter_to_try(
            conn, body.ref, body.kind, name.lang, actor=me.actor, person_id=me.person_id, reader=reader
        )
        templates = preview_templates(conn, {name.name: body.text} if body.text else {})
    mail = letter_mail(visit.home.settings, to_oneself(letter, me.email), templates, now=visit.now)
    return _sent(change, mail, me.email, (TEMPLATE_TRIALS, me.actor.name))


def _sent(change: Change, mail: TrialMail, to: str, counted: tuple[Limit, str]) -> Response:
    """Send a mail, as often as ``counted`` allows to whom."""

    def may(conn: Connection) -> None:
        admit(conn, *counted, now=change.visit.now)

    def told(answer: str, text: Name, detail: str = "") -> Answer:
        ended = {"answer": answer, "text": text, "detail": detail}
        return Answer(Trial.of(ended | {"to": to, "where": mail.where}))

    def send() -> Answer:
        trial = mail.send()
        return told(trial.outcome.answer, trial.text, trial.outcome.detail)

    begun, tried = told(Ended.BEGUN, BEGUN), told(Ended.UNSENT, UNSENT)
    return run(change, Errand(admit=may, do=send, begun=begun, tried=tried))


def _no_address() -> UserError:
    return UserError(
        zh="您没有登记邮箱，收不到试发的邮件；请管理员登记。",
        en="you have no mail address to try it on; ask your admin to enter one",
        code="template.no_address",
    )
