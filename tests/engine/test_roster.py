"""Units, people and rights: saved whole or not at all, and never named in the history."""

import json
from typing import Any

import pytest

from config.schedule import Role
from engine.actors import SYSTEM, Grant
from engine.drafts import DraftsRejected, Edited, PersonDraft, RightDraft, Saved, UnitDraft
from engine.roster import mark_address, save_people, save_units
from engine.tables import history, person, right, unit
from notifications.outcome import Answer, Outcome
from tests.engine.post import REFUSED, Post
from tests.engine.world import ADMIN, LEAD, LI, NOW, UNIT, WANG, World, at

COUNTY = UnitDraft(name="洛江区科协", region="350504", level="county", kind="association")
CHEN = PersonDraft(
    name="陈静",
    email="chen@example.cn",
    phone="13800000000",
    rights=(RightDraft(role=Role.COORDINATOR, region="350502", unit=UNIT),),
)


def units(world: World, *drafts: UnitDraft) -> Saved:
    with world.database.write() as conn:
        return save_units(conn, drafts, actor=SYSTEM, now=NOW)


def people(world: World, *drafts: PersonDraft) -> Saved:
    with world.database.write() as conn:
        return save_people(conn, drafts, actor=SYSTEM, now=NOW)


def told(world: World, subject: str) -> list[tuple[str, dict[str, Any]]]:
    """Return what history tells of a subject: (trigger, details)."""
    return [(row.trigger, json.loads(row.details)) for row in world.rows(history, subject=subject)]


def test_a_unit_is_added_once(world: World) -> None:
    first, again = units(world, COUNTY), units(world, COUNTY)

    assert (first, again) == (Saved(created=(COUNTY.name,)), Saved(unchanged=(COUNTY.name,)))
    assert len(world.rows(unit, name=COUNTY.name)) == 1


def test_a_unit_of_the_same_name_elsewhere_is_another_one(world: World) -> None:
    units(world, UnitDraft(name=UNIT, region="350503", level="county", kind="association"))

    assert [row.region for row in world.rows(unit, name=UNIT)] == ["350502", "350503"]


def test_a_changed_unit_keeps_its_number_and_its_history(world: World) -> None:
    units(world, COUNTY)
    changed = UnitDraft(name=COUNTY.name, region=COUNTY.region, level="county", kind="department")

    edited = Edited(name=COUNTY.name, field="kind", before=COUNTY.kind, after="department")
    assert units(world, changed) == Saved(updated=(COUNTY.name,), edited=(edited,))

    [row] = world.rows(unit, name=COUNTY.name)
    assert (row.kind, row.version) == ("department", 2)
    assert told(world, f"unit:{row.id}")[-1] == ("edit", {"set": {"kind": "department"}})


def test_a_person_is_who_has_the_address_however_it_is_written(world: World) -> None:
    people(world, CHEN)
    again = PersonDraft(name="陈静", email="Chen@Example.CN", phone="13800000000", rights=CHEN.rights)

    assert people(world, again) == Saved(unchanged=("Chen@Example.CN",), titles={"Chen@Example.CN": "陈静"})
    assert len(world.rows(person)) == 5


def test_rights_are_added_to_those_held(world: World) -> None:
    people(world, CHEN)
    more = PersonDraft(
        name="陈静",
        email=CHEN.email,
        phone=CHEN.phone,
        rights=(*CHEN.rights, RightDraft(role=Role.LEAD, region="350502")),
    )

    edited = Edited(name=CHEN.email, field="rights", before=None, after=more.rights[-1])
    assert people(world, more) == Saved(updated=(CHEN.email,), titles={CHEN.email: "陈静"}, edited=(edited,))

    [row] = world.rows(person, email=CHEN.email)
    assert [(one.role, one.unit_id) for one in world.rows(right, person_id=row.id)] == [
        ("coordinator", 1),
        ("lead", None),
    ]
    assert world.person(CHEN.email).grants == (
        Grant(role=Role.COORDINATOR, region="350502", unit_id=1),
        Grant(role=Role.LEAD, region="350502"),
    )


def test_an_unknown_unit_refuses_everyone(world: World) -> None:
    stray = PersonDraft(
        name="孤",
        email="gu@example.cn",
        rights=(RightDraft(role=Role.LEAD, region="350502", unit="没有的单位"),),
    )

    with pytest.raises(DraftsRejected) as refused:
        people(world, CHEN, stray)

    assert [(one.index, one.field) for one in refused.value.rejected] == [(1, "unit")]
    assert "没有的单位" in refused.value.rejected[0].zh
    assert len(world.rows(person)) == 4


