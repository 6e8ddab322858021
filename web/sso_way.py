"""The way to an organisation's sign-in and back: its secrets are kept by the browser that left, signed."""

from dataclasses import asdict, dataclass
from datetime import datetime
from secrets import token_urlsafe

from itsdangerous import BadSignature, URLSafeSerializer

from engine.accounts.vouched import LASTS

WAY = "duban_sso"
"""The cookie that keeps a way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """What ties an answer to the browser that asked, and where that browser goes on to."""

    state: str
    nonce: str
    verifier: str
    goal: str
    until: float


def new_way(goal: str, *, now: datetime) -> Way:
    """Begin a way that ends at a page of ours."""
    return Way(
        state=token_urlsafe(32),
        nonce=token_urlsafe(32),
        verifier=token_urlsafe(48),
        goal=goal,
        until=(now + LASTS).timestamp(),
    )


def write_way(way: Way, secret: bytes) -> str:
    """Return the value of the cookie."""
    return URLSafeSerializer(secret, salt=WAY).dumps(asdict(way))


def read_way(value: str, secret: bytes, *, now: datetime) -> Way | None:
    """Return the way of a cookie; None where it took too long or is none of ours."""
    try:
        way = Way(**URLSafeSerializer(secret, salt=WAY).loads(value))
    except (BadSignature, TypeError):
        return None
    return way if now.timestamp() < way.until else None
