"""What a document is, by how it begins: its name proves nothing."""

import re
from enum import StrEnum

from engine.documents.refused import Unreadable

HEAD = 4096


class Begins(StrEnum):
    """How a document begins; a package may still be a sheet, old office may be locked."""

    TEXT = "text"
    PAGE = "page"
    PACKAGE = "package"
    OLD_OFFICE = "old_office"
    PDF = "pdf"


_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"\0\0\1\0", b"8BPS")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")
_MAIL = re.compile(rb"(?:From|Received|MIME-Version|Return-Path|Delivered-To):", re.IGNORECASE)
_PAGE = re.compile(
    r"(?:\s++|\ufeff|<!--(?>.*?-->)|<\?xml(?>[^>]*>))*+"
    r"<(?:!doctype\s+html|html|head|body|meta|title|base|link|style|script|table|div|p|span|h[1-6]|br|hr|center|font"
    r"|article|section|main)\b",
    re.IGNORECASE | re.DOTALL,
)
_WIDE = (b"\xff\xfe", b"\xfe\xff")


def begins(head: bytes) -> Begins:
    """Return what the first bytes of a document say it is; Unreadable for what is never read."""
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise Unreadable("empty")
    if b"%PDF-" in head[:1024]:
        return Begins.PDF
    if head.startswith((b"PK\3\4", b"PK\5\6", b"PK\7\x08")):
        return Begins.PACKAGE
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return Begins.OLD_OFFICE
    _refuse_others(head)
    return Begins.PAGE if _PAGE.match(_readable(head)) else Begins.TEXT


def _refuse_others(head: bytes) -> None:
    if head.startswith(_PICTURES) or head[4:8] == b"ftyp" or head[:4] == b"RIFF":
        raise Unreadable("picture")
    if head.startswith(b"{\\rtf"):
        raise Unreadable("rich_text")
    if head.startswith(_ARCHIVES):
        raise Unreadable("archive")
    if _MAIL.match(head):
        raise Unreadable("mail")
    if b"\0" in head and not head.startswith(_WIDE):
        raise Unreadable("no_kind")


def _readable(head: bytes) -> str:
    return head.decode("utf-16" if head.startswith(_WIDE) else "latin-1", "ignore").removeprefix("ï»¿")
