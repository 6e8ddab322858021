"""Settings that can be looked at and tried: what is set, without secrets, and a mail sent right now."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from secrets import token_hex
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from config.schedule import Name
from config.settings import PREFIX, Settings
from engine.home import sender_of
from notifications.compose import compose
from notifications.letter import Envelope, Letter, Person
from notifications.outcome import Answer, Outcome
from notifications.render import Templates
from notifications.transport import open_transport, redact

ZONE = ZoneInfo("Asia/Shanghai")

_MEANS: Mapping[str, Name] = {
    "home": Name(zh="数据目录", en="folder of data"),
    "database_url": Name(zh="数据库", en="database"),
    "mail_url": Name(zh="发信服务器", en="mail server"),
    "mail_from": Name(zh="发件人地址", en="sender's address"),
    "mail_from_name": Name(zh="发件人名称", en="sender's name"),
    "base_url": Name(zh="页面网址", en="address of the pages"),
    "lang": Name(zh="命令行语言", en="language of commands"),
    "mail_policy": Name(zh="没有答复时", en="where no answer comes"),
    "mail_rate": Name(zh="每秒最多几封", en="mails a second at most"),
    "sso_issuer": Name(zh="统一登录网址", en="organisation's sign-in"),
    "sso_client_id": Name(zh="统一登录编号", en="its client id"),
    "sso_client_secret": Name(zh="统一登录密钥", en="its client secret"),
    "webhook_private": Name(zh="可向内网推送变更", en="changes may be told to private addresses"),
}
_ANSWERS: Mapping[Answer, Name] = {
    Answer.ACCEPTED: Name(
        zh="邮件服务器已收下，请到收件箱查看。", en="the mail server took it; look into the mailbox"
    ),
    Answer.REFUSED: Name(
        zh="邮件服务器拒收这个地址或这封邮件；请核对地址和发件人。",
        en="the mail server refused the address or the mail; check the address and the sender",
    ),
    Answer.NOT_ACCEPTED: Name(
        zh="没有发出去：连不上邮件服务器，或它暂时不收；请核对 DUBAN_MAIL_URL，稍后再试。",
        en="it was not sent: the mail server cannot be reached or takes none now;"
        " check DUBAN_MAIL_URL and try later",
    ),
    Answer.UNKNOWN: Name(
        zh="已交给邮件服务器，但没有等到答复；请到收件箱查看是否收到。",
        en="it was handed over and no answer came; look into the mailbox whether it is there",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One setting: its variable, meaning and value without secrets; ``is_set``: not left to its default."""

    variable: str
    meaning: Name
    value: str
    is_set: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What became of a mail sent right now: the answer in words, the server's own, and by which transport."""

    outcome: Outcome
    text: Name
    where: str


def settings_shown(settings: Settings) -> tuple[Shown, ...]:
    """Return what is set here, in words, without any secret."""
    plain = {
        "database_url": redact(settings.database),
        "mail_url": redact(settings.mail_url.get_secret_value()),
    }
    return tuple(
        Shown(
            variable=f"{PREFIX}{field.upper()}",
            meaning=_MEANS.get(field) or Name(zh=field, en=field),
            value=plain.get(field) or _said(getattr(settings, field)),
            is_set=field in settings.model_fields_set,
        )
        for field in type(settings).model_fields
    )


def send_test_mail(
    settings: Settings, address: str, *, lang: str, now: datetime, templates: Templates | None = None
) -> Trial:
    """Send the test mail to an address through the transport that is set, and wait for the answer."""
    letter = Letter(
        template="test",
        to=Person(name="", email=address, lang=lang),
        at=now.astimezone(ZONE),
        list_url=settings.base_url,
    )
    return send_letter(settings, letter, templates or Templates(), now=now)


def send_letter(settings: Settings, letter: Letter, templates: Templates, *, now: datetime) -> Trial:
    """Send one letter right now, past the outbox, as some templates make it: a template tried on oneself."""
    url = settings.mail_url.get_secret_value()
    envelope = Envelope(message_id=f"<{token_hex(16)}@test.mail.duban>", date=now, sender=sender_of(settings))
    mail = compose(letter, templates.render(letter), envelope)
    transport = open_transport(url)
    try:
        outcome = transport.send(mail)
    finally:
        transport.close()
    return Trial(outcome=outcome, text=_ANSWERS[outcome.answer], where=redact(url))


def to_oneself(letter: Letter, address: str) -> Letter:
    """Return a letter with another address: whoever tries a template gets it themselves."""
    return replace(letter, to=replace(letter.to, email=address))


def _said(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, SecretStr):
        return "…"
    return str(value).lower() if isinstance(value, bool) else str(value)
