"""What becomes of a mail on its way to a server."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import closing
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote

import pytest

from config.errors import UserError
from notifications.outcome import Answer, Outcome
from notifications.transport import Timeouts, open_transport, redact
from tests.notifications.conftest import PASSWORD, Certificates, MakeMail, Post
from tests.notifications.sink import Sink

StartPost = Callable[..., Post]
QUICK = Timeouts(connect=5, command=5, answer=0.2)


def send_to(url: str, *mails: EmailMessage, timeouts: Timeouts | None = None) -> list[Outcome]:
    with closing(open_transport(url, timeouts=timeouts)) as transport:
        return [transport.send(mail) for mail in mails]


def answers(outcomes: list[Outcome]) -> list[tuple[Answer, bool]]:
    return [(outcome.answer, outcome.whole_host) for outcome in outcomes]


@pytest.fixture
def five(make_mail: MakeMail) -> list[EmailMessage]:
    return [make_mail(number=number) for number in range(5)]


def test_several_mails_go_over_one_connection(five: list[EmailMessage]) -> None:
    with Sink() as sink:
        outcomes = send_to(sink.url, *five)

    assert answers(outcomes) == [(Answer.ACCEPTED, False)] * 5
    assert sink.server.connections == 1
    assert sink.server.accepted == [f"<{number}@duban.example.cn>" for number in range(5)]


@pytest.mark.parametrize(
    ("fault", "answer", "whole_host"),
    [
        ("451", Answer.NOT_ACCEPTED, False),
        ("550", Answer.REFUSED, False),
        ("552", Answer.REFUSED, False),
        ("421", Answer.NOT_ACCEPTED, True),
        ("rcpt450", Answer.NOT_ACCEPTED, False),
        ("rcpt550", Answer.REFUSED, False),
        ("rcpt421", Answer.NOT_ACCEPTED, True),
        ("mail421", Answer.NOT_ACCEPTED, True),
        ("mail451", Answer.NOT_ACCEPTED, False),
        ("mail552", Answer.REFUSED, False),
        ("maildrop", Answer.NOT_ACCEPTED, True),
        ("data451", Answer.NOT_ACCEPTED, False),
        ("data554", Answer.REFUSED, False),
        ("greet554", Answer.NOT_ACCEPTED, True),
        ("greet421", Answer.NOT_ACCEPTED, True),
        ("drop_before", Answer.UNKNOWN, False),
        ("drop_after", Answer.UNKNOWN, False),
        ("garbage", Answer.UNKNOWN, False),
    ],
)
def test_each_fault_has_its_answer_and_the_next_mail_goes_through(
    fault: str, answer: Answer, whole_host: bool, make_mail: MakeMail
) -> None:
    with Sink(script=[fault, "ok"]) as sink:
        outcomes = send_to(sink.url, make_mail(number=1), make_mail(number=2))

    assert answers(outcomes) == [(answer, whole_host), (Answer.ACCEPTED, False)]
    assert "<2@duban.example.cn>" in sink.server.accepted


def test_a_sender_that_the_server_does_not_want_is_no_fault_of_the_addressee(make_mail: MakeMail) -> None:
    with Sink(script=["mail553"]) as sink:
        [outcome] = send_to(sink.url, make_mail())

    assert outcome == Outcome(answer=Answer.NOT_ACCEPTED, detail="553 mail refused", whole_host=True)


def test_a_server_that_needs_a_login_is_no_fault_of_the_addressee(make_mail: MakeMail) -> None:
    with Sink(script=["rcpt530"]) as sink:
        [outcome] = send_to(sink.url, make_mail())

    assert (outcome.answer, outcome.whole_host) == (Answer.NOT_ACCEPTED, True)


def test_silence_after_the_body_is_unknown(make_mail: MakeMail) -> None:
    with Sink(script=["hang"]) as sink:
        outcomes = send_to(sink.url, make_mail(), timeouts=QUICK)

    assert answers(outcomes) == [(Answer.UNKNOWN, False)]
    assert sink.server.accepted == ["<1@duban.example.cn>"]


def test_a_connection_that_the_server_closed_meanwhile_is_opened_again_unnoticed(make_mail: MakeMail) -> None:
    with Sink(script=["ok", "mail421", "ok", "maildrop", "ok"]) as sink:
        outcomes = send_to(sink.url, *(make_mail(number=number) for number in range(3)))

    assert answers(outcomes) == [(Answer.ACCEPTED, False)] * 3
    assert (sink.server.connections, len(sink.server.accepted)) == (3, 3)


def test_an_idle_connection_is_asked_whether_it_lives(five: list[EmailMessage]) -> None:
    with Sink() as sink:
        send_to(sink.url, *five[:2], timeouts=Timeouts(idle=0))

    assert sink.server.commands == ["EHLO", "MAIL", "RCPT", "DATA", "NOOP", "MAIL", "RCPT", "DATA", "QUIT"]


def test_a_refused_mail_is_followed_by_a_reset(make_mail: MakeMail) -> None:
    with Sink(script=["rcpt550", "ok"]) as sink:
        send_to(sink.url, make_mail(), make_mail(number=2))

    assert sink.server.commands == ["EHLO", "MAIL", "RCPT", "RSET", "MAIL", "RCPT", "DATA", "QUIT"]


def test_a_transport_that_was_closed_opens_again(make_mail: MakeMail) -> None:
    with Sink() as sink, closing(open_transport(sink.url)) as transport:
        first = transport.send(make_mail())
        transport.close()
        second = transport.send(make_mail(number=2))

    assert answers([first, second]) == [(Answer.ACCEPTED, False)] * 2


def test_nobody_at_the_port_is_the_hosts_trouble(make_mail: MakeMail) -> None:
    with Sink() as sink:
        url = sink.url

    assert answers(send_to(url, make_mail())) == [(Answer.NOT_ACCEPTED, True)]


@pytest.fixture
def tls_url(
    start_post: StartPost, certificates: Certificates
) -> Iterator[Callable[[str, str], tuple[str, Post]]]:
    """Return ``tls_url("smtps", "password")``: a server with login, and its URL."""

    def start(scheme: str, password: str) -> tuple[str, Post]:
        how = "implicit" if scheme == "smtps" else "starttls"
        post = start_post(**{how: certificates.context}, login=True)
        ca = quote(str(certificates.ca))
        return f"{scheme}://duban:{quote(password)}@127.0.0.1:{post.port}?ca={ca}", post

    yield start


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
def test_a_mail_goes_over_tls_with_login(
    scheme: str, tls_url: Callable[[str, str], tuple[str, Post]], make_mail: MakeMail
) -> None:
    url, post = tls_url(scheme, PASSWORD)

    outcomes = send_to(url, make_mail("reminder"), make_mail("reminder", number=2))

    assert answers(outcomes) == [(Answer.ACCEPTED, False)] * 2
    assert post.logins == ["duban"]
    assert len(post.received) == 2


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
def test_a_refused_login_is_the_hosts_trouble_and_hides_the_password(
    scheme: str, tls_url: Callable[[str, str], tuple[str, Post]], make_mail: MakeMail
) -> None:
    url, post = tls_url(scheme, "wrong-w0rd")

    [outcome] = send_to(url, make_mail())

    assert (outcome.answer, outcome.whole_host, post.received) == (Answer.NOT_ACCEPTED, True, [])
    assert outcome.detail.startswith("535 ")
    assert "wrong-w0rd" not in repr(outcome)


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
def test_a_certificate_of_no_known_authority_is_refused(
    scheme: str, tls_url: Callable[[str, str], tuple[str, Post]], make_mail: MakeMail
) -> None:
    url, post = tls_url(scheme, PASSWORD)

    [outcome] = send_to(url.split("?")[0], make_mail())

    assert (outcome.answer, outcome.whole_host) == (Answer.NOT_ACCEPTED, True)
    assert "certificate verify failed" in outcome.detail.lower()
    assert (post.logins, post.received) == ([], [])


def test_a_server_without_starttls_gets_neither_password_nor_mail(
    start_post: StartPost, make_mail: MakeMail
) -> None:
    post = start_post(login=True)

    outcomes = send_to(f"smtp+starttls://duban:{PASSWORD}@127.0.0.1:{post.port}", make_mail())

    assert answers(outcomes) == [(Answer.NOT_ACCEPTED, True)]
    assert (post.logins, post.received) == ([], [])


def test_a_server_that_quotes_the_password_does_not_reveal_it(make_mail: MakeMail) -> None:
    with Sink(script=["greet554"]) as sink:
        [outcome] = send_to(f"smtp://duban:here@127.0.0.1:{sink.port}", make_mail())

    assert outcome.detail == "554 not ***"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "folder:",
        "imap://example.cn",
        "smtp://",
        "smtps://duban@example.cn",
        "smtps://duban:hidden@example.cn:port",
        "smtps://duban:hid/den@example.cn",
        "smtps://duban:hidden@example.cn/?ca=/nowhere.pem",
        "smtps://duban:hidden@example.cn/inbox",
        "smtps://duban:hidden密@example.cn",
        "smtp://duban:hidden@example.cn",
    ],
)
def test_a_wrong_mail_url_is_refused_in_words_that_hide_the_password(url: str) -> None:
    with pytest.raises(UserError) as refused:
        open_transport(url)

    assert refused.value.code == "mail.url"
    assert "hid" not in refused.value.in_("zh") + refused.value.in_("en") + repr(refused.value)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("smtps://duban:p@ss/w:rd@example.cn:465", "smtps://***@example.cn:465"),
        ("smtp://example.cn", "smtp://example.cn"),
        ("folder:var/mail", "folder:var/mail"),
    ],
)
def test_a_mail_url_is_shown_without_its_credentials(url: str, shown: str) -> None:
    assert redact(url) == shown


def test_the_password_is_in_no_representation_of_the_transport() -> None:
    transport = open_transport("smtps://duban:hidden@example.cn")

    assert "hidden" not in repr(transport) + str(transport)


def test_a_mail_to_two_people_is_refused(make_mail: MakeMail) -> None:
    mail = make_mail()
    mail["Cc"] = "second@example.cn"

    with Sink() as sink, pytest.raises(UserError) as refused:
        send_to(sink.url, mail)

    assert refused.value.in_("en") == (
        'The mail\'s To is "陈静" <reader@example.cn>, second@example.cn: a mail goes to exactly one person.'
    )


def test_a_line_that_is_a_dot_arrives_as_it_was(make_mail: MakeMail) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Message-ID"] = "a@example.cn", "b@example.cn", "<1@example.cn>"
    mail.set_content("one\n.\n..\nend\n")

    with Sink() as sink:
        send_to(sink.url, mail)

    assert sink.server.taken[0].content.endswith(b"\r\n\r\none\r\n..\r\n...\r\nend\r\n")


def test_the_authority_of_a_url_is_trusted_only_if_its_file_is_there(
    tmp_path: Path, make_mail: MakeMail
) -> None:
    ca = tmp_path / "ca.pem"
    ca.write_text("no certificate")

    outcomes = send_to(f"smtps://127.0.0.1:9?ca={ca}", make_mail())

    assert answers(outcomes) == [(Answer.NOT_ACCEPTED, True)]
    assert issubclass(ssl.SSLError, OSError)
