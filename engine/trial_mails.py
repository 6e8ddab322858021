"""Mails sent right now, past the outbox: one to try the settings with, a template tried on oneself."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from secrets import token_hex
from zoneinfo import ZoneInfo

from config.schedule import Name
from config.settings import Settings
from engine.accounts.limits import Limit
from engine.home import sender_of
from notifications.compose import compose
from notifications.letter import Envelope, Letter, Person
from notifications.outcome import Answer, Outcome
from notifications.render import Templates
from notifications.transport import Transport, open_transport, redact

ZONE = ZoneInfo("Asia/Shanghai")

SETTINGS_TRIALS = Limit(name="test_mail", burst=5, per=timedelta(minutes=15))
"""So often somebody may try the settings."""

TEMPLATE_TRIALS = Limit(name="template:try", burst=5, per=timedelta(minutes=15))
"""So many mails somebody may send to themselves."""

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
BEGUN = Name(
    zh="这封测试邮件已经开始发送，还没有记下结果；用同一个标识不会再发。请到收件箱查看。",
    en="it was begun and what became of it is not known yet; the same key never sends it again:"
    " look into the mailbox",
)
"""Of a mail that may have been sent: while it is on its way, and for good if the program ended meanwhile."""

UNSENT = Name(zh="只是试一试：邮件写得出来，没有发。", en="only tried: it could be written, and was not sent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What became of a mail sent right now: the answer in words, the server's own, and by which transport."""

    outcome: Outcome
    text: Name
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialMail:
    """A mail that is written and has not left; nothing is connected before it does."""

    mail: EmailMessage
    where: str
    transport: Transport = field(repr=False)

    def send(self) -> Trial:
        """Hand it over and wait for the answer."""
        try:
            outcome = self.transport.send(self.mail)
        finally:
            self.transport.close()
        return Trial(outcome=outcome, text=_ANSWERS[outcome.answer], where=self.where)


def settings_mail(
    settings: Settings, address: str, *, lang: str, now: datetime, templates: Templates | None = None
) -> TrialMail:
    """Return the mail that tries the settings on an address."""
    letter = Letter(
        template="test",
        to=Person(name="", email=address, lang=lang),
        at=now.astimezone(ZONE),
        list_url=settings.base_url,
    )
    return letter_mail(settings, letter, templates or Templates(), now=now)


def letter_mail(settings: Settings, letter: Letter, templates: Templates, *, now: datetime) -> TrialMail:
    """Return a letter as some templates make it; UserError where that makes no mail, or the route is none."""
    url = settings.mail_url.get_secret_value()
    envelope = Envelope(message_id=f"<{token_hex(16)}@test.mail.duban>", date=now, sender=sender_of(settings))
    mail = compose(letter, templates.render(letter), envelope)
    return TrialMail(mail=mail, where=redact(url), transport=open_transport(url))


def send_test_mail(settings: Settings, address: str, *, lang: str, now: datetime) -> Trial:
    """Send the test mail to an address through the transport that is set, and wait for the answer."""
    return settings_mail(settings, address, lang=lang, now=now).send()


def to_oneself(letter: Letter, address: str) -> Letter:
    """Return a letter with another address: whoever tries a template gets it themselves."""
    return replace(letter, to=replace(letter.to, email=address))
