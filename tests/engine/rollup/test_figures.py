"""What a region did, counted: by state, form, audience and place, on time or late, and who has not filed."""

from pathlib import Path

import pytest

from config.catalogue import catalogue
from config.errors import UserError
from config.regions import region
from config.schedule import Role
from engine.actors import SYSTEM, Actor, Grant
from engine.rollup.figures import Count, Place
from engine.rollup.gathering import gather
from engine.rollup.subject import report_of, subject_of
from tests.engine.crowd import counted_queries
from tests.engine.rollup.season import END, applied, figures, held, photo, report
from tests.engine.world import ADMIN, LEAD, LI, NOTICE, SCHOOL, UNIT, WANG, World, at, link


def names(counts: tuple[Count, ...]) -> dict[str, int]:
    return {one.name.zh: one.number for one in counts}


def test_activities_are_counted_by_state_form_and_audience(world: World, tmp_path: Path) -> None:
    first, second, third, fourth = world.enter(4)
    held(world, first, tmp_path, people=120)
    applied(world, second, tmp_path, kind="hands_on", audience="elderly")
    world.do("cancel", fourth, reason="下雨")

    found = figures(world, tmp_path)

    assert (found.activities, found.held, found.cancelled, found.participants, found.told) == (
        3,
        1,
        1,
        120,
        1,
    )
    assert names(found.states) == {"已策划": 1, "已登记": 1, "已总结": 1, "已取消": 1}
    assert (names(found.kinds), names(found.audiences)) == (
        {"展览展示": 1, "互动体验": 1},
        {"青少年": 1, "老年人": 1},
    )
    assert (found.forms, found.photos, found.news) == (2, 1, 1)
    assert third in {one.ref for one in gathered_of(world, tmp_path)}


def gathered_of(world: World, store: Path) -> list[object]:
    with world.database.read() as conn:
        return list(gather(conn, subject_of(conn, NOTICE, actor=SYSTEM), store=store, now=END).activities)


def test_a_city_is_told_by_county_and_a_county_by_unit(world: World, tmp_path: Path) -> None:
    [here] = world.enter()
    world.enter(1, title="丰泽一课", region="350503", unit=SCHOOL, coordinator=LI)
    held(world, here, tmp_path, people=30)

    city, county = figures(world, tmp_path), figures(world, tmp_path, report(world))

    assert city.places == (Place("丰泽区", 1, 0, 0), Place("鲤城区", 1, 1, 30))
    assert "晋江市" in [region(code).name for code in city.without] and len(city.without) == 9
    assert county.places == (Place(UNIT, 1, 1, 30),)


def test_what_was_done_after_its_date_is_told_apart_from_what_was_not_done(
    world: World, tmp_path: Path
) -> None:
    early, late, never = world.enter(3)
    held(world, early, tmp_path)
    applied(world, late, tmp_path)
    world.do("hold", late, now=at(9, 19))
    world.do("complete_info", late, materials=(photo(tmp_path, "blue"), link("video")), now=at(10, 8))

    found = {one.name.zh: one for one in figures(world, tmp_path).punctual}["信息完善"]

    assert (found.on_time, found.after, found.late, found.open) == (1, 1, 1, 0)
    assert never


def test_nothing_is_late_before_its_date(world: World, tmp_path: Path) -> None:
    world.enter(2)

    found = figures(world, tmp_path, now=at(8, 20)).punctual

    assert {(one.late, one.open) for one in found} == {(0, 2)}


def test_it_is_told_who_has_not_filed(world: World, tmp_path: Path) -> None:
    world.enter(1, title="丰泽一课", region="350503", unit=SCHOOL, coordinator=LI)

    found = figures(world, tmp_path)

    assert [(one.unit, one.name.zh, one.late, one.person) for one in found.owing] == [
        (UNIT, "报送登记表和汇总表备案", True, "王敏"),
        (UNIT, "报送活动总结材料", True, "王敏"),
    ]
    assert [one.unit for one in found.silent] == [UNIT]


def test_a_province_counts_what_its_cities_did(world: World, tmp_path: Path) -> None:
    [ref] = world.enter()
    held(world, ref, tmp_path, people=70)
    world.apply(catalogue()["national-2023"], notice="national-2023", now=at(8, 16))

    found = figures(world, tmp_path, "national-2023")

    assert (found.activities, found.participants) == (1, 70)
    assert found.places == (Place("福建省", 1, 1, 70),)
    assert "省级科协、全国学会报送总结" not in [one.name.zh for one in found.owing]


def test_a_lost_form_is_counted_as_none(world: World, tmp_path: Path) -> None:
    [ref] = world.enter()
    applied(world, ref, tmp_path)
    for file in tmp_path.glob("?" * 64):
        file.write_bytes(b"{}")

    found = figures(world, tmp_path)

    assert (found.forms, found.kinds) == (0, ())


def test_a_thousand_activities_take_as_many_queries_as_one(world: World, tmp_path: Path) -> None:
    asked = []
    for count in (1, 40):
        world.enter(count)
        with counted_queries(world.database) as queries:
            figures(world, tmp_path)
        asked.append(len(queries))

    assert asked[0] == asked[1] <= 12


@pytest.mark.parametrize("who", [WANG, LEAD, ADMIN])
def test_its_coordinator_lead_and_admin_roll_a_report_up(world: World, who: str) -> None:
    with world.database.read() as conn:
        assert report_of(conn, report(world), actor=world.person(who)).unit == UNIT


@pytest.mark.parametrize(
    "actor",
    [
        Actor(name="elsewhere", person_id=9, grants=(Grant(role=Role.ADMIN, region="410700"),)),
        Actor(name="auditor", person_id=9, grants=(Grant(role=Role.AUDITOR, region="350500"),)),
        Actor(name="nobody", person_id=9),
    ],
    ids=lambda one: one.name,
)
def test_for_anybody_else_there_is_no_such_report(world: World, actor: Actor) -> None:
    ref = report(world)

    with world.database.read() as conn, pytest.raises(UserError) as refused:
        report_of(conn, ref, actor=actor)

    assert refused.value.code == "case.unknown"


def test_a_whole_notice_is_for_the_admins_of_its_region(world: World) -> None:
    with world.database.read() as conn:
        assert subject_of(conn, NOTICE, actor=world.person(ADMIN)).ref is None
        with pytest.raises(UserError, match="no notice"):
            subject_of(conn, NOTICE, actor=world.person(LEAD))


def test_an_activity_is_no_report(world: World) -> None:
    [ref] = world.enter()

    with world.database.read() as conn, pytest.raises(UserError) as refused:
        report_of(conn, ref, actor=SYSTEM)

    assert refused.value.code == "rollup.no_report"
