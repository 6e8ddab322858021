"""The secret address of a calendar: one a person, renewed at will."""

from engine.accounts.feeds import end_feed, person_of_feed, renew, since
from engine.accounts.tables import feed
from tests.engine.accounts.steps import retire
from tests.engine.world import NOW, World


def renewed(world: World, person_id: int = 1) -> str:
    with world.database.write() as conn:
        return renew(conn, person_id, now=NOW)


def owner(world: World, token: str) -> int | None:
    with world.database.read() as conn:
        return person_of_feed(conn, token)


def test_a_new_address_makes_the_old_one_worthless(world: World) -> None:
    old, others, new = renewed(world), renewed(world, 2), renewed(world)

    assert [owner(world, token) for token in (old, others, new, "")] == [None, 2, 1, None]


def test_only_the_hash_is_kept_and_since_when(world: World) -> None:
    token = renewed(world)

    assert not any(token in str(value) for row in world.rows(feed) for value in row)
    with world.database.read() as conn:
        assert [since(conn, person_id) for person_id in (1, 2)] == [NOW, None]


def test_an_address_ends_with_its_person_or_when_it_is_taken_off(world: World) -> None:
    tokens = [renewed(world), renewed(world, 2)]

    retire(world, 1)
    with world.database.write() as conn:
        end_feed(conn, 2)

    assert [owner(world, token) for token in tokens] == [None, None]
