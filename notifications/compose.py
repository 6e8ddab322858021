"""Subject, text and HTML become one mail to one person."""

import re
from binascii import b2a_base64
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256

from notifications.address import HeaderFault, checked_address, checked_name, checked_value
from notifications.letter import Envelope, Letter
from notifications.policy import POLICY, as_bytes
from notifications.render import Rendered

__all__ = ["as_bytes", "compose"]

_MESSAGE_ID = re.compile(r"<[^<>@\s]+@[^<>@\s]+>")
_LINE = 76
"""Characters of base64 in a line (RFC 2045, 6.8)."""


def compose(letter: Letter, rendered: Rendered, envelope: Envelope) -> EmailMessage:
    """Return the mail: text and HTML, and the calendar as an attachment where there is one.

    Message-ID and Date are the envelope's, and nothing else differs between two calls. A name,
    an address or a header with a line break raises HeaderFault.
    """
    seal = sha256(envelope.message_id.encode()).hexdigest()[:24]
    body = _multipart("alternative", f"=_{seal}.a")
    body.set_payload([_text("plain", rendered.text), _text("html", rendered.html)])
    whole = body
    if rendered.calendar is not None:
        whole = _multipart("mixed", f"=_{seal}.m")
        whole.set_payload([body, _dates(rendered.calendar)])
    for name, value in _headers(letter, rendered, envelope):
        whole[name] = value
    return whole


def _headers(letter: Letter, rendered: Rendered, envelope: Envelope) -> list[tuple[str, str]]:
    known = envelope.message_id.isascii() and envelope.message_id.isprintable()
    if not known or not _MESSAGE_ID.fullmatch(envelope.message_id):
        raise HeaderFault(
            "Message-ID", envelope.message_id, zh="应为 <编号@域名>。", en="it should be <number@domain>."
        )
    headers = [
        ("From", _person("From", *checked_address("From", envelope.sender))),
        ("To", _person("To", letter.to.name, checked_address("To", letter.to.email)[1])),
        ("Subject", checked_value("Subject", rendered.subject)),
        ("Date", format_datetime(envelope.date)),
        ("Message-ID", envelope.message_id),
        ("Auto-Submitted", "auto-generated"),
        ("MIME-Version", "1.0"),
    ]
    if envelope.reply_to:
        headers.append(("Reply-To", _person("Reply-To", *checked_address("Reply-To", envelope.reply_to))))
    return headers + [(checked_name(name), checked_value(name, value)) for name, value in envelope.headers]


def _person(header: str, name: str, address: str) -> str:
    plain = checked_value(header, name).replace("\\", "").replace('"', "")
    return f'"{plain}" <{address}>' if plain else address


def _multipart(kind: str, boundary: str) -> EmailMessage:
    part = EmailMessage(policy=POLICY)
    part["Content-Type"] = f'multipart/{kind}; boundary="{boundary}"'
    return part


def _text(kind: str, text: str) -> EmailMessage:
    return _part(f'text/{kind}; charset="utf-8"', text.replace("\r\n", "\n").replace("\n", "\r\n").encode())


def _dates(calendar: bytes) -> EmailMessage:
    part = _part('text/calendar; charset="utf-8"; method=PUBLISH; name="duban.ics"', calendar)
    part["Content-Disposition"] = 'attachment; filename="duban.ics"'
    return part


def _part(content_type: str, content: bytes) -> EmailMessage:
    part = EmailMessage(policy=POLICY)
    part["Content-Type"] = content_type
    part["Content-Transfer-Encoding"] = "base64"
    text = b2a_base64(content, newline=False).decode("ascii")
    lines = [text[at : at + _LINE] for at in range(0, len(text), _LINE)]
    part.set_payload("\r\n".join(lines) + "\r\n")
    return part
