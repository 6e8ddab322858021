"""What a file is, by its content alone: its name and what the browser called it prove nothing."""

import re
from pathlib import Path

from engine.uploads.filetypes import FileType
from engine.uploads.office import old_office, packed_office
from engine.uploads.refused import UploadRefused

_HEAD = 4096
_PLAIN: tuple[tuple[bytes, FileType], ...] = (
    (b"\xff\xd8\xff", FileType.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileType.PNG),
    (b"GIF87a", FileType.GIF),
    (b"GIF89a", FileType.GIF),
    (b"%PDF-", FileType.PDF),
)
_REFUSED: tuple[tuple[bytes, str], ...] = (
    *((magic, "program") for magic in (b"MZ", b"\x7fELF", b"#!", b"<?php", b"\xca\xfe\xba\xbe")),
    *((magic, "program") for magic in (b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"dex\n")),
    *((magic, "archive") for magic in (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")),
    *((magic, "other_image") for magic in (b"BM", b"II*\0", b"MM\0*", b"8BPS", b"\0\0\1\0", b"\0\0\2\0")),
    *((magic, "other_video") for magic in (b"FLV", b"\x30\x26\xb2\x75", b"\0\0\1\xba", b"\0\0\1\xb3")),
    *((magic, "audio") for magic in (b"ID3", b"\xff\xfb", b"OggS", b"fLaC", b"#!AMR")),
    (b"{\\rtf", "rich_text"),
)
_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_MP4 = re.compile(rb"iso[m2-9]|mp4[12]|avc1|dash|M4V |MSNV|3gp\d|mmp4|XAVC")
_MARKUP = re.compile(r"<(?:!doctype|html|head|body|script|iframe|object|embed|svg|\?xml|\?php)\b|<!--", re.I)
_SCRIPT = re.compile(
    r"\.(?:bat|cmd|exe|msi|scr|ps1|vb[se]|m?jse?|ws[fh]|hta|sh|bash|pyw?|pl|rb|php|jar|apk|lnk|reg)", re.I
)
_TEXT = ("utf-8-sig", "gb18030")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")


def recognise(path: Path, name: str) -> FileType | None:
    """Return what the file is, None if that cannot be told; UploadRefused for what is never taken in."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise UploadRefused("empty", name=name)
    if _SCRIPT.fullmatch(Path(name).suffix):
        raise UploadRefused("program", name=name)
    found = next((filetype for magic, filetype in _PLAIN if head.startswith(magic)), None)
    return found or _container(head, path, name) or _text(head, path, name)


def _container(head: bytes, path: Path, name: str) -> FileType | None:
    """Return the type of a file that is a container of something, by what it holds."""
    if head[:4] == b"RIFF":
        if head[8:12] == b"WEBP":
            return FileType.WEBP
        raise UploadRefused("audio" if head[8:12] == b"WAVE" else "other_video", name=name)
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"):
        return _boxes(head, name)
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        if b"webm" in head[:64]:
            return FileType.WEBM
        raise UploadRefused("other_video", name=name)
    if head.startswith((b"PK\3\4", b"PK\5\6", b"PK\7\x08")):
        return packed_office(path, name)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return old_office(path, name)
    why = next((why for magic, why in _REFUSED if head.startswith(magic)), None)
    if why:
        raise UploadRefused(why, name=name)
    return None


def _boxes(head: bytes, name: str) -> FileType:
    """Return the type of a file made of ISO boxes: a film of a telephone, or a picture in its clothes."""
    if head[4:8] != b"ftyp":
        return FileType.MOV
    size = int.from_bytes(head[:4], "big")
    brands = [head[at : at + 4] for at in (8, *range(16, min(size, _HEAD), 4))]
    if brands[0] == b"qt  ":
        return FileType.MOV
    if _HEIC & set(brands[:2]):
        raise UploadRefused("heic", name=name)
    if b"avif" in brands:
        raise UploadRefused("other_image", name=name)
    if brands[0].startswith((b"M4A", b"M4B")):
        raise UploadRefused("audio", name=name)
    if any(_MP4.fullmatch(brand) for brand in brands):
        return FileType.MP4
    raise UploadRefused("other_video", name=name)


def _text(head: bytes, path: Path, name: str) -> FileType | None:
    """Return the type of a file that is text throughout, None if it is not."""
    if b"\0" in head and not head.startswith(_UTF16):
        return None
    text = _decoded(path.read_bytes())
    if text is None or _CONTROL.search(text):
        return None
    start = text[:_HEAD].lstrip("\ufeff \t\r\n").lower()
    if found := _MARKUP.search(start):
        raise UploadRefused(_markup(found[0], start), name=name)
    if start.startswith(("<", "#!", "@echo")):
        raise UploadRefused("html" if start.startswith("<") else "program", name=name)
    return FileType.CSV if name.lower().endswith(".csv") else FileType.TXT


def _markup(found: str, start: str) -> str:
    if "php" in found:
        return "program"
    return "svg" if "<svg" in start and "<html" not in start else "html"


def _decoded(data: bytes) -> str | None:
    for encoding in ("utf-16",) if data.startswith(_UTF16) else _TEXT:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
