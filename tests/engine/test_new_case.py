"""A new activity: where it may be entered, what has to be known, and last year's as a beginning."""

from datetime import UTC, date, datetime

import pytest

from config.catalogue import catalogue
from config.errors import UserError
from engine.actors import SYSTEM, Actor
from engine.earlier_cases import copy_of, last_years
from engine.field_problems import FieldProblems
from engine.new_case import notices_for, open_new, units_for
from engine.proof import verify
from engine.tables import case, person, unit
from tests.engine.world import ADMIN, LEAD, LI, NOTICE, NOW, SCHOOL, UNIT, WANG, World, at

NEXT_YEAR = datetime(2024, 8, 15, 1, tzinfo=UTC)
NEXT = """\
id: quanzhou-2024
code: QZ-2024
title: 泉州市2024年全国科普日
issuer: 泉州市科协
region: "350500"
windows:
  week: {name: {zh: 集中开展, en: Main week}, start: 2024-09-15, end: 2024-09-21}
"""


def unit_id(world: World, name: str) -> int:
    return int(world.rows(unit, name=name)[0].id)


def person_id(world: World, email: str) -> int:
    return int(world.rows(person, email=email)[0].id)


def values(world: World, **given: object) -> dict[str, object]:
    known = {
        "title": "水的科学",
        "unit_id": unit_id(world, UNIT),
        "starts_on": "2023-09-17",
        "place": "北门广场",
    }
    return known | given


def enter(world: World, actor: Actor, **given: object) -> str:
    with world.database.write() as conn:
        return open_new(conn, NOTICE, values(world, **given), actor=actor, now=NOW)


def problems(world: World, actor: Actor, **given: object) -> dict[str, str]:
    with pytest.raises(FieldProblems) as refused:
        enter(world, actor, **given)
    return {field: name.zh for field, name in refused.value.problems}


def test_a_coordinator_enters_an_activity_of_the_own_unit(world: World) -> None:
    ref = enter(world, world.person(WANG))

    [row] = world.rows(case, ref=ref)
    assert (ref, row.state, row.title, row.place) == ("QZ-2023-0001", "planned", "水的科学", "北门广场")
    assert (row.starts_on, row.ends_on, row.online) == (date(2023, 9, 17), date(2023, 9, 17), False)
    assert (row.coordinator_id, row.region) == (person_id(world, WANG), "350502")
    assert verify(world.database).sound is True


@pytest.mark.parametrize("who", [ADMIN, LEAD])
def test_who_leads_the_region_enters_for_a_unit_and_its_coordinator_answers(world: World, who: str) -> None:
    ref = enter(world, world.person(who), unit_id=str(unit_id(world, UNIT)))

    assert world.rows(case, ref=ref)[0].coordinator_id == person_id(world, WANG)


@pytest.mark.parametrize(("who", "name"), [(WANG, SCHOOL), (LEAD, SCHOOL), (LI, UNIT)])
def test_a_unit_beyond_ones_rights_is_no_unit_to_choose(world: World, who: str, name: str) -> None:
    told = problems(world, world.person(who), unit_id=unit_id(world, name))

    assert told == {"unit_id": "请选择您负责的单位"}


def test_everything_wrong_is_told_at_once_in_the_order_of_the_form(world: World) -> None:
    told = problems(
        world,
        world.person(WANG),
        title=" ",
        starts_on="9月31日",
        ends_on="2023-09-16",
        place="",
        unit_id="x",
    )

    assert told == {
        "title": "请填写“活动名称”",
        "starts_on": "没有这一天；请改为 9月1日 至 9月30日 之间的日期",
        "place": "请填写“活动地点”",
        "unit_id": "请选择您负责的单位",
    }


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"starts_on": "2023-09-20", "ends_on": "2023-09-19"}, "ends_on"),
        ({"starts_on": "2013-09-17"}, "starts_on"),
        ({"online": True, "place": "", "online_url": "javascript:alert(1)"}, "online_url"),
        ({"title": "长" * 101}, "title"),
        ({"coordinator_id": "999"}, "coordinator_id"),
        ({"starts_on": None}, "starts_on"),
    ],
)
def test_each_field_is_checked(world: World, given: dict[str, object], field: str) -> None:
    assert field in problems(world, world.person(WANG), **given)


def test_an_online_activity_needs_no_place_and_its_address_may_come_later(world: World) -> None:
    ref = enter(world, world.person(WANG), online="on", place="")

    [row] = world.rows(case, ref=ref)
    assert (row.online, row.place, row.online_url) == (True, None, None)


