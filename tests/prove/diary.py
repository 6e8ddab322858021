"""What the people of a small season do and when, from a seed: the same however often it is lived."""

import random
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection

from config.catalogue import catalogue
from config.schedule import Role
from engine.activities import save_activities
from engine.actors import SYSTEM
from engine.apply import apply_notice
from engine.do import Order, do
from engine.drafts import ActivityDraft, PersonDraft, RightDraft, UnitDraft
from engine.idempotency import once
from engine.roster import save_people, save_units
from tests.engine.world import FORMS, NOTICE, PROOF, at, link

FOUNDED = at(8, 15)
UNIT, REGION = "鲤城区科协", "350502"
LATE_ENTRY = at(9, 21, 15)
TEMPERS = ("prompt", "prompt", "late", "never", "cancelled", "returned")


class Deed(NamedTuple):
    """One thing done at one instant in one transaction; ``key`` makes doing it again harmless."""

    at: datetime
    key: str
    act: Callable[[Connection, datetime], object]


def diary(*, seed: int, people: int) -> list[Deed]:
    """Return every deed of a season in the order of time."""
    chance = random.Random(seed)
    deeds = [*_founding(people), _entry("late", range(2 * people, 2 * people + 2), people, LATE_ENTRY)]
    for number in range(2 * people):
        deeds += _life(f"QZ-2023-{number + 1:04d}", chance)
    return sorted(deeds, key=lambda deed: (deed.at, deed.key))


def _founding(people: int) -> Iterator[Deed]:
    """Give the first deeds, a minute from each other: they build on each other."""

    def found(minute: int, name: str, act: Callable[[Connection, datetime], object]) -> Deed:
        def keep(conn: Connection, now: datetime) -> object:
            return once(conn, f"system:{name}", name, lambda: str(bool(act(conn, now))), now=now)

        return Deed(FOUNDED + timedelta(minutes=minute), f"system:{name}", keep)

    unit = UnitDraft(name=UNIT, region=REGION, level="county", kind="association")
    yield found(0, "units", lambda conn, now: save_units(conn, [unit], actor=SYSTEM, now=now))
    yield found(1, "people", lambda conn, now: save_people(conn, _people(people), actor=SYSTEM, now=now))
    text = catalogue()[NOTICE] + "\ndaily: true\n"
    yield found(2, "notice", lambda conn, now: apply_notice(conn, NOTICE, text, actor=SYSTEM, now=now))
    yield _entry("first", range(2 * people), people, FOUNDED + timedelta(minutes=3))


def _people(count: int) -> list[PersonDraft]:
    leaders = [("赵组长", "lead", Role.LEAD, REGION), ("周管理员", "admin", Role.ADMIN, "350500")]
    given = [(f"联系人 {n}", f"person{n}", Role.COORDINATOR, REGION) for n in range(count)]
    return [
        PersonDraft(
            name=name,
            email=f"{box}@example.cn",
            rights=(RightDraft(role=role, region=region, unit=UNIT if role is Role.COORDINATOR else None),),
        )
        for name, box, role, region in given + leaders
    ]


def _entry(name: str, numbers: range, people: int, when: datetime) -> Deed:
    drafts = [
        ActivityDraft(
            title=f"科学课 {number}",
            region=REGION,
            unit=UNIT,
            coordinator=f"person{number % people}@example.cn",
            starts_on=date(2023, 9, 17),
            ends_on=date(2023, 9, 18),
            place="文化广场",
        )
        for number in numbers
    ]

    def enter(conn: Connection, now: datetime) -> object:
        def work() -> str:
            return str(len(save_activities(conn, NOTICE, drafts, actor=SYSTEM, now=now).created))

        return once(conn, f"system:enter {name}", name, work, now=now)

    return Deed(when, f"system:enter {name}", enter)


def _life(ref: str, chance: random.Random) -> Iterator[Deed]:
    """Give what is done for one activity; every step is open when its time comes."""
    temper = chance.choice(TEMPERS)
    late = temper == "late"

    def step(trigger: str, month: int, first: int, last: int, **order: object) -> Deed:
        when = at(month, chance.randint(first, last), chance.randint(10, 17), chance.randint(1, 59))
        return _step(ref, trigger, when, order)

    if temper == "never":
        return
    if temper == "cancelled":
        yield step("cancel", 9, 5, 12, reason="高温")
        return
    if temper == "returned":
        yield step("register", 8, 22, 25, materials=FORMS)
        yield step("return", 8, 26, 30, reason="表格不清楚")
        yield step("register", 9, 1, 5)
    else:
        yield step("register", 9 if late else 8, 22, 27, materials=FORMS)
    yield step("hold", 9, 28, 28) if late else step("hold", 9, 18, 19)
    yield step("complete_info", *((10, 8, 12) if late else (9, 20, 24)), materials=PROOF)
    done = (10, 13, 20) if late else (9, 25, 29)
    yield step("summarize", *done, materials=(link("summary"),), changes={"participants": 60})
    if temper == "prompt":
        yield step("recommend", 10, 24, 27, changes={"recommended_by": "泉州市科协"})
        yield step("commend", 11, 2, 8, changes={"award": "优秀活动"})


def _step(ref: str, trigger: str, when: datetime, order: dict[str, object]) -> Deed:
    name = f"{ref} {trigger} {when:%m%d}"

    def act(conn: Connection, now: datetime) -> object:
        return do(conn, Order(trigger=trigger, refs=(ref,), actor=SYSTEM, key=name, **order), now=now)  # type: ignore[arg-type]

    return Deed(when, f"system:{name}", act)
