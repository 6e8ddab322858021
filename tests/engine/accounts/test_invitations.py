"""Invitations and the first admin: who may let whom in, and by what."""

import pytest
from sqlalchemy import update

from config.errors import UserError
from config.schedule import Role
from engine.accounts.first import first_admin
from engine.accounts.invitations import invite
from engine.accounts.tickets import Purpose, look, redeem
from engine.actors import SYSTEM, Actor, Grant, actor_of
from engine.tables import message, person
from tests.engine.accounts.steps import deliver, retire, tokens_in, told
from tests.engine.post import Post
from tests.engine.world import ADMIN, LEAD, LI, NOW, WANG, World


def invited(world: World, *people: int, actor: Actor) -> int:
    with world.database.write() as conn:
        return invite(conn, people, actor=actor, now=NOW)


def test_an_admin_invites_people_each_by_a_mail_with_a_link_of_their_own(world: World) -> None:
    post = Post()

    assert invited(world, 1, 2, 1, actor=world.person(ADMIN)) == 2
    deliver(world, post, NOW)

    assert [str(mail["To"]).split("<")[1] for mail in post.seen] == [f"{WANG}>", f"{LI}>"]
    tokens = [token for body in post.bodies() for token in tokens_in(body)]
    with world.database.write() as conn:
        assert [redeem(conn, token, now=NOW) for token in tokens] == [1, 2]
    assert told(world, 1) == [("invite", {})]


def test_an_invitation_names_who_invited(world: World) -> None:
    post = Post()
    invited(world, 1, actor=world.person(ADMIN))

    deliver(world, post, NOW)

    assert f"联系人：周管理员 {ADMIN}" in post.bodies()[0]


def test_another_invitation_ends_the_first(world: World) -> None:
    for _ in range(2):
        invited(world, 1, actor=SYSTEM)

    deliver(world, Post(), NOW)

    assert [row.state for row in world.rows(message)] == ["obsolete", "sent"]


@pytest.mark.parametrize("who", [WANG, LEAD])
def test_who_is_no_admin_invites_nobody(world: World, who: str) -> None:
    with pytest.raises(UserError) as refused:
        invited(world, 1, actor=world.person(who))

    assert (refused.value.code, world.rows(message)) == ("rights.beyond", [])


def test_an_admin_of_elsewhere_invites_nobody_here(world: World) -> None:
    elsewhere = Actor(name="person:9", person_id=9, grants=(Grant(role=Role.ADMIN, region="350100"),))

    with pytest.raises(UserError) as refused:
        invited(world, 1, actor=elsewhere)

    assert refused.value.code == "rights.beyond"


def test_one_who_cannot_be_reached_keeps_all_from_being_invited(world: World) -> None:
    with world.database.write() as conn:
        conn.execute(update(person).where(person.c.id == 2).values(email=None))

    with pytest.raises(UserError) as refused:
        invited(world, 1, 2, actor=SYSTEM)

    assert refused.value.in_("zh").startswith("李强 没有邮箱或已停用")
    assert world.rows(message) == []


def first(world: World, email: str = "first@example.cn") -> str:
    with world.database.write() as conn:
        return first_admin(conn, "吴首任", email, now=NOW)


def test_the_first_admin_may_do_everything_an_admin_may_anywhere(world: World) -> None:
    token = first(world)

    with world.database.write() as conn:
        number = redeem(conn, token, now=NOW)
        assert number is not None
        actor = actor_of(conn, number, now=NOW)
    assert actor.grants == (Grant(role=Role.ADMIN, region="000000"),)


def test_a_second_time_gives_a_new_link_and_no_second_right(world: World) -> None:
    tokens = [first(world), first(world, "First@Example.cn")]

    with world.database.read() as conn:
        found = [look(conn, token, now=NOW) for token in tokens]
    assert [one and one.purpose for one in found] == [None, Purpose.INVITE]
    assert [row.email for row in world.rows(person)][4:] == ["first@example.cn"]
    assert world.person("first@example.cn").grants == (Grant(role=Role.ADMIN, region="000000"),)


def test_the_first_admin_may_be_somebody_known_who_is_active(world: World) -> None:
    first(world, WANG)
    retire(world, 2)

    assert Grant(role=Role.ADMIN, region="000000") in world.person(WANG).grants
    with pytest.raises(UserError) as refused:
        first(world, LI)
    assert refused.value.code == "person.inactive"
