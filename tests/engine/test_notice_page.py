"""What the page of a notice is made of: reminders of the newest dates, relatives, flaws for admins."""

from datetime import date

from config.catalogue import catalogue
from config.schedule import Role
from engine.notice_page import NoticePage, notice_page
from engine.planning import edit_schedule
from tests.engine.world import ADMIN, NOTICE, NOW, WANG, World, at


def page_of(world: World, who: str = WANG, *, notice: str = NOTICE) -> NoticePage:
    """Return the page of a notice for somebody."""
    with world.database.read() as conn:
        return notice_page(conn, notice, actor=world.person(who), now=NOW)


def test_reminders_say_their_day_and_who_is_told(world: World) -> None:
    found = {one.rung: one for one in page_of(world).reminders["information"]}

    assert (found["-1"].day, found["-1"].roles) == (date(2023, 9, 28), (Role.COORDINATOR,))
    assert found["+1"].roles == (Role.COORDINATOR, Role.LEAD)
    assert {(one.sent, one.lapsed) for one in found.values()} == {(False, False)}


def test_after_a_date_has_moved_only_the_newest_reminders_count(world: World) -> None:
    world.enter()
    world.sweep(at(9, 25))
    moved = edit_schedule(catalogue()[NOTICE], {"milestones.information.due": "2023-09-27"})
    world.apply(moved, now=at(9, 25))

    found = page_of(world).reminders

    assert [(one.rung, one.lapsed) for one in found["information"][:3]] == [
        ("-7", True),
        ("-3", True),
        ("-1", False),
    ]
    assert [one.rung for one in found["summary"] if one.sent] == ["-7"]


def test_relatives_are_known_where_they_can_be_opened(world: World) -> None:
    before = page_of(world).parents
    world.apply(catalogue()["national-2023"], notice="national-2023")

    (above,), (below,) = page_of(world).parents, page_of(world, notice="national-2023").children

    assert [(one.id, one.known) for one in before] == [("national-2023", False)]
    assert (above.known, below.id) == (True, NOTICE)


def test_flaws_are_for_admins_of_the_region(world: World) -> None:
    assert (page_of(world).findings, page_of(world).may_change) == ((), False)
    assert page_of(world, ADMIN).findings != ()
