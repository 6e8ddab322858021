"""Materials: what was handed in for a case. Files are kept by their content under the home."""

import os
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import file_digest, sha256
from pathlib import Path
from secrets import token_hex
from typing import Any

from sqlalchemy import Connection, insert, select, update

from config.errors import UserError
from engine.prepared import Prepared
from engine.tables import material

_LINK = re.compile(r"https?://[^\s\x00-\x1f]{3,2000}", re.ASCII)
_KIND = re.compile(r"[a-z][a-z0-9_]{0,31}")
LARGEST = 200 * 1024 * 1024
_INSERT = Prepared(insert(material), ["case_id", "kind", "name", "uri", "sha256", "size", "added_at"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """One material: its kind (``photo``), its name, and where it is (a link, or ``sha256:…`` in the home)."""

    kind: str
    name: str
    uri: str
    sha256: str | None = None
    size: int | None = None

    def told(self) -> dict[str, Any]:
        """Return the material as history holds it."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Removable:
    """One material that a case has now: the number of its row, its case, and what it is."""

    id: int
    case_id: int
    material: Material


def counted(
    before: Mapping[str, int], added: Sequence[Material], gone: Sequence[Removable] = ()
) -> dict[str, int]:
    """Return the counts by kind with some added and some taken away; a kind that is gone has none."""
    counts = dict(before)
    for item in added:
        counts[item.kind] = counts.get(item.kind, 0) + 1
    for one in gone:
        counts[one.material.kind] -= 1
    return {kind: count for kind, count in counts.items() if count} if gone else counts


def attach(
    conn: Connection, case_ids: Sequence[int], materials: Sequence[Material], *, now: datetime
) -> None:
    """Add the same materials to each of some cases."""
    rows = [
        asdict(item) | {"case_id": case_id, "added_at": now} for case_id in case_ids for item in materials
    ]
    if rows:
        _INSERT.run(conn, rows)


def removable(
    conn: Connection, case_ids: Sequence[int], ids: Sequence[int]
) -> dict[int, tuple[Removable, ...]]:
    """Return by case the materials of those numbers; UserError where one is of another case, or gone."""
    wanted = tuple(dict.fromkeys(ids))
    query = select(material).where(
        material.c.id.in_(wanted), material.c.case_id.in_(case_ids), material.c.removed_at.is_(None)
    )
    found: dict[int, tuple[Removable, ...]] = {}
    for row in conn.execute(query.order_by(material.c.id)):
        item = Material(kind=row.kind, name=row.name, uri=row.uri, sha256=row.sha256, size=row.size)
        one = Removable(id=row.id, case_id=row.case_id, material=item)
        found[row.case_id] = (*found.get(row.case_id, ()), one)
    if sum(map(len, found.values())) != len(wanted):
        raise UserError(
            zh="要撤下的材料不在这一项里，或已被撤下；请刷新后再看。",
            en="a material to be removed is not of this case, or is gone already; look again",
            code="material.unknown",
        )
    return found


def detach(conn: Connection, gone: Sequence[Removable], *, now: datetime) -> None:
    """Mark some materials as taken away; their rows and files stay, for history names them."""
    if gone:
        ids = [one.id for one in gone]
        conn.execute(update(material).where(material.c.id.in_(ids)).values(removed_at=now))


def keep_bytes(kind: str, name: str, data: bytes, *, store: Path) -> Material:
    """Keep some bytes that the program itself wrote, under their SHA-256, and return the material."""
    digest = sha256(data).hexdigest()
    part = new_part(store)
    try:
        part.write_bytes(data)
        keep(part, store / digest)
    finally:
        part.unlink(missing_ok=True)
    return Material(kind=kind, name=name, uri=f"sha256:{digest}", sha256=digest, size=len(data))


def new_part(store: Path) -> Path:
    """Return the name of a file in the store that is still being written; nobody else has it."""
    store.mkdir(parents=True, exist_ok=True)
    return store / f"{token_hex(16)}.part"


def keep(part: Path, place: Path) -> None:
    """Move a finished part to its place, on the disk for good; a file that is there stays."""
    if place.exists():
        return
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(place)


def take_in(text: str, store: Path) -> Material:
    """Return the material of ``KIND=PATH|URL``; a file is copied into ``store`` under its SHA-256."""
    kind, _, where = text.partition("=")
    if not _KIND.fullmatch(kind) or not where:
        raise UserError(
            zh=f"材料“{text}”写法不对；应为 种类=文件或链接，例如 photo=现场.jpg。",
            en=f"material {text!r} is not KIND=PATH or KIND=URL, such as photo=scene.jpg",
            code="material.form",
        )
    if _LINK.fullmatch(where):
        return Material(kind=kind, name=where, uri=where)
    return _file(kind, Path(where), store)


def _file(kind: str, path: Path, store: Path) -> Material:
    if not path.is_file():
        raise UserError(
            zh=f"找不到材料文件 {path}；请检查路径。",
            en=f"there is no file {path}; check the path",
            code="material.missing",
        )
    size = path.stat().st_size
    if size == 0 or size > LARGEST:
        raise UserError(
            zh=f"材料文件 {path} 是 {size} 字节；只收 1 字节至 200 MB 的文件。",
            en=f"the file {path} has {size} bytes; 1 byte to 200 MB are taken",
            code="material.size",
        )
    with path.open("rb") as file:
        name = file_digest(file, "sha256").hexdigest()
    store.mkdir(parents=True, exist_ok=True)
    kept = store / name
    if not kept.exists():
        part = store / f"{name}.part"
        shutil.copyfile(path, part)
        part.replace(kept)
    return Material(kind=kind, name=path.name, uri=f"sha256:{name}", sha256=name, size=size)
