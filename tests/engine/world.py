"""A small city to test in: two units, their people, a notice in force, activities as asked for."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Table, select

from config.catalogue import catalogue
from config.schedule import Role
from engine.activities import save_activities
from engine.actors import SYSTEM, Actor, actor_of
from engine.apply import Applied, apply_notice
from engine.database import Database
from engine.delivery import Office, Policy, Sent, deliver_all
from engine.do import Order, Result, do
from engine.drafts import ActivityDraft, PersonDraft, RightDraft, UnitDraft
from engine.material_rows import Material
from engine.roster import save_people, save_units
from engine.sweep import Swept, sweep_due
from engine.tables import person
from notifications.render import Templates
from notifications.transport import Transport

NOW = datetime(2023, 8, 15, 1, tzinfo=UTC)
NOTICE = "quanzhou-2023"
UNIT, SCHOOL = "鲤城区科协", "丰泽实验小学"
WANG, LI, LEAD, ADMIN = "wang@example.cn", "li@example.cn", "lead@example.cn", "admin@example.cn"
OFFICE = Office(sender="督办 <duban@example.cn>", base_url="http://127.0.0.1:8000", templates=Templates())


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """Return an instant of 2023 by Shanghai's clock."""
    return datetime(2023, month, day, hour - 8 if hour >= 8 else hour + 16, minute, tzinfo=UTC)


def link(kind: str, number: int = 1) -> Material:
    """Return a material that is a link."""
    return Material(kind=kind, name=f"{kind} {number}", uri=f"https://example.cn/{kind}/{number}")


FORMS = (link("application_form"), link("platform_listing"), link("registration_form"))
PROOF = (link("photo"), link("video"))


class World:
    """A city on a database, with the steps that tests take in it."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def found(self, *, notice: str = NOTICE, now: datetime = NOW) -> "World":
        """Enter units and people, and put the notice in force."""
        with self.database.write() as conn:
            save_units(
                conn,
                [
                    UnitDraft(name=UNIT, region="350502", level="county", kind="association"),
                    UnitDraft(name=SCHOOL, region="350503", level="county", kind="school"),
                ],
                actor=SYSTEM,
                now=now,
            )
            save_people(
                conn,
                [_person(*one[:3], region=one[3], unit=one[4]) for one in _PEOPLE],
                actor=SYSTEM,
                now=now,
            )
        self.apply(catalogue()[notice], notice=notice, now=now)
        return self

    def apply(self, text: str, *, notice: str = NOTICE, now: datetime = NOW) -> Applied:
        """Put a notice's text in force."""
        with self.database.write() as conn:
            return apply_notice(conn, notice, text, actor=SYSTEM, now=now)

    def enter(self, count: int = 1, *, now: datetime = NOW, **values: Any) -> list[str]:
        """Enter activities and return their public numbers."""
        drafts = [activity(number, **values) for number in range(1, count + 1)]
        with self.database.write() as conn:
            return list(save_activities(conn, NOTICE, drafts, actor=SYSTEM, now=now).created)

    def do(
        self, trigger: str, *refs: str, now: datetime = NOW, actor: Actor = SYSTEM, **order: Any
    ) -> Result:
        """Do a step."""
        with self.database.write() as conn:
            return do(conn, Order(trigger=trigger, refs=refs, actor=actor, **order), now=now)

    def sweep(self, now: datetime) -> Swept | None:
        """Settle what is due."""
        with self.database.write() as conn:
            return sweep_due(conn, now=now)

    def deliver(self, transport: Transport, now: datetime, *, policy: Policy = Policy.RESEND) -> list[Sent]:
        """Deliver what may go."""
        office = Office(
            sender=OFFICE.sender, base_url=OFFICE.base_url, templates=OFFICE.templates, policy=policy
        )
        return deliver_all(self.database, office, transport, clock=lambda: now)

    def person(self, email: str) -> Actor:
        """Return somebody as an actor."""
        with self.database.read() as conn:
            return actor_of(conn, conn.scalars(select(person.c.id).where(person.c.email == email)).one())

    def rows(self, table: Table, **where: Any) -> list[Any]:
        """Return rows of a table in the order of their ids."""
        query = select(table).filter_by(**where).order_by(*table.primary_key.columns)
        with self.database.read() as conn:
            return list(conn.execute(query))


def activity(number: int = 1, **values: Any) -> ActivityDraft:
    """Return a draft that is complete, but for what ``values`` change."""
    given: Mapping[str, Any] = {
        "title": f"科学课 {number}",
        "region": "350502",
        "unit": UNIT,
        "coordinator": WANG,
        "starts_on": date(2023, 9, 17),
        "ends_on": date(2023, 9, 18),
        "place": "文化广场",
    }
    return ActivityDraft(**(dict(given) | values))


_PEOPLE = (
    ("王敏", WANG, Role.COORDINATOR, "350502", UNIT),
    ("李强", LI, Role.COORDINATOR, "350503", SCHOOL),
    ("赵组长", LEAD, Role.LEAD, "350502", None),
    ("周管理员", ADMIN, Role.ADMIN, "350500", None),
)


def _person(name: str, email: str, role: Role, *, region: str, unit: str | None) -> PersonDraft:
    return PersonDraft(name=name, email=email, rights=(RightDraft(role=role, region=region, unit=unit),))
