"""What becomes of an account that is closed, and of rows that are worth nothing any more."""

from datetime import datetime

from sqlalchemy import Connection

from engine.accounts.api_tokens import revoke_all
from engine.accounts.feeds import end_feed
from engine.accounts.limits import forget_tries
from engine.accounts.sessions import end_others, forget_sessions
from engine.accounts.tickets import end_tickets
from engine.answers import forget_answers


def shut_out(conn: Connection, person_id: int, *, now: datetime) -> None:
    """End everything by which a person could come in; the password stays."""
    end_others(conn, person_id, keep=None)
    end_tickets(conn, [person_id], now=now)
    revoke_all(conn, person_id, now=now)
    end_feed(conn, person_id)


def tidy(conn: Connection, *, now: datetime) -> int:
    """Take out sessions that are over, tries that hold nobody back, answers of the API; return how many."""
    return forget_sessions(conn, now=now) + forget_tries(conn, now=now) + forget_answers(conn, now=now)
