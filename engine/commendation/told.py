"""Who is told of a list: who would be once it is approved, and from then on who was."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from engine.commendation.proposal import Proposal
from engine.commendation.telling import TEMPLATES, letter_of_commendation, letters_to_come
from engine.items import Reader
from engine.tables import message
from notifications.letter import Letter


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldReader:
    """One mail of a list; ``mail`` and ``state`` are those of the outbox, None before the approval."""

    letter: Letter
    mail: int | None = None
    state: str | None = None


def told_readers(conn: Connection, proposal: Proposal, reader: Reader) -> tuple[ToldReader, ...]:
    """Return every mail of a list, the commended first; who is not there any more is left out."""
    if proposal.chain.second is None:
        return tuple(ToldReader(letter=one) for one in letters_to_come(conn, proposal.listed, reader))
    return tuple(sorted(_queued(conn, proposal.listed.notice, reader), key=_order))


def _queued(conn: Connection, notice_id: str, reader: Reader) -> Iterator[ToldReader]:
    mine = message.c.key.startswith(f"commendation:{notice_id}:", autoescape=True)
    for row in conn.execute(select(message).where(mine, message.c.template.in_(TEMPLATES))).all():
        letter = letter_of_commendation(conn, row, reader)
        if letter is not None:
            yield ToldReader(letter=letter, mail=row.id, state=row.state)


def _order(one: ToldReader) -> tuple[Any, ...]:
    return (one.letter.template, one.letter.to.name, one.letter.to.email)
