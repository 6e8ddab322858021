"""Signing in, by password or by a link in a mail. No answer tells whether an address is somebody's."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from engine.accounts.letters import queue_tickets
from engine.accounts.limits import LINK_ADDRESS, LINK_NETWORK, SIGN_IN_ADDRESS, SIGN_IN_NETWORK, admit
from engine.accounts.passwords import check, renew
from engine.accounts.sessions import open_session
from engine.accounts.tables import credential
from engine.accounts.tickets import Purpose, prepare
from engine.database import Database
from engine.tables import person


def sign_in(
    database: Database, address: str, password: str, *, device: str, network: str, now: datetime
) -> str | None:
    """Return the token of a new session, None where address and password do not belong together.

    It opens its transactions itself: comparing a password is slow on purpose, and nothing is locked
    meanwhile. Raises TooOften after too many tries.
    """
    with database.write() as conn:
        admit(conn, SIGN_IN_ADDRESS, address, now=now)
        admit(conn, SIGN_IN_NETWORK, network, now=now)
    with database.read() as conn:
        known = _account(conn, address)
    proof = check(known.password if known else None, password)
    if known is None or not proof.right:
        return None
    with database.write() as conn:
        still = _account(conn, address)
        if still is None or not renew(conn, still.id, kept=known.password, renewed=proof.renewed):
            return None
        return open_session(conn, still.id, device=device, now=now)


def ask_link(conn: Connection, address: str, *, network: str, now: datetime) -> None:
    """Queue a mail with a link to sign in, if the address is an active person's; the answer is the same.

    Raises TooOften after too many tries, whoever's the address is.
    """
    admit(conn, LINK_ADDRESS, address, now=now)
    admit(conn, LINK_NETWORK, network, now=now)
    found = _account(conn, address)
    if found is not None:
        tickets = prepare(conn, [found.id], purpose=Purpose.SIGN_IN, now=now)
        queue_tickets(conn, tickets, purpose=Purpose.SIGN_IN, now=now)


def _account(conn: Connection, address: str) -> Any | None:
    """Return an active person by mail address, with the password's text form if there is one."""
    query = (
        select(person.c.id, credential.c.password)
        .outerjoin(credential, credential.c.person_id == person.c.id)
        .where(func.lower(person.c.email) == address.strip().lower(), person.c.active)
        .order_by(person.c.id)
    )
    return conn.execute(query).first()
