"""What went wrong in the database, in words a person can act on."""

from pathlib import Path

from sqlalchemy.exc import DBAPIError

from config.errors import UserError

# the driver's words for what a person can mend: (its word, our code, zh, en)
_KNOWN = (
    (
        "database is locked",
        "database.locked",
        "数据库正被另一个程序占用（已等待 30 秒）。请关闭它后再试；没有任何改动。",
        "another program holds the database (waited 30 s); close it and try again, nothing was changed",
    ),
    (
        "readonly database",
        "database.read_only",
        "数据库文件或其文件夹不可写。请检查权限；没有任何改动。",
        "the database file or its folder cannot be written; check its rights, nothing was changed",
    ),
    (
        "disk is full",
        "database.disk_full",
        "磁盘已满。请腾出空间后再试；没有写入一半的数据。",
        "the disk is full; free some space and try again, nothing was half-written",
    ),
    (
        "disk i/o error",
        "database.disk",
        "磁盘读写出错。请检查磁盘和剩余空间；没有写入一半的数据。",
        "the disk cannot be read or written; check it and its free space, nothing was half-written",
    ),
    (
        "malformed",
        "database.damaged",
        "数据库文件已损坏。请用 duban restore 从备份恢复；原文件没有改动。",
        "the database file is damaged; bring it back with duban restore, the file was not touched",
    ),
    (
        "not a database",
        "database.damaged",
        "这个文件不是数据库，或已损坏。请用 duban restore 从备份恢复；原文件没有改动。",
        "this file is not a database, or is damaged; bring it back with duban restore, it was not touched",
    ),
    (
        "unable to open",
        "database.unreachable",
        "数据库文件打不开。请检查路径和权限。",
        "the database file cannot be opened; check its path and rights",
    ),
    (
        "connection",
        "database.unreachable",
        "连不上数据库服务器。请检查 DUBAN_DATABASE_URL 和服务器状态。",
        "the database server cannot be reached; check DUBAN_DATABASE_URL and the server",
    ),
)


def explain(error: Exception, path: Path | None) -> UserError | None:
    """Return the plain words for a driver's error, None where only a programmer can help."""
    said = str(error.orig if isinstance(error, DBAPIError) else error).lower()
    for word, code, zh, en in _KNOWN:
        if word in said:
            place = str(path) if path else ""
            return UserError(zh=f"{place} {zh}".strip(), en=f"{place}: {en}".lstrip(": "), code=code)
    return None
