"""A notice carried over: activities copied once, each with its origin, nothing sent by it."""

from datetime import UTC, date, datetime

import pytest

from config.catalogue import catalogue
from config.errors import UserError
from config.rollover import roll_over
from engine.actors import SYSTEM
from engine.proof import verify
from engine.rights import revoke
from engine.rollover import Carried, carry_activities, next_year
from engine.tables import case, history, message, person, right
from tests.engine.world import ADMIN, FORMS, LI, NOTICE, NOW, PROOF, WANG, World, at, link

LATER = datetime(2024, 6, 3, 1, tzinfo=UTC)
NEXT = "quanzhou-2024"


def put_next_year_in_force(world: World) -> None:
    draft = roll_over(NOTICE, 2024, catalogue())
    for one in (*reversed(draft.parents), draft):
        world.apply(one.text, notice=one.id, now=LATER)


def held(world: World, *refs: str) -> None:
    world.do("register", *refs, now=at(8, 25), materials=FORMS)
    world.do("hold", *refs, now=at(9, 20))


def carry(world: World, email: str = ADMIN) -> Carried:
    with world.database.write() as conn:
        return carry_activities(conn, NOTICE, NEXT, actor=world.person(email), now=LATER)


@pytest.fixture
def season(world: World) -> World:
    """Give a city with one activity held, one summarized, one cancelled and one that was only planned."""
    refs = world.enter(4, title="2023年科学课")
    held(world, *refs[:2])
    world.do("complete_info", refs[1], now=at(9, 21), materials=PROOF)
    world.do("summarize", refs[1], now=at(9, 22), materials=(link("summary"),), changes={"participants": 90})
    world.do("cancel", refs[2], reason="场地检修", now=at(9, 10))
    put_next_year_in_force(world)
    return world


def test_what_was_held_is_planned_again_on_the_days_of_the_new_season(season: World) -> None:
    carried = carry(season)

    copies = season.rows(case, notice=NEXT, kind="activity")
    assert (carried.created, carried.already) == (("QZ-2024-0001", "QZ-2024-0002"), 0)
    assert {(one.title, one.state, one.starts_on, one.ends_on, one.participants) for one in copies} == {
        ("2024年科学课", "planned", date(2024, 9, 15), date(2024, 9, 16), None)
    }


def test_the_history_of_a_copy_names_where_it_came_from(season: World) -> None:
    carry(season)

    [entered] = season.rows(history, subject="case:QZ-2024-0002")
    assert '"copied_from":"QZ-2023-0002"' in entered.details
    assert verify(season.database).sound


def test_copying_twice_copies_nothing_twice(season: World) -> None:
    carry(season)
    season.do("cancel", "QZ-2024-0001", reason="今年不办", now=LATER)
    season.do("edit", "QZ-2024-0002", changes={"title": "新名称"}, now=LATER)

    assert carry(season) == Carried(created=(), already=2)
    assert len(season.rows(case, notice=NEXT, kind="activity")) == 2


def test_nobody_is_mailed_and_somebody_without_rights_is_left_out(season: World) -> None:
    before = len(season.rows(message))
    [wang] = season.rows(person, email=WANG)
    for one in season.rows(right, person_id=wang.id):
        with season.database.write() as conn:
            revoke(conn, one.id, reason="调离", actor=SYSTEM, now=LATER)

    carry(season)

    assert len(season.rows(message)) == before
    assert {one.coordinator_id for one in season.rows(case, notice=NEXT, kind="activity")} == {None}


def test_only_an_admin_of_the_region_copies(season: World) -> None:
    with pytest.raises(UserError) as refused:
        carry(season, LI)

    assert refused.value.code == "rights.admin"
    assert season.rows(case, notice=NEXT, kind="activity") == []


def test_a_notice_that_is_not_in_force_takes_no_copies(world: World) -> None:
    with pytest.raises(UserError) as refused:
        carry(world)

    assert refused.value.code == "notice.not_applied"


def test_next_year_is_drafted_until_it_is_there(world: World) -> None:
    with world.database.read() as conn:
        before = next_year(conn, NOTICE, None, today=NOW.date())
    put_next_year_in_force(world)
    with world.database.read() as conn:
        after = next_year(conn, NOTICE, None, today=NOW.date())

    assert (before.later, before.applied, before.drafted is None) == (NEXT, False, False)
    assert (after.later, after.applied, after.drafted) == (NEXT, True, None)
