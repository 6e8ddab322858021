"""A test mail through the transport that is set: what the server answers."""

from datetime import datetime
from secrets import token_hex

from cli.moments import CHINA
from cli.words import lang
from config.settings import Settings
from engine.home import sender_of
from notifications.compose import compose
from notifications.letter import Envelope, Letter, Person
from notifications.outcome import Outcome
from notifications.render import Templates
from notifications.transport import open_transport, redact


def send_test(settings: Settings, address: str, *, now: datetime) -> tuple[Outcome, str]:
    """Send the test template to one address; return the answer and the transport, without secrets."""
    url = settings.mail_url.get_secret_value()
    letter = Letter(
        template="test",
        to=Person(name="", email=address, lang=lang()),
        at=now.astimezone(CHINA),
        list_url=settings.base_url,
    )
    envelope = Envelope(message_id=f"<{token_hex(16)}@test.mail.duban>", date=now, sender=sender_of(settings))
    mail = compose(letter, Templates().render(letter), envelope)
    transport = open_transport(url)
    try:
        return transport.send(mail), redact(url)
    finally:
        transport.close()
