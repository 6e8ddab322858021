"""A city whose season is over: three activities with their summaries, one without, and two admins."""

from dataclasses import dataclass

import pytest

from config.schedule import Role
from engine.actors import SYSTEM, Actor
from engine.commendation.adjusting import Wish, adjust
from engine.commendation.deciding import approve, put_forward
from engine.commendation.proposal import Proposal, propose
from engine.database import Database
from engine.drafts import PersonDraft, RightDraft
from engine.roster import save_people
from tests.engine.world import ADMIN, FORMS, LI, NOTICE, NOW, PROOF, SCHOOL, World, at, link

WU = "wu@example.cn"
OVER = at(10, 12)


@dataclass(frozen=True, slots=True)
class Office:
    """The city, its activities by number, and the two who sign."""

    world: World
    refs: tuple[str, ...]
    first: Actor
    second: Actor

    def propose(self) -> Proposal:
        """Draw the list up."""
        with self.world.database.write() as conn:
            return propose(conn, NOTICE, actor=self.first, now=OVER)

    def adjust(self, wish: Wish, actor: Actor | None = None) -> Proposal:
        """Change the list."""
        with self.world.database.write() as conn:
            return adjust(conn, NOTICE, wish, actor=actor or self.first, now=OVER)

    def put_forward(self, actor: Actor | None = None, seen: str | None = None) -> Proposal:
        """Sign first."""
        with self.world.database.write() as conn:
            return put_forward(conn, NOTICE, actor=actor or self.first, now=OVER, seen=seen)

    def approve(self, actor: Actor | None = None, seen: str | None = None) -> Proposal:
        """Sign second."""
        with self.world.database.write() as conn:
            return approve(conn, NOTICE, actor=actor or self.second, now=OVER, seen=seen)


def finish(world: World) -> tuple[str, ...]:
    """Play three activities to their summaries, the fourth only until it was held."""
    mine = world.enter(2)
    theirs = world.enter(2, unit=SCHOOL, region="350503", coordinator=LI, title="校园开放日")
    refs = (*mine, *theirs)
    world.do("register", *refs, now=at(8, 22), materials=FORMS)
    world.do("hold", *refs, now=at(9, 20))
    done = refs[:3]
    world.do("complete_info", *done, now=at(9, 25), materials=PROOF)
    for number, ref in enumerate(done, 1):
        links = tuple(link("news_link", one) for one in range(number))
        late = number == 1
        world.do(
            "summarize",
            ref,
            now=at(10, 9) if late else at(9, 28),
            materials=(link("summary"), *links),
            changes={"participants": 100 * number},
        )
    return refs


@pytest.fixture
def office(database: Database) -> Office:
    """Give a city whose season is over, on SQLite and on PostgreSQL in turn."""
    world = World(database).found()
    rights = (RightDraft(role=Role.ADMIN, region="350500"), RightDraft(role=Role.AUDITOR, region="350500"))
    with database.write() as conn:
        save_people(conn, [PersonDraft(name="吴主任", email=WU, rights=rights)], actor=SYSTEM, now=NOW)
    refs = finish(world)
    return Office(world, refs, world.person(ADMIN), world.person(WU))
