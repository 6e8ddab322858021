"""Proving the history of an open database, on SQLite and on PostgreSQL, with the verifier's own eyes."""

from collections.abc import Iterator, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from config.errors import UserError
from engine import verifier
from engine.database import Database
from engine.verifier import (
    POSTGRESQL,
    Progress,
    Row,
    Verdict,
    against,
    examine,
    tell,
    verdict,
    verify_file,
)

_BATCH = 2_000
# the order in which rows were sealed: their numbers become visible out of order
_LOG = "SELECT h.hash FROM leaf l JOIN history h ON h.id = l.history_id ORDER BY l.position"


def program_text() -> bytes:
    """Return the program that verifies a copy of the database anywhere."""
    return Path(verifier.__file__).read_bytes()


def verify(
    database: Database,
    *,
    checkpoints: Sequence[str] = (),
    pubkey: str | None = None,
    progress: Progress | None = None,
) -> Verdict:
    """Verify the whole history in one snapshot.

    ``checkpoints`` are the texts of signed notes kept outside, ``pubkey`` (``name+id+base64``) whose they
    should be; ``progress`` is told now and then how many rows are done. Never raises for what it finds.
    """
    if database.dialect == "sqlite":
        if database.path is None:
            raise UserError(
                zh="内存中的数据库没有文件，不能核验。请改用文件数据库。",
                en="a database in memory has no file to verify; use one in a file",
                code="verify.no_file",
            )
        return verify_file(database.path, notes=checkpoints, pubkey=pubkey, progress=progress)
    with database.read() as conn:
        # one snapshot for the history and for the tables it is compared with
        snapshot = conn.execution_options(isolation_level="REPEATABLE READ")
        return _verify_postgresql(snapshot, checkpoints, pubkey, progress)


def _verify_postgresql(
    conn: Connection, checkpoints: Sequence[str], pubkey: str | None, progress: Progress | None
) -> Verdict:
    run = partial(_run, conn)
    heads = sha256()
    try:
        found = examine(run, heads.update, dialect=POSTGRESQL, progress=progress)
        log = (row[0] for row in run(_LOG))
        outside = against(checkpoints, pubkey, log) if checkpoints else None
    except (DBAPIError, ValueError, KeyError, TypeError) as error:
        return Verdict(sound=None, problem=tell("unsure.database", error))
    return verdict(found, heads.hexdigest(), outside, 0 if pubkey else len(checkpoints))


def _run(conn: Connection, query: str) -> Iterator[Row]:
    """Stream rows as the verifier takes them: texts as UTF-8."""
    streaming = {"stream_results": True, "yield_per": _BATCH}
    for row in conn.exec_driver_sql(query, execution_options=streaming):
        yield tuple(map(_plain, row))


# the driver's values: whatever a column holds
def _plain(value: Any) -> Any:
    return value.encode() if isinstance(value, str) else value
