"""Files to upload in tests: small true ones, made here."""

import struct
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from PIL import Image

MP4 = struct.pack(">I", 24) + b"ftypisom\0\0\2\0isommp42" + b"\0" * 64
MOV = struct.pack(">I", 20) + b"ftypqt  \0\0\2\0qt  " + b"\0" * 64
WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm" + b"\0" * 64
HEIC = struct.pack(">I", 24) + b"ftypheic\0\0\0\0mif1heic" + b"\0" * 64
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def picture(kind: str = "JPEG", *, mode: str = "RGB", size: tuple[int, int] = (64, 48), **save: Any) -> bytes:
    """Return a picture of stripes, so that turning it is seen."""
    image = Image.new(mode, size)
    if mode in ("RGB", "L"):
        image.paste(Image.new(mode, (size[0] // 2, size[1]), "white"))
    return saved(image, kind, **save)


def saved(image: Image.Image, kind: str, **save: Any) -> bytes:
    """Return an image in a format."""
    out = BytesIO()
    image.save(out, kind, **save)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    """Return an image from its bytes, decoded."""
    image = Image.open(BytesIO(data))
    image.load()
    return image


def office(main: str = "word/document.xml", *more: str, types: str = "<Types/>") -> bytes:
    """Return a packed office file that holds some names."""
    out = BytesIO()
    with ZipFile(out, "w") as packed:
        packed.writestr("[Content_Types].xml", types)
        for name in (main, *more):
            packed.writestr(name, "x")
    return out.getvalue()


def zipped() -> bytes:
    """Return a plain archive."""
    out = BytesIO()
    with ZipFile(out, "w") as packed:
        packed.writestr("a.txt", "x")
    return out.getvalue()


def compound(*streams: str) -> bytes:
    """Return a compound file (doc, xls, ppt …) with streams of some names and nothing in them."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<I", header, 48, 1)
    struct.pack_into("<109I", header, 76, 0, *([0xFFFFFFFF] * 108))
    table = struct.pack("<2I", 0xFFFFFFFD, 0xFFFFFFFE) + b"\xff" * 504
    directory = b"".join(_entry(name) for name in ("Root Entry", *streams))
    return bytes(header) + table + directory.ljust(512, b"\0")


def _entry(name: str) -> bytes:
    told = name.encode("utf-16-le") + b"\0\0"
    return told.ljust(64, b"\0") + struct.pack("<H", len(told)) + bytes(62)
