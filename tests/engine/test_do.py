"""Doing steps: guards, blockers, history, versions, keys."""

from datetime import date

import pytest

from config.errors import UserError
from engine.do import Blocked, Done, StepsBlocked, blockers_of
from engine.tables import case, history, material
from tests.engine.world import ADMIN, FORMS, LEAD, LI, NOW, PROOF, WANG, World, at, link


def test_a_step_moves_the_case_and_writes_one_history_row(world: World) -> None:
    [ref] = world.enter()

    result = world.do("register", ref, materials=FORMS, now=at(8, 22))

    assert result.done == (Done(ref, "planned", "registered", 2),)
    rows = world.rows(history, subject=f"case:{ref}")
    assert [(row.version, row.trigger, row.source, row.dest) for row in rows] == [
        (1, "enter", "", "planned"),
        (2, "register", "planned", "registered"),
    ]
    [row] = world.rows(case, ref=ref)
    assert (row.state, row.version, row.head) == ("registered", 2, rows[-1].hash)


def test_every_blocker_is_told_and_nothing_changed(world: World) -> None:
    [ref] = world.enter()

    with pytest.raises(StepsBlocked) as refused:
        world.do("register", ref, now=at(8, 16))

    [blocked] = refused.value.blocked
    assert [(b.code, b.params.get("kind")) for b in blocked.blockers] == [
        ("not_open", None),
        ("materials_missing", "application_form"),
        ("materials_missing", "platform_listing"),
    ]
    assert len(world.rows(history, subject=f"case:{ref}")) == 1


def test_one_blocked_case_stops_all_unless_it_may_be_skipped(world: World) -> None:
    ready, bare = world.enter(2)
    world.do("attach", ready, materials=FORMS)

    with pytest.raises(StepsBlocked):
        world.do("register", ready, bare, now=at(8, 22))
    result = world.do("register", ready, bare, now=at(8, 22), skip_blocked=True)

    assert [done.ref for done in result.done] == [ready]
    assert [blocked.ref for blocked in result.blocked] == [bare]


def test_asking_for_blockers_changes_nothing(world: World) -> None:
    [ref] = world.enter()
    before = world.rows(case)

    with world.database.read() as conn:
        blockers_of(conn, ref, "register", now=NOW)

    assert world.rows(case) == before


def test_a_forced_step_needs_a_reason_and_stays_marked(world: World) -> None:
    [ref] = world.enter()

    with pytest.raises(UserError, match="needs a reason"):
        world.do("register", ref, force=True, now=at(8, 22))
    world.do("register", ref, force=True, reason="平台故障", now=at(8, 22))

    last = world.rows(history, subject=f"case:{ref}")[-1]
    assert (last.forced, last.reason, last.dest) == (1, "平台故障", "registered")


def test_only_an_admin_may_force(world: World) -> None:
    [ref] = world.enter()

    with pytest.raises(StepsBlocked) as refused:
        world.do("register", ref, force=True, reason="想", actor=world.person(WANG), now=at(8, 22))

    assert [b.code for b in refused.value.blocked[0].blockers] == ["not_allowed"]


def test_a_coordinator_may_not_touch_another_units_case(world: World) -> None:
    [ref] = world.enter()

    with pytest.raises(StepsBlocked) as refused:
        world.do("register", ref, materials=FORMS, actor=world.person(LI), now=at(8, 22))

    assert [b.code for b in refused.value.blocked[0].blockers] == ["not_allowed"]


def test_a_case_seen_at_an_older_version_is_not_changed(world: World) -> None:
    [ref] = world.enter()
    world.do("note", ref, reason="电话已通知")

    with pytest.raises(StepsBlocked) as refused:
        world.do("note", ref, reason="再记", expect={ref: 1})

    assert [b.code for b in refused.value.blocked[0].blockers] == ["changed_meanwhile"]


