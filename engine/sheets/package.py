"""Looks at an .xlsx file before anything parses it: a zip of XML that may lie about its size."""

import struct
import zlib
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from config.errors import UserError
from engine.sheets.problems import refused

MAX_ENTRIES = 200
MAX_UNPACKED = 200 * 2**20
MAX_PART = 64 * 2**20  # a part that is no sheet: texts and styles are held in memory
MAX_RATIO = 200
RATIO_FROM = 2**20  # printer settings are small and mostly zeros: they pack better than any bomb
MAX_TAGS = 4_000_000
MAX_IN_ROW = 200_000  # tags without a new row
MAX_SILENT = 2**20  # bytes without a tag
MAX_ROWS = 20_000
SPARE_ROWS = 20  # titles and headings above the data

_CHUNK = 2**18
_END = struct.Struct("<4s4H2LH")  # the zip's end record; its comment follows
_END_MARK, _ZIP64_MARK = b"PK\x05\x06", b"PK\x06\x07"
_MAX_DIRECTORY = MAX_ENTRIES * 1024
_FORBIDDEN = tuple(
    word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16-le", "utf-16-be")
)


def check_package(handle: BinaryIO, place: str) -> None:
    """Refuse a workbook that is damaged, locked, a zip bomb, too large, or has a DTD.

    Reads each part once in small pieces, so a lie in the directory gains nothing.
    """
    _check_end(handle, place)
    try:
        with ZipFile(handle) as package:
            _check_entries(package.infolist(), place)
            scan = _Scan(place)
            for entry in package.infolist():
                # pictures are never parsed, and an SVG may have a DOCTYPE
                if not entry.filename.startswith("xl/media/"):
                    scan.read(package, entry)
    except (
        BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        RuntimeError,
    ) as error:
        raise damaged(place) from error
    handle.seek(0)


def damaged(place: str) -> UserError:
    """Return the refusal of a file that is no readable workbook."""
    return refused(
        "damaged",
        place,
        zh="不是完好的 .xlsx 工作簿。请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”后再试。",
        en="this is not a sound .xlsx workbook; open it in Excel or WPS, save it as .xlsx and try again",
    )


def too_many_rows(place: str) -> UserError:
    """Return the refusal of a sheet with more rows than one import takes."""
    return refused(
        "too_many_rows",
        place,
        zh=f"工作表超过 {MAX_ROWS} 行。请删除表格下方的空行（整行删除），或分成几个文件导入。",
        en=f"the sheet has more than {MAX_ROWS} rows; delete empty rows below the table, or split it",
    )


def _check_end(handle: BinaryIO, place: str) -> None:
    """Read the end record alone: a directory of a million names must not be loaded to be counted."""
    size = handle.seek(0, 2)
    handle.seek(max(size - _END.size - 2**16, 0))
    tail = handle.read()
    at = len(tail) - _END.size
    if tail[at : at + 4] != _END_MARK:
        at = tail.rfind(_END_MARK)
    if at < 0 or len(tail) - at < _END.size or tail[max(at - 20, 0) : at].startswith(_ZIP64_MARK):
        raise damaged(place)
    _, _, _, _, entries, directory, _, _ = _END.unpack_from(tail, at)
    if entries > MAX_ENTRIES or directory > _MAX_DIRECTORY:
        raise refused(
            "too_many_parts",
            place,
            zh=f"工作簿里的图片和附件太多（超过 {MAX_ENTRIES} 个部件）。请删去图片，只留表格后再导入。",
            en=f"the workbook has more than {MAX_ENTRIES} parts; remove its pictures and try again",
        )


def _check_entries(entries: list[ZipInfo], place: str) -> None:
    if any(entry.flag_bits & 1 for entry in entries):
        raise encrypted(place)
    # the other methods unpack without a bound, whatever is asked of them
    if any(entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for entry in entries):
        raise damaged(place)
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise _too_large(place, "200 MB")
    for entry in entries:
        if entry.file_size > RATIO_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise _too_large(place, f"{MAX_RATIO} : 1")
        if entry.file_size > MAX_PART and not entry.filename.startswith(("xl/worksheets/", "xl/media/")):
            raise _too_large(place, "64 MB")


def encrypted(place: str) -> UserError:
    """Return the refusal of a workbook with a password."""
    return refused(
        "encrypted",
        place,
        zh="工作簿设有打开密码。请在 Excel 中取消密码（文件 → 信息 → 保护工作簿），另存后再导入。",
        en="the workbook is locked with a password; remove it in Excel (File, Info) and save",
    )


def _too_large(place: str, limit: str) -> UserError:
    return refused(
        "bomb",
        place,
        zh=f"工作簿展开后过大（上限 {limit}），可能不安全。请把表格复制到新的工作簿再导入。",
        en=f"the workbook unpacks to more than is safe ({limit}); copy the table into a new workbook",
    )


class _Scan:
    """Reads the parts of one package through, a piece at a time, and stops at the first that is too much."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.tags = 0  # of the whole package

    def read(self, package: ZipFile, entry: ZipInfo) -> None:
        """Read one part: no DTD, not too many rows or tags, as long as the directory says."""
        rows = in_row = silent = 0
        tail = b""
        with package.open(entry) as part:
            while piece := part.read(_CHUNK):
                self._check_dtd(tail + piece, entry.filename)
                tail = piece[-20:]
                tags, begun = piece.count(b"<"), piece.count(b"<row") + piece.count(b":row")
                rows += begun
                # a row, a text, a part without either: openpyxl holds each whole
                in_row = 0 if begun or b"<si" in piece else in_row + tags
                silent = len(piece) - piece.rfind(b"<") if tags else silent + len(piece)
                if rows > MAX_ROWS + SPARE_ROWS and "worksheets" in entry.filename:
                    raise too_many_rows(self.place)
                self.tags += tags
                if self.tags > MAX_TAGS or in_row > MAX_IN_ROW or silent > MAX_SILENT:
                    raise _too_many_cells(self.place)

    def _check_dtd(self, window: bytes, part: str) -> None:
        if any(word in window for word in _FORBIDDEN):
            raise _has_dtd(self.place, part)


def _too_many_cells(place: str) -> UserError:
    return refused(
        "too_many_cells",
        place,
        zh="工作簿的单元格或文字太多。请删除表格外的空行空列和用不到的工作表后再导入。",
        en="the workbook has too many cells or texts; delete empty rows, columns and sheets not needed",
    )


def _has_dtd(place: str, part: str) -> UserError:
    return refused(
        "dtd",
        place,
        zh=f"工作簿的部件 {part} 里有文档类型定义（DTD），不安全。请用 Excel 重新另存为 .xlsx。",
        en=f"its part {part} has a document type definition, which Excel never writes; save it anew as .xlsx",
    )
