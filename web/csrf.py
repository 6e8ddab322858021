"""Forms from elsewhere are refused: every change carries a token bound to the visitor's own cookie."""

import hmac
from base64 import b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Mapping
from hashlib import sha256
from secrets import token_bytes
from urllib.parse import urlsplit

FIELD = "csrf"
HEADER = "x-csrf-token"
_LENGTH = 32


def token_for(binding: str) -> str:
    """Return a token for forms shown to the visitor with that cookie; masked, so that no two are alike."""
    mask = token_bytes(_LENGTH)
    return urlsafe_b64encode(mask + _xor(mask, _true(binding))).decode()


def fits(token: str, binding: str) -> bool:
    """Return whether a token was made for that cookie."""
    try:
        raw = b64decode(token.encode(), altchars=b"-_", validate=True)
    except (Error, ValueError):
        return False
    if len(raw) != 2 * _LENGTH:
        return False
    return hmac.compare_digest(_xor(raw[:_LENGTH], raw[_LENGTH:]), _true(binding))


def from_elsewhere(headers: Mapping[str, str], *, base_url: str) -> bool:
    """Return whether the browser itself says that another site asked for this."""
    fetched = headers.get("sec-fetch-site")
    if fetched is not None:  # no page can write this header itself
        return fetched not in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and origin.lower() not in _own(headers.get("host", ""), base_url)


def _own(host: str, base_url: str) -> set[str]:
    """Return our origins: the one in the settings, and the host that was asked, over TLS where we have it."""
    ours = urlsplit(base_url.lower())
    named = f"{ours.scheme}://{ours.netloc}"
    schemes = ("https",) if ours.scheme == "https" else ("http", "https")
    return {named} | {f"{scheme}://{host.lower()}" for scheme in schemes}


def _true(binding: str) -> bytes:
    return hmac.new(binding.encode(), b"duban csrf", sha256).digest()


def _xor(mask: bytes, value: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(mask, value, strict=True))
