"""Three mails of a season that are worth a look."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, Select, select

from engine.tables import history, message, person

_KINDS = (("reminder", "opening"), ("overdue",), ("closing", "commended"))
_CANDIDATES = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleMail:
    """A mail worth a look: which kind, to whom, its subject, the first case it tells of, its .eml file."""

    kind: str
    to: str
    subject: str
    ref: str
    path: Path


def examples(conn: Connection, folder: Path) -> tuple[ExampleMail, ...]:
    """Return a mail that reminds, one that tells the lead too, and one from the end, where there are such."""
    return tuple(one for kinds in _KINDS for one in list(_found(conn, kinds, folder))[:1])


def _found(conn: Connection, kinds: Sequence[str], folder: Path) -> Iterator[ExampleMail]:
    for kind in kinds:
        rows = conn.execute(_sent(kind)).all()
        for row in sorted(rows, key=lambda one: (-_worth(orjson.loads(one.content)), one.id))[:1]:
            path = folder / _file(conn, row.id)
            yield ExampleMail(
                kind=kind, to=row.name, subject=row.subject, ref=_first_ref(row.content), path=path
            )


def _sent(kind: str) -> Select[Any]:
    sent = (message.c.template == kind) & (message.c.state == "sent") & (person.c.lang == "zh")
    columns = (message.c.id, message.c.subject, message.c.content, person.c.name)
    return select(*columns).join(person).where(sent).order_by(message.c.id).limit(_CANDIDATES)


def _worth(letter: Mapping[str, Any]) -> int:
    """Return how much a mail shows: two to five cases, of a coordinator, with others told."""
    items = letter["items"]
    shows = 4 if 2 <= len(items) <= 5 else 2 if len(items) == 1 else 0
    shows += 2 * any(item["also_told"] for item in items) + all(
        item["role"] == "coordinator" for item in items
    )
    return shows + (len({item["key"] for item in items}) > 1)


def _first_ref(content: bytes) -> str:
    return str(next((item["ref"] for item in orjson.loads(content)["items"]), ""))


def _file(conn: Connection, number: int) -> str:
    """Return the name of a mail's file, as the folder answered when it took it."""
    accepted = (history.c.subject == f"mail:{number}") & (history.c.trigger == "accept")
    details = conn.scalar(select(history.c.details).where(accepted))
    return str(orjson.loads(details or "{}").get("detail", ""))
