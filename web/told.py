"""A sentence for the next page: what was done, shown once. Signed, so that nobody else puts words there."""

from dataclasses import asdict, dataclass

from itsdangerous import BadSignature, URLSafeTimedSerializer

from web.typed import clean

TOLD = "duban_told"
_SECONDS = 60
_LONGEST = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One sentence and its tone (done, late, soon)."""

    text: str
    tone: str = "done"


def write_told(told: Told, secret: bytes) -> str:
    """Return the value of the cookie."""
    short = Told(text=clean(told.text)[:_LONGEST], tone=told.tone)
    return URLSafeTimedSerializer(secret, salt=TOLD).dumps(asdict(short))


def read_told(value: str | None, secret: bytes) -> Told | None:
    """Return the sentence of a cookie, None where there is none of ours."""
    if not value:
        return None
    try:
        told = Told(**URLSafeTimedSerializer(secret, salt=TOLD).loads(value, max_age=_SECONDS))
    except (BadSignature, TypeError):
        return None
    return told if isinstance(told.text, str) and isinstance(told.tone, str) else None
