"""What yagmail does by itself, and ours must not: one test for each trap."""

import base64
from contextlib import closing
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
import yagmail

from notifications.carrier import Carrier
from notifications.compose import as_bytes, compose
from notifications.letter import Envelope
from notifications.outcome import Answer
from notifications.render import Rendered, Templates
from notifications.route import Timeouts, parse_route
from notifications.samples import sample_letter
from notifications.transport import open_transport
from tests.notifications.certificates import Certificates
from tests.notifications.conftest import MakeMail, run_post
from tests.notifications.sink import Sink

ENVELOPE = Envelope(message_id="<1@example.cn>", date=sample_letter("test").at, sender="duban@example.cn")


def parts(text: str) -> EmailMessage:
    rendered = Rendered(subject="提醒", text=text, html="<p>提醒</p>")
    written = as_bytes(compose(sample_letter("test"), rendered, ENVELOPE))
    mail = message_from_bytes(written, policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


def plain(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def test_yagmail_logs_in_for_each_mail_and_we_do_not(make_mail: MakeMail) -> None:
    with Sink() as its, Sink() as ours:
        client = yagmail.SMTP(
            "a@example.cn",
            "x",
            host="127.0.0.1",
            port=its.port,
            smtp_ssl=False,
            smtp_starttls=False,
            smtp_skip_login=True,
        )
        with closing(open_transport(ours.url)) as transport:
            for number in range(3):
                client.login()
                client.smtp.close()
                transport.send(make_mail(number=number))
        client.is_closed = True

    assert (its.server.connections, ours.server.connections) == (3, 1)


def test_a_cut_connection_is_told_at_once_and_not_tried_again(make_mail: MakeMail) -> None:
    with Sink(script=["drop_after"]) as sink, closing(Carrier(parse_route(sink.url), Timeouts())) as carrier:
        outcome = carrier.deliver("a@example.cn", "b@example.cn", as_bytes(make_mail()))

    assert (outcome.answer, outcome.detail) != (Answer.ACCEPTED, "")
    assert (sink.server.accepted, carrier.unsent) == (["<1@duban.example.cn>"], [])


def test_two_mails_with_one_subject_keep_their_own_message_ids(make_mail: MakeMail) -> None:
    first, second = make_mail(number=1), make_mail(number=2)

    assert first["Subject"] == second["Subject"]
    assert (first["Message-ID"], second["Message-ID"]) == ("<1@duban.example.cn>", "<2@duban.example.cn>")


def test_a_text_that_names_a_file_does_not_send_the_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TOPSECRET")

    mail = parts(str(secret))

    assert plain(mail) == str(secret)
    assert base64.b64encode(b"TOPSECRET") not in mail.as_bytes()


def test_plain_text_stays_plain() -> None:
    assert (
        plain(parts("各单位：\n请于 9月28日 前报送 <材料>。\n")) == "各单位：\n请于 9月28日 前报送 <材料>。\n"
    )


def test_no_style_sheet_is_fetched() -> None:
    with Sink() as web:
        link = f'<link rel="stylesheet" href="http://127.0.0.1:{web.port}/x.css">'
        templates = Templates({"zh/test/body.html": f"<html><head>{link}</head><body>好</body></html>"})
        templates.render(sample_letter("test"))

    assert web.server.connections == 0


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
def test_a_certificate_is_checked(scheme: str, certificates: Certificates, make_mail: MakeMail) -> None:
    how = {"implicit" if scheme == "smtps" else "starttls": certificates.context}

    with run_post(**how) as post, closing(open_transport(f"{scheme}://127.0.0.1:{post.port}")) as transport:
        outcome = transport.send(make_mail())

    assert (outcome.answer, post.received) == (Answer.NOT_ACCEPTED, [])


def test_a_server_is_waited_for_only_so_long(make_mail: MakeMail) -> None:
    with Sink() as sink, closing(Carrier(parse_route(sink.url), Timeouts(command=7))) as carrier:
        carrier.login()
        waits = carrier.smtp.sock.gettimeout()

    assert (waits, Timeouts()) == (7, replace(Timeouts(), connect=30, command=60, answer=600))


def test_yagmail_writes_nothing_to_the_terminal(
    make_mail: MakeMail, capfd: pytest.CaptureFixture[str]
) -> None:
    with Sink(script=["maildrop"]) as sink, closing(open_transport(sink.url)) as transport:
        transport.send(make_mail())

    assert capfd.readouterr() == ("", "")


def test_a_user_name_without_a_domain_gets_none() -> None:
    assert Carrier(parse_route("smtps://duban:x@example.cn"), Timeouts()).user == "duban"
