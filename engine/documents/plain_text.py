"""Text files: UTF-8, else GB18030, also both in one file, UTF-16 by its mark."""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from config.schedule import Name
from engine.documents.document import Content, Kind
from engine.documents.flow import tidy
from engine.documents.refused import Unreadable, doubt, ranges

_MARKS = {BOM_UTF8: "utf-8", BOM_UTF16_LE: "utf-16-le", BOM_UTF16_BE: "utf-16-be"}
_FIRST_WIDE = "\u2e80"  # from here on characters are Chinese
_UTF8, _GB = "utf-8", "gb18030"
_NOISE = 0.01


def read_text(data: bytes) -> Content:
    """Return the text of a text file."""
    text, doubts = decoded(data)
    clean = tidy(text)
    if len(text) - len(clean) - text.count("\r\n") > len(text) * _NOISE:
        raise Unreadable("no_kind")
    return Content(kind=Kind.TEXT, text=clean, doubts=doubts)


def decoded(data: bytes) -> tuple[str, tuple[Name, ...]]:
    """Return the text of some bytes, and whether its encoding is in doubt; Unreadable names the byte."""
    mark = next((mark for mark in _MARKS if data.startswith(mark)), b"")
    rest = data[len(mark) :]
    if mark and mark != BOM_UTF8:
        return _strict(rest, _MARKS[mark], before=len(mark)), ()
    try:
        return rest.decode(_UTF8), ()
    except UnicodeDecodeError:
        lines = rest.split(b"\n")
    ours = [number for number, line in enumerate(lines, 1) if _is_chinese_utf8(line)]
    if not ours:
        return _strict(rest, _GB, before=len(mark)), ()
    return _mixed(lines, ours, before=len(mark))


def _strict(data: bytes, encoding: str, *, before: int, line: int = 0) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        newline = "\n".encode(encoding)
        at = line or data.count(newline, 0, error.start) + 1
        raise Unreadable("encoding", line=at, byte=before + error.start + 1) from error


def _is_chinese_utf8(line: bytes) -> bool:
    """Tell whether a line is Chinese in UTF-8; by chance a line in GB18030 hardly ever is."""
    try:
        return max(line.decode(_UTF8), default="") >= _FIRST_WIDE
    except UnicodeDecodeError:
        return False


def _mixed(lines: list[bytes], ours: list[int], *, before: int) -> tuple[str, tuple[Name, ...]]:
    """Read each line in the encoding that fits it."""
    known = set(ours)
    texts, others = [], []
    for number, line in enumerate(lines, 1):
        if number in known or line.isascii():
            texts.append(line.decode(_UTF8))
        else:
            others.append(number)
            texts.append(_strict(line, _GB, before=before, line=number))
        before += len(line) + 1
    few, more = (others, ours) if len(others) <= len(ours) else (ours, others)
    names = ("GB18030", "UTF-8") if more is ours else ("UTF-8", "GB18030")
    said = doubt("mixed", lines=ranges(few), encoding=names[0], other=names[1])
    return "\n".join(texts), (said,)
