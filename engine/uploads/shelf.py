"""What was handed in for a case, to list and to open. Only a row of that case names a file; no path does."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from sqlalchemy import Connection, Select, select

from config.errors import UserError
from engine.tables import case, material
from engine.uploads.naming import media_type

_DIGEST = re.compile(r"[0-9a-f]{64}")


class Opened(NamedTuple):
    """A kept file: where it is, what it is, the name to download it by."""

    path: Path
    media_type: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One material of a case: its number, what it is, since when, and (a past one) until when.

    ``has_thumb`` tells whether ``open_thumb`` has a small picture of it.
    """

    id: int
    kind: str
    name: str
    uri: str
    sha256: str | None
    size: int | None
    media_type: str | None
    has_thumb: bool
    added_at: datetime
    removed_at: datetime | None

    @property
    def is_link(self) -> bool:
        """Tell whether it is an address of the web, not a file."""
        return self.sha256 is None


def held(conn: Connection, ref: str, store: Path, *, with_removed: bool = False) -> tuple[Held, ...]:
    """Return what was handed in for a case, the oldest first."""
    query = _of_case(ref).order_by(material.c.id)
    if not with_removed:
        query = query.where(material.c.removed_at.is_(None))
    return tuple(held_of(row, store, removed_at=row.removed_at) for row in conn.execute(query))


def open_material(conn: Connection, ref: str, material_id: int, store: Path) -> Opened:
    """Return the file of a material of that case; UserError where there is none. Past ones open too."""
    row = _row(conn, ref, material_id)
    path = store / _digest(row)
    if not path.is_file():
        _refuse(
            zh=f"文件“{row.name}”不在材料目录里；请联系管理员从备份恢复。",
            en=f"the file “{row.name}” is not in the folder of materials; ask the admin to restore it",
            code="material.missing",
        )
    return Opened(path, media_type(row.name), row.name)


def open_thumb(conn: Connection, ref: str, material_id: int, store: Path) -> Opened:
    """Return the small picture (JPEG) of a material of that case; UserError where there is none."""
    row = _row(conn, ref, material_id)
    path = _thumb(_digest(row), store)
    if not path.is_file():
        _refuse(
            zh=f"“{row.name}”没有缩略图；请打开原件查看。",
            en=f"“{row.name}” has no small picture; open the file itself",
            code="material.no_thumb",
        )
    return Opened(path, "image/jpeg", row.name)


def _of_case(ref: str) -> Select[Any]:
    return select(material).join(case, case.c.id == material.c.case_id).where(case.c.ref == ref)


def _row(conn: Connection, ref: str, material_id: int) -> Any:
    row = conn.execute(_of_case(ref).where(material.c.id == material_id)).first()
    if row is None:
        _refuse(
            zh=f"事项 {ref} 没有这份材料；请回到事项页查看。",
            en=f"case {ref} has no such material; go back to its page",
            code="material.unknown",
        )
    return row


def _digest(row: Any) -> str:
    if row.sha256 is None or not _DIGEST.fullmatch(row.sha256):
        _refuse(
            zh=f"“{row.name}”是链接，不是文件；请直接打开链接。",
            en=f"“{row.name}” is a link, not a file; follow the link",
            code="material.is_link",
        )
    return str(row.sha256)


def held_of(one: Any, store: Path, *, removed_at: datetime | None = None) -> Held:
    """Return a material, as its row or a case's view has it, with what the folder of materials has of it."""
    is_file = one.sha256 is not None
    return Held(
        id=one.id,
        kind=one.kind,
        name=one.name,
        uri=one.uri,
        sha256=one.sha256,
        size=one.size,
        media_type=media_type(one.name) if is_file else None,
        has_thumb=is_file and _thumb(one.sha256, store).is_file(),
        added_at=one.added_at,
        removed_at=removed_at,
    )


def _thumb(digest: str, store: Path) -> Path:
    return store / "thumbs" / digest


def _refuse(*, zh: str, en: str, code: str) -> NoReturn:
    raise UserError(zh=zh, en=en, code=code)
