"""The coordinator's desk: what is mine, most urgent first, with what each case asks now."""

from datetime import date

from engine.actors import SYSTEM
from engine.desk_coordinator import MyDesk, my_cases
from engine.standing import Mark
from engine.urgency import Urgency
from tests.engine.crowd import CITY, NOBODY, counted_queries
from tests.engine.world import FORMS, LI, PROOF, WANG, World, at, link
from workflows.blockers import Blocker, Code


def desk(world: World, who: str, *when: int) -> MyDesk:
    actor = world.person(who)
    with world.database.read() as conn:
        return my_cases(conn, actor, now=at(*when))


def groups(found: MyDesk) -> dict[str, list[str]]:
    return {str(group.urgency): [one.ref for one in group.cases] for group in found.groups if group.cases}


def held(world: World, ref: str) -> None:
    world.do("register", ref, materials=FORMS, now=at(8, 25))
    world.do("hold", ref, now=at(9, 19))


def test_cases_stand_in_groups_by_urgency(world: World) -> None:
    late, week, waiting, done = world.enter(4)
    for ref in (week, waiting, done):
        world.do("register", ref, materials=FORMS, now=at(8, 25))
    world.do("postpone", waiting, changes={"ends_on": date(2023, 9, 27)}, now=at(9, 1))
    for ref in (week, done):
        world.do("hold", ref, now=at(9, 19))
    world.do("complete_info", done, materials=PROOF, now=at(9, 20))
    world.do("summarize", done, materials=[link("summary")], changes={"participants": 30}, now=at(9, 20))

    found = desk(world, WANG, 9, 25)

    assert groups(found) == {
        "late": [late, "QZ-2023-R001"],
        "this_week": [week, "QZ-2023-R002"],
        "waiting": [waiting],
        "done": [done],
    }
    assert (found.total, found.to_do, found.nearest) == (6, 4, date(2023, 9, 28))


def test_a_case_tells_its_next_date_its_clause_and_what_is_missing(world: World) -> None:
    (ref,) = world.enter()
    held(world, ref)

    (one,) = [one for one in desk(world, WANG, 9, 25).cases if one.ref == ref]

    line = one.asks.milestone
    assert line is not None
    assert (line.key, line.mark, line.due, line.act_by) == (
        "information",
        Mark.SOON,
        date(2023, 9, 30),
        date(2023, 9, 28),
    )
    assert (line.days_left, line.days_late, line.clause, line.source) == (3, 0, "六（二）", "quanzhou-2023")
    assert (one.state, one.asks.trigger, one.version) == ("held", "complete_info", 3)
    assert [(b.code, b.params["kind"]) for b in one.asks.blockers] == [
        (Code.MATERIALS_MISSING, "photo"),
        (Code.MATERIALS_MISSING, "video|news_link"),
    ]


def test_a_date_missed_is_told_in_days(world: World) -> None:
    (ref,) = world.enter()
    held(world, ref)

    (one,) = [one for one in desk(world, WANG, 10, 2).cases if one.ref == ref]

    assert one.asks.milestone is not None
    assert (one.urgency, one.asks.milestone.days_late, one.asks.milestone.days_left) == (Urgency.LATE, 2, 0)


def test_what_clears_by_itself_is_waited_for(world: World) -> None:
    (ref,) = world.enter()
    world.do("register", ref, materials=FORMS, now=at(8, 25))

    (one,) = [one for one in desk(world, WANG, 9, 5).cases if one.ref == ref]

    assert (one.urgency, one.asks.waits_for) == (Urgency.WAITING, date(2023, 9, 18))
    assert one.asks.blockers == (
        Blocker(code=Code.NOT_OVER, clears_on=date(2023, 9, 18), fix=one.asks.blockers[0].fix),
    )


def test_a_material_that_only_a_milestone_asks_for_is_missing_too(world: World) -> None:
    (ref,) = world.enter()
    world.do("register", ref, force=True, reason="平台故障", now=at(8, 25))

    (one,) = [one for one in desk(world, WANG, 9, 5).cases if one.ref == ref]

    assert (one.urgency, one.asks.milestone and one.asks.milestone.key) == (Urgency.LATE, "activity_form")
    assert [b.params["kind"] for b in one.asks.blockers if b.code == Code.MATERIALS_MISSING] == [
        "application_form"
    ]


def test_cases_of_my_unit_that_nobody_answers_for_are_mine_to_take(world: World) -> None:
    mine, *_ = world.enter(2, coordinator=LI)
    world.do("hand_over", mine, changes={"coordinator_id": None}, force=True, reason="调离", now=at(8, 20))

    found = desk(world, WANG, 8, 25)

    assert [(one.ref, one.mine) for one in found.cases if one.ref.startswith("QZ-2023-0")] == [(mine, False)]


def test_a_desk_without_cases_is_empty(world: World) -> None:
    world.enter()
    for actor in (NOBODY, CITY, SYSTEM):
        with world.database.read() as conn:
            found = my_cases(conn, actor, now=at(9, 20))

        assert (found.cases, found.total, found.to_do, found.nearest) == ((), 0, 0, None)


def test_a_desk_takes_at_most_five_queries(world: World) -> None:
    world.enter(5)
    wang = world.person(WANG)
    with world.database.read() as conn, counted_queries(world.database) as asked:
        my_cases(conn, wang, now=at(9, 20))

    assert 0 < len(asked) <= 5


def test_what_step_and_date_both_ask_for_is_asked_once(world: World) -> None:
    (ref,) = world.enter()

    (one,) = [one for one in desk(world, WANG, 8, 25).cases if one.ref == ref]

    assert [(b.params["kind"], b.fix) for b in one.asks.blockers] == [
        ("application_form", "attach:application_form"),
        ("platform_listing", "attach:platform_listing"),
    ]


def sent_back(world: World, ref: str) -> None:
    held(world, ref)
    world.do("complete_info", ref, materials=PROOF, now=at(9, 19, 10))
    world.do("summarize", ref, materials=[link("summary")], changes={"participants": 30}, now=at(9, 20))
    world.do("return", ref, reason="没有写明效果", now=at(9, 21))


def test_a_case_that_was_sent_back_says_why_until_something_is_changed(world: World) -> None:
    (ref,) = world.enter()
    sent_back(world, ref)

    def reason() -> object:
        (one,) = [one for one in desk(world, WANG, 9, 25).cases if one.ref == ref]
        return one.asks.returned and one.asks.returned.params["why"]

    before = reason()
    world.do("note", ref, reason="看到了", now=at(9, 22))
    noted = reason()
    world.do("attach", ref, materials=[link("summary", 2)], now=at(9, 23))

    assert (before, noted, reason()) == ("没有写明效果", "没有写明效果", None)