def test_history_never_holds_a_name_an_address_or_a_number(world: World) -> None:
    people(world, CHEN)
    people(world, PersonDraft(name="陈静文", email=CHEN.email, phone="13900000000", rights=CHEN.rights))
    [ref] = world.enter(coordinator=CHEN.email)
    world.sweep(at(8, 21))
    world.deliver(Post(), at(8, 21))
    world.do("note", ref, actor=world.person(CHEN.email), reason="已联系")

    text = "\n".join(f"{row.actor} {row.details} {row.reason}" for row in world.rows(history))

    personal = ("陈静", "王敏", "李强", CHEN.email, WANG, LI, LEAD, ADMIN, "13800000000", "13900000000")
    assert [word for word in personal if word in text] == []


def test_the_history_of_a_person_says_which_fields_changed(world: World) -> None:
    people(world, CHEN)
    people(world, PersonDraft(name="陈静文", email=CHEN.email, phone="13900000000", rights=CHEN.rights))

    grant = {"rights": [{"region": "350502", "role": "coordinator", "unit_id": 1}]}
    assert told(world, "person:5") == [
        ("add", {"set": {}}),
        ("grant", grant),
        ("edit", {"fields": ["name", "phone"]}),
    ]


def test_a_server_that_repeats_the_address_does_not_bring_it_into_history(world: World) -> None:
    world.enter()
    world.sweep(at(8, 21))
    answer = Outcome(answer=Answer.REFUSED, detail=f"550 5.1.1 <{WANG.upper()}>: user unknown, {WANG}")

    world.deliver(Post([answer]), at(8, 21))

    assert world.rows(person, email=WANG)[0].address_bad
    assert not any(WANG in row.details.lower() for row in world.rows(history))


def test_an_address_is_marked_once_and_can_be_taken_again(world: World) -> None:
    for bad in (True, True, False):
        with world.database.write() as conn:
            mark_address(conn, 1, bad=bad, reason=REFUSED.detail, now=NOW)

    steps = [trigger for trigger, _ in told(world, "person:1")]
    assert steps == ["add", "grant", "refuse_address", "accept_address"]
    assert not world.rows(person)[0].address_bad


@pytest.mark.parametrize(
    ("email", "place", "roles"),
    [
        (WANG, ("350502", 1), {Role.COORDINATOR}),
        (WANG, ("350503", 2), set()),
        (LEAD, ("350502", 1), {Role.LEAD}),
        (LEAD, ("350503", 2), set()),
        (ADMIN, ("350502", 1), {Role.ADMIN}),
        (ADMIN, ("350100", 9), set()),
    ],
)
def test_a_right_reaches_its_unit_or_its_region_and_all_below(
    world: World, email: str, place: tuple[str, int], roles: set[Role]
) -> None:
    region, number = place

    held = world.person(email).roles_for(region=region, unit_id=number, coordinator_id=None)

    assert set(held) == roles


def test_who_coordinates_a_case_may_act_on_it_wherever_it_is(world: World) -> None:
    li = world.person(LI)

    assert set(li.roles_for(region="350502", unit_id=1, coordinator_id=li.person_id)) == {Role.COORDINATOR}


def test_an_address_given_again_counts_as_usable(world: World) -> None:
    with world.database.write() as conn:
        mark_address(conn, 1, bad=True, reason="550", now=NOW)

    with world.database.write() as conn:
        save_people(conn, [PersonDraft(name="王敏", email=WANG)], actor=SYSTEM, now=NOW)

    assert not world.rows(person, email=WANG)[0].address_bad


def test_an_admins_right_is_for_the_region_even_where_a_unit_is_named(world: World) -> None:
    grant = RightDraft(role=Role.ADMIN, region="350502", unit=UNIT)

    with world.database.write() as conn:
        save_people(
            conn, [PersonDraft(name="钱", email="qian@example.cn", rights=(grant,))], actor=SYSTEM, now=NOW
        )

    assert [row.unit_id for row in world.rows(right, role="admin", region="350502")] == [None]


def test_a_sheet_without_a_phone_number_takes_none_away(world: World) -> None:
    with world.database.write() as conn:
        save_people(conn, [CHEN], actor=SYSTEM, now=NOW)

    with world.database.write() as conn:
        save_people(conn, [PersonDraft(name="陈静", email="chen@example.cn")], actor=SYSTEM, now=NOW)

    assert world.rows(person, email="chen@example.cn")[0].phone == CHEN.phone
