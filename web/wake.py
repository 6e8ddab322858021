"""Letting mails leave at once: whoever serves the pages beside a runner says how it is woken."""

from collections.abc import Callable

from web.office import Office

_NAME = "wake"


def wake_by(office: Office, call: Callable[[], object]) -> None:
    """Say what wakes delivery; without it mails go at its next heartbeat."""
    office.parts[_NAME] = call


def wake(office: Office) -> None:
    """Let what was just queued leave now; to be called once it is committed."""
    call = office.parts.get(_NAME)
    if callable(call):
        call()
