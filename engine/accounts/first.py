"""The first admin of a home: entered at the machine itself, let in by a link that is printed there."""

from datetime import datetime

from sqlalchemy import Connection, select

from config.regions import NATION
from config.schedule import Role
from engine.accounts.tickets import Purpose, issue
from engine.actors import operator
from engine.drafts import PersonDraft
from engine.rights import NewRight, grant
from engine.roster import people_by_email, save_people
from engine.tables import right


def first_admin(conn: Connection, name: str, email: str, *, now: datetime) -> str:
    """Make somebody admin of everything and return the token of an invitation; again, a new token.

    UserError where the person is there and not active.
    """
    known = people_by_email(conn).get(email.lower())
    actor = operator("init")
    if known is None:
        save_people(conn, [PersonDraft(name=name, email=email)], actor=actor, now=now)
        known = people_by_email(conn)[email.lower()]
    wanted = NewRight(role=Role.ADMIN, region=NATION)
    mine = (right.c.person_id == known.id) & (right.c.role == wanted.role) & (right.c.region == NATION)
    if conn.execute(select(right.c.id).where(mine, right.c.until.is_(None))).first() is None:
        grant(conn, known.id, wanted, actor=actor, now=now)
    return issue(conn, known.id, purpose=Purpose.INVITE, now=now)
