"""Lists of cases as of a moment: what they were then decides, and the numbers agree with the fold."""

from datetime import datetime

import pytest

from config.schedule import CaseKind, Role
from engine.actors import SYSTEM, Actor, Grant
from engine.asof import By, as_of, counts
from engine.audit.cases_then import CasesThen, Moment, ThenFilter, cases_then, states_then
from tests.engine.world import FORMS, LI, NOTICE, SCHOOL, WANG, World, at


@pytest.fixture
def season(world: World) -> World:
    """Give five activities and the reports that are owed, some of them changed since."""
    refs = world.enter(4)
    world.enter(1, title="船模比赛", region="350503", unit=SCHOOL, coordinator=LI)
    world.do("register", *refs[:3], materials=FORMS, occurred_at=at(8, 21), now=at(8, 22))
    world.do("cancel", refs[3], reason="台风", now=at(8, 23))
    world.do("edit", refs[0], changes={"title": "夜空观星"}, now=at(8, 24))
    return world


def look(
    world: World, when: datetime, actor: Actor = SYSTEM, by: By = By.RECORDED, **wanted: object
) -> CasesThen:
    with world.database.read() as conn:
        chosen = ThenFilter(**wanted)  # type: ignore[arg-type]
        return cases_then(conn, actor, chosen, Moment(at=when, by=by))


def titles(found: CasesThen) -> list[str]:
    return [one.title for one in found.items if one.kind == CaseKind.ACTIVITY]


def test_states_are_those_of_then_and_agree_with_the_fold(season: World) -> None:
    for when in (at(8, 14), at(8, 16), at(8, 22), at(8, 23), at(9, 1)):
        found = look(season, when)
        with season.database.read() as conn:
            folded = counts(as_of(conn, when))
            counted = states_then(conn, SYSTEM, ThenFilter(), Moment(at=when))
        assert {state: count for (_, state), count in found.counts.items()} == folded
        assert counted == found.counts
        assert found.total == sum(folded.values()) == len(found.items)


def test_a_line_says_how_it_stood_and_where_it_stands_now(season: World) -> None:
    line = look(season, at(8, 20), text="QZ-2023-0001").items[0]

    assert (line.ref, line.title, line.unit, line.coordinator) == (
        "QZ-2023-0001",
        "科学课 1",
        "鲤城区科协",
        "王敏",
    )
    assert (line.standing.state, line.state_now, line.standing.version) == ("planned", "registered", 1)


def test_a_text_is_sought_in_the_title_of_then(season: World) -> None:
    assert titles(look(season, at(8, 23), text="科学课 1")) == ["科学课 1"]
    assert titles(look(season, at(8, 23), text="观星")) == []
    assert titles(look(season, at(8, 25), text="观星")) == ["夜空观星"]
    assert titles(look(season, at(8, 25), text="科学课 1")) == []


def test_region_unit_state_and_kind_narrow_the_list(season: World) -> None:
    when = at(8, 30)

    assert titles(look(season, when, region="丰泽区")) == ["船模比赛"]
    assert titles(look(season, when, text="丰泽实验")) == ["船模比赛"]
    assert titles(look(season, when, state="cancelled")) == ["科学课 4"]
    assert len(titles(look(season, when, kind=CaseKind.ACTIVITY, notice=NOTICE))) == 5
    unit_id = look(season, when, region="350503").items[0].standing.values["unit_id"]
    assert titles(look(season, when, unit=unit_id)) == ["船模比赛"]


def test_the_counts_are_of_all_states_even_where_one_is_asked_for(season: World) -> None:
    found = look(season, at(8, 30), state="cancelled", kind=CaseKind.ACTIVITY)

    assert (found.total, found.counts) == (
        1,
        {("activity", "cancelled"): 1, ("activity", "planned"): 1, ("activity", "registered"): 3},
    )


def test_a_late_entry_counts_by_when_it_happened_if_asked(season: World) -> None:
    known = look(season, at(8, 21, 12), kind=CaseKind.ACTIVITY).counts
    happened = look(season, at(8, 21, 12), by=By.OCCURRED, kind=CaseKind.ACTIVITY).counts

    assert known == {("activity", "planned"): 5}
    assert happened == {("activity", "planned"): 2, ("activity", "registered"): 3}


def test_a_coordinator_sees_their_own_unit_only(season: World) -> None:
    assert titles(look(season, at(8, 30), season.person(LI))) == ["船模比赛"]
    assert len(titles(look(season, at(8, 30), season.person(WANG)))) == 4
    stranger = Actor(name="person:9", person_id=9, grants=(Grant(role=Role.AUDITOR, region="510100"),))
    assert look(season, at(8, 30), stranger).total == 0


def test_pages_follow_each_other_without_a_gap(season: World) -> None:
    with season.database.read() as conn:
        moment = Moment(at=at(8, 30))
        pages = [
            cases_then(conn, SYSTEM, ThenFilter(), moment, page=number, per_page=2) for number in (1, 2, 3, 4)
        ]
        whole = cases_then(conn, SYSTEM, ThenFilter(), moment)

    assert [one for page in pages for one in page.items] == list(whole.items)[:8]