def test_what_the_asker_did_meanwhile_can_be_passed_over(world: World) -> None:
    [ref] = world.enter()
    wang = world.person(WANG)
    world.do("note", ref, reason="电话已通知", actor=wang)

    world.do("note", ref, reason="再记", actor=wang, expect={ref: 1}, past_own=True)
    world.do("note", ref, reason="别人", actor=world.person(LEAD))
    with pytest.raises(StepsBlocked):
        world.do("note", ref, reason="又记", actor=wang, expect={ref: 3}, past_own=True)


def test_the_same_key_gives_the_first_answer_and_works_once(world: World) -> None:
    [ref] = world.enter()

    first = world.do("register", ref, materials=FORMS, key="k1", now=at(8, 22))
    second = world.do("register", ref, materials=FORMS, key="k1", now=at(8, 23))

    assert second == first
    assert len(world.rows(history, subject=f"case:{ref}")) == 2


def test_a_key_used_for_another_order_is_refused(world: World) -> None:
    [ref] = world.enter()
    world.do("note", ref, reason="一", key="k1")

    with pytest.raises(UserError, match="used for another order"):
        world.do("note", ref, reason="二", key="k1")


def test_what_happened_earlier_keeps_both_times(world: World) -> None:
    [ref] = world.enter()

    world.do("register", ref, materials=FORMS, occurred_at=at(8, 21, 10), now=at(8, 25, 16))

    last = world.rows(history, subject=f"case:{ref}")[-1]
    assert (last.occurred_at, last.recorded_at) == (
        "2023-08-21T02:00:00.000000Z",
        "2023-08-25T08:00:00.000000Z",
    )


def test_a_time_to_come_is_refused(world: World) -> None:
    [ref] = world.enter()

    with pytest.raises(UserError, match="still to come"):
        world.do("note", ref, reason="x", occurred_at=at(9, 1), now=at(8, 25))


@pytest.mark.parametrize("force", [False, True])
def test_no_step_happened_before_the_one_before_it(world: World, force: bool) -> None:
    [ref] = world.enter()
    world.do("register", ref, materials=FORMS, now=at(8, 22))

    with pytest.raises(StepsBlocked) as refused:
        world.do("return", ref, reason="x", occurred_at=at(8, 21), now=at(9, 20), force=force)

    [blocker] = refused.value.blocked[0].blockers
    assert (blocker.code, blocker.params) == ("before_last_step", {"since": "2023-08-22"})


def test_a_forced_summary_was_not_made_before_the_activity_ended(world: World) -> None:
    [ref] = world.enter()

    with pytest.raises(StepsBlocked) as refused:
        world.do("summarize", ref, reason="x", occurred_at=at(9, 17), now=at(9, 20), force=True)

    assert [one.code for one in refused.value.blocked[0].blockers] == ["before_the_end"]


def test_a_step_of_the_same_day_happened_after_the_one_before_it(world: World) -> None:
    [ref] = world.enter(now=at(8, 22, 15))

    world.do("register", ref, materials=FORMS, occurred_at=at(8, 22, 12), now=at(8, 25))

    assert world.rows(history, subject=f"case:{ref}")[-1].occurred_at == "2023-08-22T07:00:00.000000Z"


def test_what_took_place_keeps_dates_that_can_have_been(world: World) -> None:
    [ref] = world.enter()
    world.do("register", ref, materials=FORMS, now=at(8, 22))
    world.do("hold", ref, now=at(9, 19))

    world.do("edit", ref, changes={"starts_on": date(2023, 9, 16)}, now=at(9, 20))
    with pytest.raises(StepsBlocked) as refused:
        world.do("edit", ref, changes={"ends_on": date(2023, 9, 21)}, now=at(9, 20))

    assert world.rows(case, ref=ref)[0].starts_on == date(2023, 9, 16)
    assert [one.code for one in refused.value.blocked[0].blockers] == ["dates_ahead"]


