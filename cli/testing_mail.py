"""A test mail through the transport that is set: what the server answers."""

from datetime import datetime

from cli.words import lang
from config.settings import Settings
from engine.trial_mails import send_test_mail
from notifications.outcome import Outcome


def send_test(settings: Settings, address: str, *, now: datetime) -> tuple[Outcome, str]:
    """Send the test template to one address; return the answer and the transport, without secrets."""
    trial = send_test_mail(settings, address, lang=lang(), now=now)
    return trial.outcome, trial.where
