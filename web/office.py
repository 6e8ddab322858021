"""What all requests share: the home, the templates, the clock."""

from dataclasses import dataclass, field
from secrets import token_bytes, token_urlsafe
from typing import Protocol, runtime_checkable
from zoneinfo import ZoneInfo

from engine.clock import Clock
from engine.home import Home
from web.places import DESKS
from web.templating import Pages
from web.viewer import Desk

_ZONE = ZoneInfo("Asia/Shanghai")


@runtime_checkable
class SupportsClose(Protocol):
    """A part of the office that works by itself until it is closed."""

    def close(self) -> None:
        """Stop, and wait until it has stopped."""


@dataclass(slots=True, kw_only=True)
class Office:
    """What all requests share. ``demo``: the clock is that of a demonstration."""

    home: Home
    pages: Pages
    clock: Clock
    demo: bool = False
    zone: ZoneInfo = _ZONE
    secret: bytes = field(default_factory=lambda: token_bytes(32), repr=False)
    parts: dict[str, object] = field(default_factory=dict)

    @property
    def tls(self) -> bool:
        """Return whether people reach us over TLS."""
        return str(self.home.settings.base_url).startswith("https://")

    def cookie(self, name: str) -> str:
        """Return what a cookie of ours is called: over TLS by a name that no other host can set it under."""
        return f"__Host-{name}" if self.tls else name

    def new_visitor(self) -> str:
        """Return the cookie of somebody who has not signed in."""
        return token_urlsafe(32)

    def close(self) -> None:
        """End what parts of the office still do by themselves."""
        for part in self.parts.values():
            if isinstance(part, SupportsClose):
                part.close()

    def desk_of(self, path: str) -> Desk | None:
        """Return the desk that a path belongs to, None where several do."""
        first = "/" + path.lstrip("/").partition("/")[0]
        return DESKS.get(first)