def test_what_a_step_has_needed_stays_while_the_case_stands_behind_it(world: World) -> None:
    [ref] = world.enter()
    world.do("register", ref, materials=FORMS, now=at(8, 22))
    world.do("attach", ref, materials=(link("photo"),), now=at(8, 23))
    numbers = {row.kind: row.id for row in world.rows(material)}

    world.do("detach", ref, removed=(numbers["photo"],), reason="x", now=at(8, 24))
    with pytest.raises(StepsBlocked) as refused:
        world.do("detach", ref, removed=(numbers["application_form"],), reason="x", now=at(8, 24))
    world.do("return", ref, reason="x", now=at(8, 25))
    world.do("detach", ref, removed=(numbers["application_form"],), reason="x", now=at(8, 26))

    [blocker] = refused.value.blocked[0].blockers
    assert (blocker.code, blocker.params) == ("still_needed", {"kind": "application_form", "count": 1})


def test_what_was_missing_all_along_keeps_nothing_else(world: World) -> None:
    [ref] = world.enter()
    world.do("register", ref, materials=FORMS[:2], reason="x", now=at(8, 22), force=True)
    world.do("attach", ref, materials=(link("application_form", 2),), now=at(8, 23))
    number = world.rows(material)[-1].id

    world.do("detach", ref, removed=(number,), reason="x", now=at(8, 24))

    assert world.rows(case, ref=ref)[0].materials == {"application_form": 1, "platform_listing": 1}


def test_an_early_end_with_a_reason_moves_the_last_day(world: World) -> None:
    [ref] = world.enter()
    world.do("register", ref, materials=FORMS, now=at(8, 22))

    world.do("hold", ref, reason="高温提前结束", now=at(9, 17, 18))

    [row] = world.rows(case, ref=ref)
    assert (row.state, row.ends_on) == ("held", date(2023, 9, 17))


def test_materials_are_kept_and_counted(world: World) -> None:
    [ref] = world.enter()

    world.do("attach", ref, materials=(link("photo", 1), link("photo", 2)))

    assert world.rows(case, ref=ref)[0].materials == {"photo": 2}
    assert [row.name for row in world.rows(material)] == ["photo 1", "photo 2"]


def test_an_unknown_number_names_itself(world: World) -> None:
    with pytest.raises(UserError, match="QZ-2023-9999"):
        world.do("register", "QZ-2023-9999")


def test_a_whole_life_ends_commended(world: World) -> None:
    [ref] = world.enter()
    admin = world.person(ADMIN)
    world.do("register", ref, materials=FORMS, now=at(8, 22))
    world.do("hold", ref, now=at(9, 18, 18))
    world.do("complete_info", ref, materials=PROOF, now=at(9, 20))
    world.do("summarize", ref, materials=(link("summary"),), changes={"participants": 320}, now=at(9, 25))
    world.do("recommend", ref, changes={"recommended_by": "泉州市科协"}, actor=admin, now=at(10, 9))

    world.do("commend", ref, changes={"award": "优秀活动"}, actor=admin, now=at(11, 20))

    assert world.rows(case, ref=ref)[0].state == "commended"


def test_blocked_is_data(world: World) -> None:
    [ref] = world.enter()

    with pytest.raises(StepsBlocked) as refused:
        world.do("summarize", ref)

    assert isinstance(refused.value.blocked[0], Blocked)
    assert [b.code for b in refused.value.blocked[0].blockers] == ["wrong_state"]


def test_a_step_out_of_place_names_the_steps_that_the_asker_may_do(world: World) -> None:
    [ref] = world.enter()
    world.do("register", ref, materials=FORMS, now=at(8, 22))
    told = []

    for who in (WANG, LEAD):
        with pytest.raises(StepsBlocked) as refused:
            world.do("register", ref, actor=world.person(who), now=at(8, 22))
        told += [blocker.params["steps"] for blocker in refused.value.blocked[0].blockers]

    assert told == ["hold,cancel", "hold,cancel,return"]
