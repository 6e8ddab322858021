"""The admins' daily summary: only when there is something to know, and never a second mail."""

from config.catalogue import catalogue
from engine.figures import Figures, figures_of
from engine.rules import rules_of
from engine.schedules import content_hash, schedule_of
from engine.tables import message, person
from tests.engine.post import Post
from tests.engine.world import ADMIN, FORMS, NOTICE, World, at

DAILY = catalogue()[NOTICE] + "\ndaily: true\n"


def mails_to_admin(world: World) -> list[str]:
    """Return the templates of the admin's mails."""
    [admin] = world.rows(person, email=ADMIN)
    return [row.template for row in world.rows(message, person_id=admin.id)]


def test_an_admin_is_told_the_numbers_of_the_day(world: World) -> None:
    world.apply(DAILY)
    world.enter(2)
    world.sweep(at(9, 5))
    world.deliver(Post(), at(9, 5))

    world.sweep(at(9, 6))
    post = Post()
    world.deliver(post, at(9, 6))

    [body] = post.bodies()
    assert "逾期" in body and "3 项" in body


def test_a_day_with_nothing_to_know_sends_nothing(world: World) -> None:
    world.apply(DAILY)

    world.sweep(at(8, 22))

    assert mails_to_admin(world) == []


def test_a_summary_joins_the_mail_the_admin_gets_anyway(world: World) -> None:
    world.apply(DAILY)
    world.enter()
    world.sweep(at(9, 1))
    before = len(mails_to_admin(world))

    world.sweep(at(9, 4))

    assert mails_to_admin(world)[before:] == ["overdue"]


def test_the_figures_count_each_case_once(world: World) -> None:
    first, _ = world.enter(2)
    world.do("attach", first, materials=FORMS)

    with world.database.read() as conn:
        schedule = schedule_of(conn, NOTICE)
        found = figures_of(conn, NOTICE, rules_of(content_hash("test"), schedule), now=at(9, 1))

    assert found == Figures(late=2, soon=0, not_handed_in=2, on_time=2, refused=0)
