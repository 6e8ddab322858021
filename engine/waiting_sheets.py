"""Sheets that wait to be confirmed: kept for whoever uploaded them, under a word that only they know.

A sheet waits an hour. Its folder is named by a hash of person and word: neither can be read off the disk.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from re import fullmatch
from secrets import token_urlsafe
from shutil import rmtree

import orjson

from config.errors import UserError
from engine.sheet_import import SheetKind, SheetOrder
from engine.sheets.reading import MAX_BYTES
from engine.uploads.naming import shown_name
from engine.uploads.taking import Readable

LASTS = timedelta(hours=1)
"""So long a sheet waits."""

_ABOUT, _INSIDE = "about.json", "sheet"
_LONGEST = 180  # bytes of a name: few disks take more than 255
_PIECE = 2**20
_CALLED = {SheetKind.UNIT: "单位", SheetKind.PERSON: "人员", SheetKind.ACTIVITY: "活动"}


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingSheet:
    """A sheet that waits; ``name`` is what its owner calls it."""

    name: str
    order: SheetOrder


class WaitingRoom:
    """The folder of a home in which one person's sheets wait."""

    def __init__(self, home: Path, person_id: int) -> None:
        self._folder = home / "tmp" / "sheets"
        self._person_id = person_id

    def take(
        self, content: Readable, *, kind: SheetKind, name: str, notice: str | None, now: datetime
    ) -> str:
        """Keep an uploaded sheet and return the word for it; UserError where it is too large."""
        self._tidy(now)
        token = token_urlsafe(24)
        place = self._place(token)
        place.mkdir(parents=True, mode=0o700)
        shown = shown_name(name)
        file = _file_name(shown, kind)
        about = {"kind": kind, "name": shown or file, "file": file, "notice": notice, "until": now + LASTS}
        try:
            (place / _INSIDE).mkdir(mode=0o700)
            _write(content, place / _INSIDE / file, shown)
            (place / _ABOUT).write_bytes(orjson.dumps(about))
        except BaseException:
            rmtree(place, ignore_errors=True)
            raise
        return token

    def find(self, token: str, *, now: datetime) -> WaitingSheet | None:
        """Return the sheet of a word, None where none of this person waits under it."""
        place = self._place(token)
        about = _about(place)
        if about is None or now >= datetime.fromisoformat(about["until"]):
            return None
        order = SheetOrder(
            kind=SheetKind(about["kind"]), path=place / _INSIDE / about["file"], notice=about["notice"]
        )
        return WaitingSheet(name=about["name"], order=order)

    def drop(self, token: str) -> None:
        """Take a sheet away."""
        rmtree(self._place(token), ignore_errors=True)

    def _place(self, token: str) -> Path:
        return self._folder / sha256(f"{self._person_id}:{token}".encode()).hexdigest()[:32]

    def _tidy(self, now: datetime) -> None:
        for place in self._places():
            about = _about(place)
            if about is None or now >= datetime.fromisoformat(about["until"]):
                rmtree(place, ignore_errors=True)

    def _places(self) -> Iterator[Path]:
        return self._folder.iterdir() if self._folder.is_dir() else iter(())


def _about(place: Path) -> dict[str, str] | None:
    with suppress(OSError, ValueError):
        found: dict[str, str] = orjson.loads((place / _ABOUT).read_bytes())
        return found
    return None


def _file_name(shown: str, kind: SheetKind) -> str:
    """Return the name on the disk: its owner's own, for what is told of the sheet names it so."""
    ending = _ending(shown)
    stem = shown[: len(shown) - len(ending)].encode()[:_LONGEST].decode(errors="ignore").strip(" .")
    return f"{stem or _CALLED[kind]}{ending}"


def _ending(name: str) -> str:
    ending = Path(name).suffix.lower()
    return ending if fullmatch(r"\.[a-z0-9]{1,5}", ending) else ""


def _write(content: Readable, path: Path, name: str) -> None:
    size = 0
    with path.open("xb") as file:
        while piece := content.read(_PIECE):
            size += len(piece)
            if size > MAX_BYTES:
                most = MAX_BYTES // 2**20
                raise UserError(
                    zh=f"{name}：文件超过 {most} MB。请删去图片，或分成几个文件导入。",
                    en=f"{name}: the file has more than {most} MB; take pictures out or split it",
                    code="sheet.too_large",
                )
            file.write(piece)
