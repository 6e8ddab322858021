"""Whom a notice commends: two admins draw up the list, adjust it, sign it one after the other."""

from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from config.criteria import Award
from engine.commendation.adjusting import Wish, adjust
from engine.commendation.deciding import approve, put_forward, send_back
from engine.commendation.proposal import Proposal, propose
from engine.database import Database
from engine.do import StepsBlocked
from engine.simulate.acting import Stage
from engine.simulate.agenda import local_day
from engine.simulate.words import LEFT_OUT, SENT_BACK


@dataclass(slots=True, kw_only=True)
class Committee:
    """The two admins of one notice. From ``final`` on they meet on Fridays until all is decided.

    ``adjusts``: one of the list is left out by hand. ``waits``: a list was put forward and the second
    signature is still to come.
    """

    notice: str
    admin: str
    deputy: str
    final: date
    random: Random
    adjusts: bool = False
    waits: bool = False
    decided: bool = False

    def decide(self, database: Database, stage: Stage, *, now: datetime) -> None:
        """Let the deputy sign what was put forward, or send it back where an activity was."""
        if not self.waits:
            return
        self.waits = False
        try:
            with database.write() as conn:
                deputy = stage.actor(conn, self.deputy, now=now)
                signed = approve(conn, self.notice, actor=deputy, now=now)
        except StepsBlocked:
            with database.write() as conn:
                deputy = stage.actor(conn, self.deputy, now=now)
                send_back(conn, self.notice, actor=deputy, now=now, reason=self.random.choice(SENT_BACK))
        else:
            self.decided = True
            for ref in chosen_activities(signed):
                stage.affairs[ref].state = "commended"

    def put_forward(self, database: Database, stage: Stage, *, now: datetime) -> None:
        """Draw the list up, adjust it, sign it first; all is decided where nobody can be on it."""
        if self.decided or self.waits or local_day(now) < self.final:
            return
        with database.write() as conn:
            admin = stage.actor(conn, self.admin, now=now)
            store = stage.papers.store if stage.papers else None
            drawn_up = propose(conn, self.notice, actor=admin, now=now, store=store)
            if not any(one.chosen for one in drawn_up.awards):
                self.decided = True
                return
            wish = self._wish(drawn_up)
            if wish is not None:
                adjust(conn, self.notice, wish, actor=admin, now=now, store=store)
            put_forward(conn, self.notice, actor=admin, now=now, store=store)
        self.waits = True

    def _wish(self, drawn_up: Proposal) -> Wish | None:
        """Leave the last of the activities chosen to another year, where there are several."""
        keys = chosen_activities(drawn_up)
        if not self.adjusts or len(keys) < 2 or drawn_up.chain.adjustments:
            return None
        reason = self.random.choice(LEFT_OUT)
        return Wish(award=str(Award.ACTIVITY), key=keys[-1], act="remove", reason=reason)


def chosen_activities(proposal: Proposal) -> tuple[str, ...]:
    """Return the numbers of the activities that a list commends."""
    mine = (one for one in proposal.awards if one.rules.award is Award.ACTIVITY)
    return tuple(line.key for one in mine for line in one.chosen)
