"""What a person may do with mails that wait, and with whose."""

import pytest

from config.catalogue import catalogue
from config.errors import UserError
from config.schedule import Role
from engine.actors import SYSTEM, Actor, Grant
from engine.mail_actions import batches, drafts, drop, hold, release, release_sweep, retry
from engine.tables import history, message
from tests.engine.post import REFUSED, Post
from tests.engine.world import ADMIN, LEAD, LI, SCHOOL, WANG, World, at

WHEN = at(8, 21)
NATION = Actor(name="person:8", person_id=8, grants=(Grant(role=Role.ADMIN, region="000000"),))
COUNTY = Actor(name="person:9", person_id=9, grants=(Grant(role=Role.ADMIN, region="350502"),))


@pytest.fixture
def reviewed(world: World) -> World:
    """Give a world whose mails wait for review: one to each of two counties."""
    world.apply(catalogue()["quanzhou-2023"] + "\nreview: true\n")
    world.enter(2)
    world.enter(1, unit=SCHOOL, region="350503", coordinator=LI)
    world.sweep(WHEN)
    return world


def states(world: World) -> list[str]:
    return [row.state for row in world.rows(message)]


def test_drafts_wait_with_their_reader_and_number_of_cases(reviewed: World) -> None:
    with reviewed.database.read() as conn:
        found = drafts(conn, reviewed.person(ADMIN))
        by_sweep = batches(conn, reviewed.person(ADMIN))

    assert [(one.to, one.cases) for one in found.items] == [(WANG, 3), (LI, 1)]
    assert [batch.mails for batch in by_sweep] == [2]


def test_a_sweep_is_released_at_once(reviewed: World) -> None:
    admin = reviewed.person(ADMIN)

    with reviewed.database.write() as conn:
        sweep_id = batches(conn, admin)[0].sweep_id
        moved = release_sweep(conn, sweep_id, actor=admin, now=WHEN)
    post = Post()
    reviewed.deliver(post, WHEN)

    assert moved == {1: "queued", 2: "queued"}
    assert len(post.seen) == 2
    assert reviewed.rows(history, subject="mail:1")[1].actor == admin.name


def test_an_admin_releases_only_mails_about_cases_of_their_own_region(reviewed: World) -> None:
    with reviewed.database.write() as conn:
        mine = drafts(conn, COUNTY)
        moved = release_sweep(conn, mine.items[0].sweep_id or 0, actor=COUNTY, now=WHEN)

    assert [one.to for one in mine.items] == [WANG]
    assert moved == {1: "queued"}
    assert states(reviewed) == ["queued", "draft"]


def test_an_admin_of_the_whole_country_has_every_mail_in_hand(reviewed: World) -> None:
    with reviewed.database.write() as conn:
        [waiting] = batches(conn, NATION)
        moved = release_sweep(conn, waiting.sweep_id, actor=NATION, now=WHEN)

    assert moved == {1: "queued", 2: "queued"}


def test_a_mail_of_another_region_is_as_unknown_as_none(reviewed: World) -> None:
    with pytest.raises(UserError, match="there is no mail 2") as refused, reviewed.database.write() as conn:
        release(conn, [1, 2], actor=COUNTY, now=WHEN)

    assert refused.value.code == "mail.unknown"
    assert states(reviewed) == ["draft", "draft"]


def test_a_mail_with_one_case_elsewhere_is_not_a_countys_to_release(world: World) -> None:
    world.apply(catalogue()["quanzhou-2023"] + "\nreview: true\n")
    world.enter(1)
    world.enter(1, unit=SCHOOL, region="350503", coordinator=WANG)
    world.sweep(WHEN)

    with world.database.read() as conn:
        assert drafts(conn, COUNTY).items == ()
        assert drafts(conn, world.person(ADMIN)).total == 1


@pytest.mark.parametrize("email", [WANG, LEAD])
def test_who_is_no_admin_moves_no_mail(reviewed: World, email: str) -> None:
    actor = reviewed.person(email)

    with pytest.raises(UserError) as refused, reviewed.database.write() as conn:
        release(conn, [1], actor=actor, now=WHEN)

    assert refused.value.code == "rights.admin"


def test_a_dropped_mail_never_leaves_and_says_why(reviewed: World) -> None:
    with reviewed.database.write() as conn:
        drop(conn, [1], actor=SYSTEM, now=WHEN, reason="通知已撤回")
        release(conn, [2], actor=SYSTEM, now=WHEN)
    post = Post()
    reviewed.deliver(post, WHEN)

    assert [LI in str(mail["To"]) for mail in post.seen] == [True]
    assert reviewed.rows(history, subject="mail:1")[-1].reason == "通知已撤回"


def test_a_mail_is_not_dropped_without_a_reason_nor_after_it_left(reviewed: World) -> None:
    with pytest.raises(UserError, match="say why"), reviewed.database.write() as conn:
        drop(conn, [1], actor=SYSTEM, now=WHEN, reason=" ")
    with reviewed.database.write() as conn:
        release(conn, [1], actor=SYSTEM, now=WHEN)
    reviewed.deliver(Post(), WHEN)

    with pytest.raises(UserError, match="cannot be dropped"), reviewed.database.write() as conn:
        drop(conn, [1], actor=SYSTEM, now=WHEN, reason="晚了")


def test_held_and_failed_mails_are_tried_again_from_the_beginning(reviewed: World) -> None:
    with reviewed.database.write() as conn:
        release(conn, [1], actor=SYSTEM, now=WHEN)
        hold(conn, [2], actor=SYSTEM, now=WHEN, reason="先核对")
    reviewed.deliver(Post([REFUSED]), WHEN)
    assert states(reviewed) == ["dead", "held"]

    with reviewed.database.write() as conn:
        retry(conn, [1, 2], actor=SYSTEM, now=WHEN)
    reviewed.deliver(Post(), WHEN)

    assert states(reviewed) == ["sent", "sent"]


def test_one_mail_in_the_wrong_state_leaves_all_as_they_are(reviewed: World) -> None:
    with reviewed.database.write() as conn:
        release(conn, [1], actor=SYSTEM, now=WHEN)
    before = reviewed.rows(history)

    with pytest.raises(UserError, match="mail 1 is queued"), reviewed.database.write() as conn:
        release(conn, [2, 1], actor=SYSTEM, now=WHEN)

    assert (states(reviewed), reviewed.rows(history)) == (["queued", "draft"], before)
