"""People and units as an admin or lead sees them, and changed by them, on both databases."""

from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from config.errors import UserError
from config.schedule import Role
from engine.actors import SYSTEM, Actor, Grant
from engine.case_choices import MOST_PLACES, case_choices, regions_of
from engine.drafts import PersonDraft, RightDraft
from engine.field_problems import FieldProblems
from engine.people_view import PersonFilter, people_of, person_view, watcher
from engine.person_edit import PersonValues, add_person, edit_person, managed, revoke_from
from engine.rights import NewRight
from engine.roster import mark_address, save_people
from engine.season_view import season_view
from engine.tables import person, right, unit
from engine.unit_edit import UnitValues, add_unit, edit_unit
from engine.unit_view import UnitFilter, unit_view, units_of
from tests.engine.world import ADMIN, LEAD, LI, NOTICE, NOW, SCHOOL, UNIT, WANG, World, at

LOCAL = ZoneInfo("Asia/Shanghai")
CHEN = PersonValues(name="陈新", email="Chen@example.cn", phone="0595-22220000")


def found(world: World, address: str, wanted: PersonFilter) -> list[str]:
    """Return the names that somebody finds."""
    with world.database.read() as conn:
        return [one.name for one in people_of(conn, world.person(address), wanted, now=NOW).items]


def number_of(world: World, address: str) -> int:
    return int(world.rows(person, email=address)[0].id)


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (PersonFilter(), ["周管理员", "李强", "王敏", "赵组长"]),
        (PersonFilter(text="WANG@"), ["王敏"]),
        (PersonFilter(role=Role.LEAD), ["赵组长"]),
        (PersonFilter(region="350503"), ["李强"]),
        (PersonFilter(refused=True), ["李强"]),
        (PersonFilter(inactive=True), []),
    ],
)
def test_an_admin_finds_people(wanted: PersonFilter, names: list[str], world: World) -> None:
    with world.database.write() as conn:
        mark_address(conn, number_of(world, LI), bad=True, reason="550", now=NOW)

    assert sorted(found(world, ADMIN, wanted)) == sorted(names)


def test_a_lead_finds_those_of_the_own_county(world: World) -> None:
    assert sorted(found(world, LEAD, PersonFilter())) == sorted(["王敏", "赵组长"])


def test_rights_elsewhere_are_counted_and_not_told(world: World) -> None:
    far = PersonDraft(name="王敏", email=WANG, rights=(RightDraft(role=Role.AUDITOR, region="410700"),))
    with world.database.write() as conn:
        save_people(conn, [far], actor=SYSTEM, now=NOW)
        view = person_view(conn, number_of(world, WANG), actor=world.person(ADMIN), now=NOW, local=LOCAL)

    assert [one.role for one in view.rights] == [Role.COORDINATOR]
    assert (view.elsewhere, view.managed) == (1, False)


def test_somebody_is_entered_corrected_and_loses_a_right(world: World) -> None:
    admin = world.person(ADMIN)
    with world.database.write() as conn:
        wanted = NewRight(role=Role.COORDINATOR, region="350502")
        number = add_person(conn, CHEN, wanted, actor=admin, now=NOW)
        changed = edit_person(
            conn, number, PersonValues(name="陈新", email="new@example.cn"), actor=admin, now=NOW
        )
        same = edit_person(
            conn, number, PersonValues(name="陈新", email="new@example.cn"), actor=admin, now=NOW
        )
        [mine] = conn.scalars(select(right.c.id).where(right.c.person_id == number))
        revoke_from(conn, number, mine, reason="调走", actor=admin, now=at(8, 20))

    assert (changed, same) == (True, False)
    assert world.rows(right, person_id=number)[0].until == at(8, 20)
    assert world.rows(person, id=number)[0].phone is None


def test_an_address_is_nobody_elses_in_any_case(world: World) -> None:
    wanted = NewRight(role=Role.COORDINATOR, region="350502")
    values = PersonValues(name="陈新", email=WANG.upper())

    with pytest.raises(FieldProblems) as refused, world.database.write() as conn:
        add_person(conn, values, wanted, actor=world.person(ADMIN), now=NOW)

    assert set(refused.value.by_field) == {"email"}


def test_who_may_be_changed_is_told_for_many_at_once(world: World) -> None:
    everybody = [row.id for row in world.rows(person)]
    lead, admin = world.person(LEAD), world.person(ADMIN)

    with world.database.read() as conn:
        assert managed(conn, admin, everybody, now=NOW) == set(everybody)
        assert managed(conn, lead, everybody, now=NOW) == set()


def test_units_are_found_and_changed(world: World) -> None:
    world.enter(2)
    admin = world.person(ADMIN)
    values = UnitValues(name="泉州市科技馆", region="350500", level="city", kind="venue")
    with world.database.write() as conn:
        number = add_unit(conn, values, actor=admin, now=NOW)
        edit_unit(
            conn, number, UnitValues(name="新馆", region="", level="city", kind="venue"), actor=admin, now=NOW
        )
        lines = units_of(conn, admin, UnitFilter()).items
        school = units_of(conn, admin, UnitFilter(text="小学", region="350503", kind="school")).items
        view = unit_view(conn, lines[1].id, actor=admin, now=NOW)

    assert [(one.name, one.activities) for one in lines] == [("新馆", 0), (UNIT, 2), (SCHOOL, 0)]
    assert [one.name for one in school] == [SCHOOL]
    assert ([one.name for one in view.people], view.cases.total, view.managed) == (["王敏"], 4, True)


def test_a_lead_enters_no_unit(world: World) -> None:
    values = UnitValues(name="新单位", region="350502", level="county", kind="venue")

    with pytest.raises(UserError) as refused, world.database.write() as conn:
        add_unit(conn, values, actor=world.person(LEAD), now=NOW)

    assert refused.value.code == "rights.beyond"
    assert len(world.rows(unit)) == 2


def test_what_a_list_can_be_narrowed_to_lies_within_reach(world: World) -> None:
    with world.database.read() as conn:
        choices = case_choices(conn, world.person(LEAD), unit_id=2)
        own = case_choices(conn, world.person(ADMIN), unit_id=2)

    assert [one.id for one in choices.notices] == [NOTICE]
    assert (choices.regions, choices.unit, own.unit) == (("350502",), None, SCHOOL)
    assert {one.key for one in choices.milestones(None)} >= {"information", "summary"}


def test_a_nation_is_narrowed_to_its_provinces() -> None:
    everywhere = Actor(name="x", grants=(Grant(role=Role.ADMIN, region="000000"),))

    assert len(regions_of(everywhere)) < 40
    assert "350000" in regions_of(everywhere)
    assert {"350000", "350500"} <= set(regions_of(everywhere, most=MOST_PLACES))
    assert regions_of(watcher(everywhere), Role.LEAD) == ()


def test_a_season_knows_its_reminders(world: World) -> None:
    world.enter(1)
    world.sweep(at(8, 23, 9, 1))

    with world.database.read() as conn:
        view = season_view(conn, NOTICE)

    days = view.reminders["filing"]
    assert (view.schedule.id, days[0].sent, days[-1].sent) == (NOTICE, True, False)
