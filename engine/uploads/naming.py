"""The name a file is shown and downloaded by: cleaned, with the extension of its content; never a path."""

import re
from unicodedata import category, normalize

from engine.uploads.filetypes import MEDIA, FileType
from workflows.wording import MATERIALS

LONGEST = 120

_FORBIDDEN = re.compile(r'[<>:"|?*]')
_KNOWN = frozenset(MEDIA) | {"jfif", "m4v", "3gp", "heic", "heif", "text"}


def safe_name(given: str, kind: str, filetype: FileType) -> str:
    """Return a name for a file that somebody called ``given``."""
    stem, dot, ending = shown_name(given).rpartition(".")
    if not dot or ending.lower() not in _KNOWN:
        stem = shown_name(given)
    known = MATERIALS.get(kind)
    stem = stem.strip(" .")[: LONGEST - len(filetype) - 1].rstrip(" .") or (known.zh if known else "材料")
    return f"{stem}.{filetype}"


def shown_name(given: str) -> str:
    """Return the last part of what may be a path, without characters that hide, turn or break a line."""
    last = re.split(r"[/\\]", given)[-1]
    plain = "".join(" " if category(mark)[0] == "Z" else mark for mark in last if category(mark)[0] != "C")
    return " ".join(_FORBIDDEN.sub("", normalize("NFC", plain)).split())[:LONGEST]


def media_type(name: str) -> str:
    """Return the media type of a kept file by its name's extension."""
    return MEDIA.get(name.rpartition(".")[2].lower(), "application/octet-stream")
