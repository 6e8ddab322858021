"""Backups of an SQLite home: copied while it runs, proved before they count, brought back without loss."""

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from config.errors import UserError
from engine.database import Database
from engine.lock import only_runner
from engine.tables import SCHEMA
from engine.verifier import Verdict, verify_file
from engine.whole_file import whole_file


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup that was made, and what the verifier found in it."""

    path: Path
    size: int
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """A database that was brought back; ``kept`` is where the one before it now is (None: there was none)."""

    path: Path
    kept: Path | None
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The files of materials that a database names: how many, and how many of them are not there."""

    count: int
    missing: int


def backup(database: Database, target: Path, *, overwrite: bool = False) -> Backup:
    """Copy a database, also while it is in use, and open and verify the copy before it takes its name.

    A history that was altered is backed up all the same: the verdict says so. Materials are files beside
    the database and are not in it. Raises UserError on PostgreSQL, for a damaged database, for a target
    that is there (unless ``overwrite``) and where the target cannot be written.
    """
    source = database.path
    if source is None:
        raise UserError(
            zh="duban backup 只备份 SQLite 文件。PostgreSQL 请用 pg_dump --format=custom 和 pg_restore。",
            en="duban backup copies SQLite only; for PostgreSQL use pg_dump --format=custom and pg_restore",
            code="backup.not_sqlite",
        )
    _refuse_same(source, target)
    if target.exists() and not overwrite:
        raise UserError(
            zh=f"已经有文件 {target}，没有备份。请换一个文件名（例如带上日期），或加 --overwrite。",
            en=f"there is a file {target} already, nothing was backed up; choose another name"
            " (with the date in it), or add --overwrite",
            code="backup.exists",
        )
    with whole_file(target) as part:
        _copy(source, part)
        verdict = _proved(part, source)
    return Backup(path=target, size=target.stat().st_size, verdict=verdict)


def restore(source: Path, target: Path, *, now: datetime, even_altered: bool = False) -> Restored:
    """Put a backup in the place of a home's database; what was there is kept beside it.

    Raises UserError, with nothing changed, while the home is running or its database in use, and for a
    source that is no database, damaged, altered (unless ``even_altered``) or of another schema.
    """
    _refuse_same(source, target)
    verdict = _proved(source, source)
    _require_schema(source)
    if verdict.sound is not True and not even_altered:
        raise _altered(source, verdict)
    with only_runner(target.parent), whole_file(target) as part:
        _copy(source, part)
        _settle(target)
        kept = _keep(target, now)
    return Restored(path=target, kept=kept, verdict=_proved(target, target))


def materials_of_backup(path: Path, store: Path) -> Kept:
    """Return which files of materials a database names, and how many of them are in ``store``."""
    with closing(_connect(path)) as conn:
        rows = conn.execute("SELECT DISTINCT sha256 FROM material WHERE sha256 IS NOT NULL").fetchall()
    names = [str(row[0]) for row in rows]
    return Kept(count=len(names), missing=sum(not (store / name).is_file() for name in names))


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode=ro", uri=True, timeout=30)


def _copy(source: Path, target: Path) -> None:
    """Copy page by page through SQLite itself: a plain copy would miss what is in the -wal file."""
    try:
        with closing(_connect(source)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)
            # one file, that can be read from a read-only medium
            new.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        raise _damaged(source, error) from error


def _proved(path: Path, named: Path) -> Verdict:
    """Return the verdict on a file that is whole; UserError (about ``named``) if it is not."""
    if not path.is_file():
        raise UserError(
            zh=f"找不到备份文件 {named}。请检查路径。",
            en=f"there is no backup {named}; check the path",
            code="backup.missing",
        )
    try:
        with closing(_connect(path)) as conn:
            told = [row[0] for row in conn.execute("PRAGMA integrity_check(1)")]
    except sqlite3.Error as error:
        raise _damaged(named, error) from error
    if told != ["ok"]:
        raise _damaged(named, told[0])
    return verify_file(path)


def _require_schema(path: Path) -> None:
    with closing(_connect(path)) as conn:
        try:
            found = str(conn.execute("SELECT version_num FROM alembic_version").fetchone()[0])
        except (sqlite3.Error, TypeError):
            raise UserError(
                zh=f"{path} 是数据库，但不是 duban 的。请换成 duban backup 做的文件；没有任何改动。",
                en=f"{path} is a database but not duban's; give one that duban backup made, nothing changed",
                code="restore.foreign",
            ) from None
    if found > SCHEMA:
        raise UserError(
            zh=f"备份 {path} 的结构（{found}）比本程序（{SCHEMA}）新。请先升级 duban；没有任何改动。",
            en=f"the backup {path} is of a newer schema ({found}) than this program's ({SCHEMA});"
            " upgrade duban first, nothing was changed",
            code="restore.newer",
        )
    if found < SCHEMA:
        raise UserError(
            zh=f"备份 {path} 的结构（{found}）比本程序（{SCHEMA}）旧。"
            "请用当时的版本恢复，再运行 duban init 升级。",
            en=f"the backup {path} is of an older schema ({found}) than this program's ({SCHEMA});"
            " restore it with the version of then and upgrade it with duban init",
            code="restore.older",
        )


def _settle(target: Path) -> None:
    """Move what is only in the -wal file into the database itself; refuse while it is in use."""
    if not target.exists():
        return
    try:
        with closing(sqlite3.connect(target, timeout=2)) as conn:
            busy = conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        # it is being replaced because it is damaged; its files are kept as they are
        busy = "locked" in str(error)
    if busy:
        raise UserError(
            zh=f"数据库 {target} 正在使用。请关闭其他 duban 命令后再恢复；没有任何改动。",
            en=f"the database {target} is in use; end other duban commands and try again,"
            " nothing was changed",
            code="restore.in_use",
        )


def _keep(target: Path, now: datetime) -> Path | None:
    """Give the present database a second name and take its -wal and -shm away: they are not the backup's."""
    if not target.exists():
        return None
    kept = target.with_name(f"{target.name}.before-restore-{now:%Y%m%dT%H%M%S%f}")
    _second_name(target, kept)
    for end in ("-wal", "-shm"):
        beside = target.with_name(target.name + end)
        if beside.exists():
            beside.replace(kept.with_name(kept.name + end))
    return kept


def _second_name(path: Path, other: Path) -> None:
    try:
        os.link(path, other)
    except OSError:  # a file system without links
        shutil.copy2(path, other)


def _refuse_same(source: Path, target: Path) -> None:
    if source.resolve() == target.resolve():
        raise UserError(
            zh=f"备份和数据库是同一个文件（{target}）。请换一个路径。",
            en=f"the backup and the database are the same file ({target}); choose another path",
            code="backup.same_file",
        )


def _damaged(path: Path, why: object) -> UserError:
    return UserError(
        zh=f"{path} 不是数据库，或已损坏（{why}）。请换用另一份备份；没有任何改动。",
        en=f"{path} is no database, or is damaged ({why}); take another backup, nothing was changed",
        code="backup.damaged",
    )


def _altered(path: Path, verdict: Verdict) -> UserError:
    problem = verdict.problem
    zh, en = (problem.zh, problem.en) if problem else ("", "")
    return UserError(
        zh=f"备份 {path} 的历史核验不通过：{zh}请换用另一份备份；没有任何改动。",
        en=f"the history in the backup {path} does not verify: {en}; take another backup,"
        " nothing was changed",
        code="restore.altered",
    )
