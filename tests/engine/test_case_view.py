"""The page of a case: its path, what may be done, what is missing, what was told to whom."""

from datetime import date

import pytest
from sqlalchemy import insert, select

from config.errors import UserError
from config.schedule import Role
from engine.case_view import CaseView, case_view
from engine.listing import one_case
from engine.tables import case, form_draft
from tests.engine.crowd import NOBODY, counted_queries
from tests.engine.world import ADMIN, FORMS, LEAD, LI, PROOF, WANG, World, at


def view(world: World, ref: str, who: str = WANG, *when: int) -> CaseView:
    actor = world.person(who)
    with world.database.read() as conn:
        return case_view(conn, ref, actor=actor, now=at(*(when or (9, 25))))


@pytest.fixture
def ref(world: World) -> str:
    """Give an activity that was held, gone back, and held again."""
    (ref,) = world.enter()
    world.do("register", ref, materials=FORMS, now=at(8, 25))
    world.do("hold", ref, now=at(9, 19))
    world.do("return", ref, reason="日期不对", now=at(9, 20))
    world.do("hold", ref, now=at(9, 21))
    return ref


def test_the_path_tells_when_each_state_was_reached_and_by_when_the_next_is_due(
    world: World, ref: str
) -> None:
    path = view(world, ref).path

    assert [(str(one.state), one.reached_at, one.due, one.current) for one in path] == [
        ("planned", at(8, 15), None, False),
        ("registered", at(9, 20), date(2023, 9, 30), False),
        ("held", at(9, 21), None, True),
        ("info_completed", None, date(2023, 9, 30), False),
        ("summarized", None, date(2023, 9, 30), False),
    ]


def test_a_state_beside_the_path_stands_at_its_end(world: World) -> None:
    (ref,) = world.enter()
    world.do("cancel", ref, reason="场馆停电", now=at(8, 30))

    last = view(world, ref).path[-1]

    assert (last.state, last.reached_at, last.current) == ("cancelled", at(8, 30), True)


def test_only_steps_that_ones_rights_allow_are_offered_the_next_one_first(world: World, ref: str) -> None:
    mine = [(one.trigger, one.main, bool(one.blockers)) for one in view(world, ref).steps]
    leads = [one.trigger for one in view(world, ref, LEAD).steps]

    assert mine == [
        ("complete_info", True, True),
        ("edit", False, False),
        ("attach", False, False),
        ("detach", False, True),
        ("hand_over", False, False),
        ("note", False, False),
    ]
    assert set(leads) - {one for one, _, _ in mine} == {"return"}
    assert view(world, ref, LEAD).roles == (Role.LEAD,)


def test_what_is_asked_for_stands_beside_what_is_there(world: World, ref: str) -> None:
    world.do("attach", ref, materials=PROOF[:1], now=at(9, 22))

    found = view(world, ref)

    assert [(one.kinds, one.needed, one.present) for one in found.asked] == [
        ("application_form", 1, 1),
        ("platform_listing", 1, 1),
        ("photo", 1, 1),
        ("video|news_link", 1, 0),
        ("summary", 1, 0),
    ]
    assert [one.kind for one in found.materials] == [
        "application_form",
        "platform_listing",
        "registration_form",
        "photo",
    ]
    assert len({one.id for one in found.materials}) == 4


def test_milestones_tell_how_the_case_stands_to_each(world: World, ref: str) -> None:
    found = view(world, ref, WANG, 10, 2)

    assert [(one.key, str(one.mark), one.days_late) for one in found.milestones] == [
        ("register", "done", 0),
        ("activity_form", "done", 0),
        ("information", "late", 2),
        ("summary", "late", 2),
    ]


def test_mails_about_it_are_shown_to_their_reader_and_to_who_watches_over_them(world: World) -> None:
    ref, other = world.enter(2)
    world.do("hand_over", other, changes={"coordinator_id": world.person(LI).person_id}, now=at(8, 20))
    world.sweep(at(8, 28))

    mine, admins, leads = (view(world, ref, who).mails for who in (WANG, ADMIN, LEAD))

    assert [(one.to, one.address, one.state) for one in mine] == [("王敏", WANG, "queued")]
    assert (admins, leads) == (mine, mine)


def test_history_colleagues_and_drafts_are_there(world: World, ref: str) -> None:
    with world.database.write() as conn:
        number = conn.scalar(select(case.c.id).where(case.c.ref == ref))
        draft = {"case_id": number, "form": "application", "answers": {"人数": 30}, "person_id": 1}
        conn.execute(insert(form_draft), {**draft, "saved_at": at(9, 1)})

    found = view(world, ref)

    assert [one.trigger for one in found.history] == ["enter", "register", "hold", "return", "hold"]
    assert [(one.name, one.email) for one in found.colleagues] == [("王敏", WANG)]
    assert [(one.form, one.answers, one.saved_at, one.by) for one in found.drafts] == [
        ("application", {"人数": 30}, at(9, 1), "王敏")
    ]


def test_its_line_is_the_line_of_the_list(world: World, ref: str) -> None:
    with world.database.read() as conn:
        line = one_case(conn, ref, now=at(9, 25))

    assert view(world, ref).case == line


def test_a_case_of_elsewhere_is_not_there(world: World, ref: str) -> None:
    with world.database.read() as conn, pytest.raises(UserError) as refused:
        case_view(conn, ref, actor=NOBODY, now=at(9, 25))

    assert refused.value.code == "case.unknown"


def test_a_page_takes_at_most_eight_queries(world: World, ref: str) -> None:
    wang = world.person(WANG)
    with world.database.read() as conn, counted_queries(world.database) as asked:
        case_view(conn, ref, actor=wang, now=at(9, 25))

    assert 0 < len(asked) <= 8


def test_what_was_done_after_its_day_says_by_how_many_days(world: World) -> None:
    (late,) = world.enter()
    world.do("register", late, materials=FORMS, now=at(9, 5))

    found = view(world, late, WANG, 9, 10)

    assert [(one.key, str(one.mark), one.done_late) for one in found.milestones[:2]] == [
        ("register", "done", 0),
        ("activity_form", "done", 6),
    ]
