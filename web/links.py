"""Addresses that people typed, as links of a page: to the web only, whatever was let in on the way."""

from urllib.parse import urlsplit

NOWHERE = "#"


def web(address: object) -> str:
    """Return an address if a browser may follow it, else a link that leads nowhere."""
    text = str(address or "")
    try:
        parts = urlsplit(text)
    except ValueError:
        return NOWHERE
    return text if parts.scheme in ("http", "https") and parts.netloc and text.isprintable() else NOWHERE
