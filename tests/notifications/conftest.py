"""A mail server with certificates, and letters to send."""

import asyncio
import ssl
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from notifications.compose import compose
from notifications.letter import Envelope as MailEnvelope
from notifications.render import Templates
from notifications.samples import sample_letter
from tests.notifications.certificates import Certificates, make
from tests.notifications.sink import serving

PASSWORD = "s3cret-w0rd"


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """Make the certificates, once."""
    return make(tmp_path_factory.mktemp("tls"))


@dataclass(slots=True)
class Post:
    """A real mail server in a thread, and what it received."""

    port: int = 0
    received: list[bytes] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    connections: int = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's name
        """Take a mail."""
        self.received.append(envelope.original_content or b"")
        return "250 taken"

    async def handle_EHLO(  # noqa: N802, PLR0917  # aiosmtpd's name and arguments
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Count connections: each greets once, and once more after STARTTLS."""
        self.connections += 1
        session.host_name = hostname
        return responses

    def authenticate(  # noqa: PLR0917  # aiosmtpd calls it so
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword
    ) -> AuthResult:
        """Let one password in."""
        self.logins.append(data.login.decode())
        return AuthResult(success=data.password.decode() == PASSWORD, handled=False)


@contextmanager
def run_post(
    *, implicit: ssl.SSLContext | None = None, starttls: ssl.SSLContext | None = None, login: bool = False
) -> Iterator[Post]:
    """Run a server: plain, with TLS from the start, or with STARTTLS; with or without login."""
    post = Post()
    options = (
        {"authenticator": post.authenticate, "auth_required": True, "auth_require_tls": False}
        if login
        else {}
    )

    def protocol() -> SMTP:
        with warnings.catch_warnings():  # aiosmtpd warns of the login without STARTTLS that is wanted here
            warnings.simplefilter("ignore")
            return SMTP(post, tls_context=starttls, **options)

    async def start() -> asyncio.Server:
        return await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0, ssl=implicit)

    with serving(start) as port:
        post.port = port
        yield post


@pytest.fixture
def start_post() -> Iterator[Callable[..., Post]]:
    """Return ``start_post(login=True)``: starts a server that lives as long as the test."""
    with ExitStack() as stack:
        yield lambda **options: stack.enter_context(run_post(**options))


@pytest.fixture(scope="session")
def templates() -> Templates:
    """The shipped templates, compiled once for all tests."""
    return Templates()


MakeMail = Callable[..., EmailMessage]


@pytest.fixture
def make_mail(templates: Templates) -> MakeMail:
    """Return ``make_mail("reminder", number=2)``: a composed mail with that Message-ID."""

    def make(kind: str = "test", *, number: int = 1) -> EmailMessage:
        letter = sample_letter(kind)
        envelope = MailEnvelope(
            message_id=f"<{number}@duban.example.cn>",
            date=datetime(2023, 9, 25, 1, 0, tzinfo=UTC),
            sender="督办 <duban@example.cn>",
        )
        return compose(letter, templates.render(letter), envelope)

    return make
