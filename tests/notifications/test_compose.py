"""A mail as it goes over the wire."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.errors import UserError
from notifications.compose import as_bytes, compose
from notifications.letter import Envelope, Letter
from notifications.render import Rendered, Templates
from notifications.samples import sample_letter

ENVELOPE = Envelope(
    message_id="<42.reminder@duban.example.cn>",
    date=datetime(2023, 9, 25, 1, 0, tzinfo=UTC),
    sender="泉州市 督办 <duban@example.cn>",
    reply_to="林悦 <kepu@example.cn>",
    headers=(("X-Duban-Notice", "泉州-2023"),),
)
RENDERED = Rendered(subject="主题", text="正文\n", html="<p>正文</p>")


def parsed(mail: EmailMessage) -> EmailMessage:
    read = message_from_bytes(as_bytes(mail), policy=default)
    assert isinstance(read, EmailMessage)
    return read


def send(letter: Letter, rendered: Rendered = RENDERED, envelope: Envelope = ENVELOPE) -> EmailMessage:
    return compose(letter, rendered, envelope)


def test_every_header_arrives_as_it_was_meant() -> None:
    mail = parsed(send(sample_letter("reminder")))

    assert {name: str(value) for name, value in mail.items() if name != "Content-Type"} == {
        "From": "泉州市 督办 <duban@example.cn>",
        "To": "陈静 <reader@example.cn>",
        "Subject": "主题",
        "Date": "Mon, 25 Sep 2023 01:00:00 +0000",
        "Message-ID": "<42.reminder@duban.example.cn>",
        "Auto-Submitted": "auto-generated",
        "MIME-Version": "1.0",
        "Reply-To": "林悦 <kepu@example.cn>",
        "X-Duban-Notice": "泉州-2023",
    }


def test_a_reminder_has_text_html_and_a_calendar(templates: Templates) -> None:
    letter = sample_letter("reminder")
    rendered = templates.render(letter)

    mail = parsed(compose(letter, rendered, ENVELOPE))
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    [dates] = mail.iter_attachments()

    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n") == rendered.text
    assert html.get_content().replace("\r\n", "\n") == rendered.html
    assert (dates.get_content_type(), dates.get_param("method")) == ("text/calendar", "PUBLISH")
    assert (dates.get_filename(), dates.get_payload(decode=True)) == ("duban.ics", rendered.calendar)


def test_a_mail_without_dates_has_two_parts() -> None:
    types = [part.get_content_type() for part in parsed(send(sample_letter("test"))).walk()]

    assert types == ["multipart/alternative", "text/plain", "text/html"]


def test_the_same_mail_is_the_same_bytes_at_each_try() -> None:
    letter = sample_letter("reminder")

    assert as_bytes(send(letter)) == as_bytes(send(letter))


def test_a_composed_mail_can_be_read_without_writing_it() -> None:
    mail = send(sample_letter("reminder"))
    body = mail.get_body(("plain",))

    assert body is not None
    assert (mail["Subject"], mail["To"]) == ("主题", '"陈静" <reader@example.cn>')
    assert body.get_content() == "正文\r\n"


@pytest.mark.parametrize("name", ['O"Hara, Ann\\', "=?utf-8?q?x?=", "陈静, 李强 <x@example.cn>", "A" * 1200])
def test_any_name_stays_a_name(name: str) -> None:
    letter = sample_letter("test")

    mail = parsed(send(replace(letter, to=replace(letter.to, name=name))))
    [address] = mail["To"].addresses

    assert address.addr_spec == "reader@example.cn"
    assert address.display_name == name.replace('"', "").replace("\\", "")


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    subject=st.text(max_size=40).filter(str.isprintable),
    text=st.text(max_size=3000),
    html=st.text(max_size=3000),
)
def test_any_mail_is_seven_bits_with_short_lines(subject: str, text: str, html: str) -> None:
    written = as_bytes(send(sample_letter("test"), Rendered(subject=subject, text=text, html=html)))
    lines = written.split(b"\r\n")

    assert written.isascii()
    assert max(map(len, lines)) <= 998
    assert not any(b"\r" in line or b"\n" in line for line in lines)
    assert str(message_from_bytes(written, policy=default)["Subject"]).split() == subject.split()


def test_a_mail_of_the_standard_policy_is_written_as_well() -> None:
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = "督办"
    mail.set_content("行" * 2000)

    written = as_bytes(mail)

    assert written.isascii()
    assert max(map(len, written.split(b"\r\n"))) <= 998


@pytest.mark.parametrize(
    "envelope",
    [
        replace(ENVELOPE, sender="督办\r\nBcc: x@example.cn <duban@example.cn>"),
        replace(ENVELOPE, sender="duban@example.cn, x@example.cn"),
        replace(ENVELOPE, sender="duban"),
        replace(ENVELOPE, sender=""),
        replace(ENVELOPE, reply_to="x@example.cn\nBcc: y@example.cn"),
        replace(ENVELOPE, message_id="<1@example.cn>\r\nBcc: x@example.cn"),
        replace(ENVELOPE, message_id="1@example.cn"),
        replace(ENVELOPE, headers=(("X-A: 1\r\nBcc", "x@example.cn"),)),
        replace(ENVELOPE, headers=(("X-A", "1\u2028Bcc: x@example.cn"),)),
    ],
)
def test_a_line_break_or_a_wrong_address_is_refused(envelope: Envelope) -> None:
    with pytest.raises(UserError) as refused:
        send(sample_letter("test"), envelope=envelope)

    assert refused.value.code == "mail.header"
    assert refused.value.in_("zh").isprintable()


@pytest.mark.parametrize(
    "address", ["", "x", "a@b@c.cn", "a b@example.cn", "李@example.cn", "a@example.cn, b@example.cn"]
)
def test_a_mail_goes_to_one_usable_address(address: str) -> None:
    letter = sample_letter("test")

    with pytest.raises(UserError):
        send(replace(letter, to=replace(letter.to, email=address)))
