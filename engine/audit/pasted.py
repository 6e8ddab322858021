"""A checkpoint that an auditor kept, held against the history as it is now."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select

from config.errors import UserError
from engine.kept import named_by
from engine.tables import history, leaf
from engine.verifier import Problem, against, read_note

_BATCH = 2_000
_MOST = 2**62  # the largest number of rows a database can be asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What a checkpoint says of history: its ``problem`` is None where the first ``rows`` are as it saw them.

    ``ours``: this home's key signed it; None where that cannot be told without the key.
    """

    rows: int
    root: str
    ours: bool | None
    problem: Problem | None


def compare_checkpoint(conn: Connection, text: str, *, pubkey: str | None) -> Compared:
    """Compare history with a signed note; UserError where the text is none.

    It looks at the hashes that the rows carry: whether each row is what its hash says, verifying tells.
    """
    note = "\n".join(line.strip() for line in text.strip().splitlines())
    try:
        read = read_note(note)
    except ValueError as error:
        raise UserError(
            zh="贴入的内容不是检查点。请从检查点邮件里把第一行到“—”开头的那一行原样复制过来，空行也在内。",
            en="this is no checkpoint; copy it from the mail as it is, from its first line to the one that"
            " begins with “—”, the empty line too",
            code="verify.note",
        ) from error
    ours = named_by([note], pubkey) if pubkey else None
    with conn.execute(_log(conn, read.size)) as rows:
        problem = against([note], pubkey if ours else None, (row[0].encode() for row in rows))
    return Compared(rows=read.size, root=read.root.hex(), ours=ours, problem=problem)


def _log(conn: Connection, rows: int) -> Select[Any]:
    """Return the query for the hashes in the order in which they were sealed."""
    query, order = _ordered(conn)
    return query.order_by(order).limit(min(rows, _MOST)).execution_options(yield_per=_BATCH)


def _ordered(conn: Connection) -> tuple[Select[Any], ColumnElement[int]]:
    hashes = select(history.c.hash)
    if conn.dialect.name == "sqlite":
        return hashes, history.c.id
    return hashes.join(leaf, leaf.c.history_id == history.c.id), leaf.c.position
