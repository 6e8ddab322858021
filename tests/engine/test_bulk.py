"""One step for many cases: what the plan says is what happens, and nobody's cases but one's own."""

from collections.abc import Sequence

import pytest
from sqlalchemy import func, select

from config.errors import UserError
from config.schedule import CaseKind, Role
from engine.bulk import MOST, Outcome, carry_out, found_by, offered, outcome_kept
from engine.case_filter import CaseFilter
from engine.do import Order, StepsBlocked
from engine.tables import case, history
from tests.engine.world import ADMIN, FORMS, LI, SCHOOL, WANG, World, at

NOW = at(9, 1)


def forty_with_three_blocked(world: World) -> list[str]:
    """Enter forty activities of which three lack their application form."""
    refs = world.enter(40)
    world.do("attach", *refs[3:], materials=FORMS, now=NOW)
    return refs


def order(world: World, refs: Sequence[str], **more: object) -> Order:
    """Return the admin's order to register cases."""
    given = {"trigger": "register", "refs": tuple(refs), "actor": world.person(ADMIN), "skip_blocked": True}
    return Order(**(given | more))  # type: ignore[arg-type]  # fields of an order


def plan(world: World, refs: Sequence[str], **more: object) -> Outcome:
    """Return what a step would do."""
    with world.database.rehearse() as conn:
        return carry_out(conn, order(world, refs, **more), now=NOW)


def carried(world: World, refs: Sequence[str], **more: object) -> Outcome:
    """Do a step."""
    with world.database.write() as conn:
        return carry_out(conn, order(world, refs, **more), now=NOW)


def states(world: World) -> dict[str, int]:
    """Return how many cases are in each state."""
    query = select(case.c.state, func.count()).where(case.c.kind == "activity").group_by(case.c.state)
    with world.database.read() as conn:
        return {row[0]: row[1] for row in conn.execute(query)}


def test_a_plan_tells_who_is_blocked_and_why_and_changes_nothing(world: World) -> None:
    refs = forty_with_three_blocked(world)

    found = plan(world, refs)

    assert (len(found.done), found.blocked, found.asked) == (37, 3, 40)
    assert [one.ref for one in found.groups[0].cases] == refs[:3]
    assert {one.params["kind"] for one in found.groups[0].blockers} == {
        "application_form",
        "platform_listing",
    }
    assert states(world) == {"planned": 40}


def test_what_is_done_is_what_the_plan_said(world: World) -> None:
    refs = forty_with_three_blocked(world)
    planned = plan(world, refs)

    done = carried(world, refs, expect=dict(planned.versions))

    assert done == planned
    assert states(world) == {"planned": 3, "registered": 37}


def test_all_or_nothing_does_nothing_where_one_is_blocked(world: World) -> None:
    refs = forty_with_three_blocked(world)

    with pytest.raises(StepsBlocked):
        carried(world, refs, skip_blocked=False)

    assert states(world) == {"planned": 40}


def test_a_case_that_changed_after_the_plan_is_left_out(world: World) -> None:
    refs = forty_with_three_blocked(world)
    planned = plan(world, refs)
    world.do("note", refs[10], reason="刚打过电话", now=NOW)

    done = carried(world, refs, expect=dict(planned.versions))

    assert len(done.done) == 36
    assert [one.cases[0].ref for one in done.groups if one.blockers[0].code == "changed_meanwhile"] == [
        refs[10]
    ]


def test_the_same_order_again_gives_the_first_answer(world: World) -> None:
    refs = forty_with_three_blocked(world)
    first = carried(world, refs, key="k")
    with world.database.read() as conn:
        rows = conn.scalar(select(func.count()).select_from(history))

    again = carried(world, refs, key="k")

    with world.database.read() as conn:
        assert (again, conn.scalar(select(func.count()).select_from(history))) == (first, rows)
        assert outcome_kept(conn, world.person(ADMIN), "k") == first
        assert outcome_kept(conn, world.person(WANG), "k") is None


def test_a_case_of_another_region_is_as_unknown_as_none(world: World) -> None:
    refs = [*world.enter(2), *world.enter(1, region="350503", unit=SCHOOL, coordinator=LI)]

    with pytest.raises(UserError) as refused:
        carried(world, refs, actor=world.person(WANG))

    assert refused.value.code == "case.unknown"
    assert states(world) == {"planned": 3}


@pytest.mark.parametrize("count", [0, MOST + 1])
def test_none_and_too_many_are_refused(count: int, world: World) -> None:
    with pytest.raises(UserError) as refused:
        carried(world, [f"QZ-2023-{number:04d}" for number in range(count)])

    assert refused.value.code == ("bulk.many" if count else "bulk.none")


def test_a_filter_finds_its_cases(world: World) -> None:
    refs = forty_with_three_blocked(world)

    with world.database.read() as conn:
        found = found_by(conn, CaseFilter(actor=world.person(ADMIN), kind=CaseKind.ACTIVITY), now=NOW)

    assert list(found) == refs


def test_what_is_offered_follows_from_the_roles() -> None:
    assert "return" not in offered({Role.COORDINATOR})
    assert "return" in offered({Role.LEAD})
    assert "close" not in offered({Role.LEAD})
    assert "close" in offered({Role.ADMIN})
    assert not offered({Role.AUDITOR})
    assert set(offered({Role.COORDINATOR}, kind=CaseKind.REPORT)) == {"submit", "note"}


def test_what_was_sent_back_and_not_touched_since_is_not_taken_on_with_the_others(world: World) -> None:
    back, mended, fresh = world.enter(3)
    world.do("register", back, mended, materials=FORMS, now=at(8, 25))
    world.do("return", back, mended, reason="公章不清", now=at(8, 26))
    world.do("attach", mended, fresh, materials=FORMS, now=at(8, 27))

    found = plan(world, [back, mended, fresh])

    assert [one.ref for one in found.done] == [mended, fresh]
    assert [[one.ref for one in group.cases] for group in found.groups] == [[back]]
    assert [dict(one.params) for one in found.groups[0].blockers] == [{"why": "公章不清"}]
