"""What a change does outside of the database, such as a mail: once for its key, rather never than twice.

The key is used up before anything leaves, with an answer that says no more than that it was begun; how it
ended is kept afterwards. If the program ends in between, the same key tells that answer and does nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection
from starlette.responses import Response

from engine.answers import Kept, answer_again, answer_once
from web.api.changing import DRY_RUN, REPLAYED, Answer, Change, answered


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """Something to be done outside; ``admit`` refuses it, while nothing has left yet.

    ``begun`` is answered to who asks again before it has ended, ``tried`` where it is only tried.
    """

    admit: Callable[[Connection], None]
    do: Callable[[], Answer]
    begun: Answer
    tried: Answer


def run(change: Change, errand: Errand) -> Response:
    """Do an errand and answer; no transaction is open meanwhile."""
    visit, asked = change.visit, change.asked
    if change.dry_run:
        with visit.write(dry_run=True) as conn:
            errand.admit(conn)
        return answered(errand.tried.written(), {DRY_RUN: "true"})
    with visit.write() as conn:
        kept = _taken(conn, change, errand)
    if kept is not None:
        return answered(kept.body, {REPLAYED: "true"})
    done = errand.do().written()
    if asked is not None:
        with visit.write() as conn:
            answer_again(conn, asked, done)
    return answered(done, {})


def _taken(conn: Connection, change: Change, errand: Errand) -> Kept | None:
    """Use the key up, and return the answer that it has already; a refusal leaves it as it was."""
    if change.asked is not None:
        kept = answer_once(conn, change.asked, errand.begun.written, now=change.visit.now)
        if kept.replayed:
            return kept
    errand.admit(conn)
    return None
