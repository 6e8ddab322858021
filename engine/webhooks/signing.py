"""Signatures in the form of Standard Webhooks: who has the secret can tell that a call is ours and whole."""

import hmac
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime

_PREFIX = "whsec_"


def secret_of(key: bytes, salt: str) -> str:
    """Return a webhook's secret as its owner gets it; it is derived, never stored."""
    made = hmac.digest(key, f"webhook\0{salt}".encode(), "sha256")
    return _PREFIX + b64encode(made).decode()


def signed_headers(secret: str, event: str, body: bytes, *, now: datetime) -> Mapping[str, str]:
    """Return the headers of one call: its event's id, the moment of the try, and the signature of all."""
    moment = str(int(now.timestamp()))
    told = b".".join((event.encode(), moment.encode(), body))
    signature = hmac.digest(b64decode(secret.removeprefix(_PREFIX)), told, "sha256")
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "duban-webhook/1",
        "Webhook-Id": event,
        "Webhook-Timestamp": moment,
        "Webhook-Signature": f"v1,{b64encode(signature).decode()}",
    }
