"""Office files: which program's they are, whether they carry macros or a password. Nothing is unpacked."""

import struct
from collections.abc import Iterator, Set
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from engine.uploads.filetypes import MB, FileType
from engine.uploads.refused import UploadRefused

_MAIN = {
    "word/document.xml": FileType.DOCX,
    "xl/workbook.xml": FileType.XLSX,
    "xl/workbook.bin": FileType.XLSX,
    "ppt/presentation.xml": FileType.PPTX,
}
_STREAMS = {
    "WordDocument": FileType.DOC,
    "Workbook": FileType.XLS,
    "Book": FileType.XLS,
    "PowerPoint Document": FileType.PPT,
}
_TYPES = "[Content_Types].xml"
_LARGEST_LIST = 2 * MB
_TAIL = 65_557  # the longest end of a zip: 22 bytes and a comment
_END, _CHAIN_END = b"PK\5\6", 0xFFFFFFFA
_MOST_SECTORS = 4096


def packed_office(path: Path, name: str) -> FileType:
    """Return which of docx, xlsx, pptx a zip is; UploadRefused if it is none, broken, or carries macros."""
    try:
        _refuse_long_list(path)
        with ZipFile(path) as packed:
            names = set(packed.namelist())
            types = _content_types(packed) if _TYPES in names else None
    except (
        BadZipFile,
        OSError,
        ValueError,
        RuntimeError,
        EOFError,
        struct.error,
    ) as error:
        raise UploadRefused("broken_office", name=name) from error
    if types is None:
        raise UploadRefused("archive", name=name)
    if "macroenabled" in types or any(one.lower().endswith("vbaproject.bin") for one in names):
        raise UploadRefused("macros", name=name)
    found = next((filetype for main, filetype in _MAIN.items() if main in names), None)
    if found is None:
        raise UploadRefused("archive", name=name)
    return found


def _refuse_long_list(path: Path) -> None:
    """Raise BadZipFile where the list of contents is so long that reading it would take minutes."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL))
        tail = file.read()
    at = tail.rfind(_END, 0, len(tail) - 18)
    if at < 0:
        raise BadZipFile("no end")
    if int.from_bytes(tail[at + 12 : at + 16], "little") > _LARGEST_LIST:
        raise BadZipFile("its list of contents is too long")


def _content_types(packed: ZipFile) -> str:
    with packed.open(_TYPES) as file:
        return file.read(MB).decode("utf-8", "replace").lower()


def old_office(path: Path, name: str) -> FileType:
    """Return which of doc, xls, ppt a compound file is; UploadRefused if it is none, broken or locked."""
    try:
        with path.open("rb") as file:
            streams = _Compound(file).names()
    except (struct.error, ValueError, OSError, OverflowError) as error:
        raise UploadRefused("broken_office", name=name) from error
    if "EncryptedPackage" in streams:
        raise UploadRefused("locked", name=name)
    found = next((filetype for stream, filetype in _STREAMS.items() if stream in streams), None)
    if found is None:
        raise UploadRefused("archive" if streams else "broken_office", name=name)
    return found


class _Compound:
    """A compound file (MS-CFB), as far as the names of its streams need it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        header = file.read(512)
        (shift,) = struct.unpack_from("<H", header, 30)
        if shift not in (9, 12):
            raise ValueError("not a compound file")
        self._size = 1 << shift
        (self._directory,) = struct.unpack_from("<I", header, 48)
        self._tables = [one for one in struct.unpack_from("<109I", header, 76) if one < _CHAIN_END]

    def names(self) -> Set[str]:
        """Return the names of all streams and storages."""
        return frozenset(name for sector in self._chain() for name in _entries(self._read(sector)))

    def _chain(self) -> Iterator[int]:
        sector, seen = self._directory, 0
        each = self._size // 4
        while sector < _CHAIN_END:
            seen += 1
            if seen > _MOST_SECTORS or sector // each >= len(self._tables):
                raise ValueError("its directory does not end")
            yield sector
            table = self._read(self._tables[sector // each])
            (sector,) = struct.unpack_from("<I", table, sector % each * 4)

    def _read(self, sector: int) -> bytes:
        self._file.seek((sector + 1) * self._size)
        return self._file.read(self._size)


def _entries(sector: bytes) -> Iterator[str]:
    for at in range(0, len(sector) - 127, 128):
        (length,) = struct.unpack_from("<H", sector, at + 64)
        if 2 < length <= 64:
            yield sector[at : at + length - 2].decode("utf-16-le", "replace")