def test_the_same_activity_twice_is_pointed_out_unless_the_first_was_cancelled(world: World) -> None:
    wang = world.person(WANG)
    first = enter(world, wang)

    told = problems(world, wang)
    world.do("cancel", first, reason="下雨")

    assert told == {"title": f"同一天已有这项活动（{first}）；请直接办理那一项，或换一个名称"}
    assert enter(world, wang) == "QZ-2023-0002"


def test_a_unit_without_a_coordinator_says_what_to_do(world: World) -> None:
    with world.database.write() as conn:
        conn.execute(person.update().where(person.c.email == WANG).values(address_bad=True))

    told = problems(world, world.person(ADMIN))

    assert list(told) == ["coordinator_id"]


def test_a_notice_that_is_not_in_force_takes_nothing(world: World) -> None:
    with world.database.write() as conn, pytest.raises(UserError, match="not in force"):
        open_new(conn, "national-2023", values(world), actor=SYSTEM, now=NOW)


def test_notices_and_units_are_those_within_reach(world: World) -> None:
    world.apply(catalogue()["chengdu-2023"], notice="chengdu-2023")
    world.apply(catalogue()["national-2023"], notice="national-2023")

    with world.database.read() as conn:
        mine = notices_for(conn, world.person(WANG), now=NOW)
        late = notices_for(conn, world.person(WANG), now=at(11, 20))
        units = [
            [one.name for one in units_for(conn, world.person(who), NOTICE)] for who in (WANG, LEAD, ADMIN)
        ]
        found = units_for(conn, world.person(ADMIN), NOTICE, called="小学")

    assert [(one.id, one.over) for one in mine] == [(NOTICE, False), ("national-2023", False)]
    assert [one.over for one in late] == [True, True]
    assert (mine[0].starts_on, mine[0].ends_on) == (date(2023, 8, 21), date(2023, 9, 30))
    assert units == [[UNIT], [UNIT], [UNIT, SCHOOL]]
    assert [one.name for one in found] == [SCHOOL]


def test_last_years_activities_are_copied_to_the_same_weekdays(world: World) -> None:
    refs = world.enter(title="2023年科学课", online=True) + world.enter(title="取消的活动")
    world.do("cancel", refs[1], reason="下雨")
    world.apply(NEXT, notice="quanzhou-2024", now=NEXT_YEAR)
    wang = world.person(WANG)

    with world.database.read() as conn:
        same_year = last_years(conn, wang, now=at(12, 30))
        earlier = last_years(conn, wang, now=NEXT_YEAR)
        others = last_years(conn, world.person(LI), now=NEXT_YEAR)
        copied = copy_of(conn, refs[0], "quanzhou-2024", actor=wang)

    assert (same_year, others, [one.ref for one in earlier]) == ((), (), refs[:1])
    assert copied == {
        "title": "2024年科学课",
        "unit_id": unit_id(world, UNIT),
        "starts_on": date(2024, 9, 15),
        "ends_on": date(2024, 9, 16),
        "place": "文化广场",
        "online": True,
    }
    with world.database.write() as conn:
        assert open_new(conn, "quanzhou-2024", copied, actor=wang, now=NEXT_YEAR) == "QZ-2024-0001"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (date(2023, 9, 17), date(2024, 9, 15)),
        (date(2023, 9, 23), date(2024, 9, 21)),
        (date(2023, 9, 20), date(2024, 9, 18)),
        (date(2023, 8, 28), date(2024, 8, 26)),
        (date(2023, 9, 30), date(2024, 9, 28)),
    ],
)
def test_a_day_keeps_its_weekday_and_its_place_in_the_season(world: World, old: date, new: date) -> None:
    [ref] = world.enter(starts_on=old, ends_on=old)
    world.apply(NEXT, notice="quanzhou-2024", now=NEXT_YEAR)

    with world.database.read() as conn:
        copied = copy_of(conn, ref, "quanzhou-2024", actor=SYSTEM)

    assert (copied["starts_on"], new.weekday()) == (new, old.weekday())


def test_an_activity_beyond_ones_rights_is_not_there_to_copy(world: World) -> None:
    [ref] = world.enter()

    with world.database.read() as conn, pytest.raises(UserError, match="no activity"):
        copy_of(conn, ref, NOTICE, actor=world.person(LI))
