"""Tokens: drawn at random, shown once, kept as their hash only."""

from hashlib import sha256
from secrets import token_urlsafe

_BYTES = 32


def new_token() -> str:
    """Return a new random token: 256 bits, fit for an address."""
    return token_urlsafe(_BYTES)


def hashed(token: str) -> str:
    """Return what is kept of a token: its SHA-256 in hexadecimal digits."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
