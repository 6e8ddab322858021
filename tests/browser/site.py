"""The program as people meet it: a city with people and activities, served on a socket."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from threading import Event
from time import monotonic

from sqlalchemy import select

from config.schedule import Role
from config.settings import load_settings
from engine.accounts.tickets import Purpose, issue
from engine.actors import SYSTEM
from engine.drafts import PersonDraft, RightDraft
from engine.home import Home, open_home
from engine.roster import save_people
from engine.runner import Runner
from engine.sealer import Sealer
from engine.tables import person
from notifications.transport import open_transport
from tests.engine.world import NOW, World, at
from web.serve import listen, served

AUDITOR = "auditor@example.cn"
OPENING = at(9, 27, 10)
"""The moment at which a site opens: two days before Quanzhou's last working day."""
_SOON = 30.0  # seconds after which a mail counts as lost


class Clock:
    """A clock that a test sets."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@dataclass(slots=True, kw_only=True)
class Site:
    """A served home. ``runner`` sweeps when ``tick`` is called, and delivers by itself."""

    url: str
    home: Home
    clock: Clock
    world: World
    runner: Runner
    _pause: Event = field(default_factory=Event)

    def link(self, address: str) -> str:
        """Return a link by which somebody signs in once."""
        with self.home.database.write() as conn:
            number = conn.scalars(select(person.c.id).where(person.c.email == address)).one()
            token = issue(conn, number, purpose=Purpose.SIGN_IN, now=self.clock())
        return f"{self.url}/sign-in/link/{token}"

    def go_to(self, now: datetime) -> None:
        """Set the clock and settle what is due by then."""
        self.clock.now = now
        self.runner.tick()

    @property
    def mails(self) -> list[Path]:
        """Return the mails that were delivered, the oldest first."""
        return sorted((self.home.path / "mail").glob("*.eml"))

    def mail_to(self, address: str, word: str) -> EmailMessage:
        """Return the newest mail to somebody in which a word stands, as soon as it is delivered."""
        self.runner.wake()  # not every page that queues a mail does
        end = monotonic() + _SOON
        while monotonic() < end:
            for path in reversed(self.mails):
                mail = message_from_bytes(path.read_bytes(), policy=default)
                if address in str(mail["To"]) and word in f"{mail['Subject']} {text_of(mail)}":
                    return mail
            self._pause.wait(0.05)
        raise AssertionError(f"no mail with {word} came to {address}")


def text_of(mail: EmailMessage) -> str:
    """Return the plain text of a mail."""
    body = mail.get_body(("plain",))
    return "" if body is None else str(body.get_content())


@contextmanager
def open_site(folder: Path, furnish: Callable[[Home, World], object] = lambda *_: None) -> Iterator[Site]:
    """Let ``furnish`` fill the city whose home is in ``folder``, and serve it until the block ends."""
    settings = load_settings(home=folder)
    with listen("127.0.0.1", 0) as socket:
        url = f"http://127.0.0.1:{socket.getsockname()[1]}"
        with open_home(settings.model_copy(update={"base_url": url})) as home:
            world = World(home.database)
            _add_auditor(home)
            furnish(home, world)
            clock = Clock(OPENING)
            runner = _runner(home, clock)
            runner.start()
            try:
                with served(home, socket, clock=clock, wake=runner.wake):
                    yield Site(url=url, home=home, clock=clock, world=world, runner=runner)
            finally:
                runner.stop()


def _runner(home: Home, clock: Clock) -> Runner:
    return Runner(
        database=home.database,
        office=home.office(),
        transport=lambda: open_transport(home.settings.mail_url.get_secret_value()),
        clock=clock,
        sealer=Sealer(key=home.seal_key),
    )


def _add_auditor(home: Home) -> None:
    right = RightDraft(role=Role.AUDITOR, region="350500")
    with home.database.write() as conn:
        save_people(conn, [PersonDraft(name="郑审计", email=AUDITOR, rights=(right,))], actor=SYSTEM, now=NOW)
