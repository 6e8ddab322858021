"""The mails that carry a link: it is in what is sent, and nowhere in what is kept or shown."""

from datetime import timedelta

import pytest

from engine.accounts.key import AccountsKey
from engine.accounts.sign_in import ask_link
from engine.accounts.tables import ticket
from engine.accounts.tickets import LASTS, Purpose, look, redeem
from engine.delivery import letter_of
from engine.items import Reader
from engine.outbox import message_row
from engine.reading import letter_from
from engine.tables import history, message, metadata
from notifications.render import Templates
from tests.engine.accounts.steps import KEY, deliver, retire, tokens_in
from tests.engine.post import LATER, Post
from tests.engine.world import NOW, OFFICE, WANG, World

SOON = NOW + timedelta(minutes=2)


@pytest.fixture
def asked(world: World) -> World:
    """Give a world where 王敏 has asked for a link."""
    ask(world)
    return world


def ask(world: World, *, number: int = 1) -> None:
    with world.database.write() as conn:
        ask_link(conn, WANG, network=f"192.0.2.{number}", now=NOW)


def test_the_mail_has_one_link_that_signs_in_once(asked: World) -> None:
    post = Post()

    deliver(asked, post, NOW)

    assert [str(mail["To"]).split("<")[1] for mail in post.seen] == [f"{WANG}>"]
    [token] = tokens_in(post.bodies()[0])
    with asked.database.write() as conn:
        assert [redeem(conn, token, now=SOON) for _ in range(2)] == [1, None]


def test_neither_database_nor_history_nor_outbox_ever_holds_the_link(asked: World) -> None:
    post = Post()
    deliver(asked, post, NOW)
    [token] = tokens_in(post.bodies()[0])

    kept = [str(value) for table in metadata.sorted_tables for row in asked.rows(table) for value in row]

    assert not any(token in text for text in kept)
    assert token not in str(post.seen[0]["Subject"])


def test_a_mail_shown_later_says_that_its_link_is_not_there(asked: World) -> None:
    deliver(asked, Post(), NOW)

    content = asked.rows(message)[0].content
    shown = Templates().render(letter_from(content)).text

    assert tokens_in(shown) == []
    assert "登录链接只写在寄出的邮件里，这里不显示。" in shown


def test_a_mail_that_waits_can_be_looked_at_and_has_no_link(asked: World) -> None:
    with asked.database.read() as conn:
        letter = letter_of(conn, message_row(conn, 1), Reader(now=NOW, base_url=OFFICE.base_url))

    assert letter is not None
    assert (letter.link, letter.link_until) == ("", NOW + LASTS[Purpose.SIGN_IN])
    assert KEY.derived("ticket", "1") not in repr(letter)


def test_every_try_has_the_same_link_and_message_id(asked: World) -> None:
    post = Post([LATER])

    deliver(asked, post, NOW)
    deliver(asked, post, SOON)

    assert len({mail["Message-ID"] for mail in post.seen}) == 1
    first, second = (tokens_in(body) for body in post.bodies())
    assert first == second


def test_asking_again_leaves_only_the_newest_link(asked: World) -> None:
    ask(asked, number=2)
    post = Post()

    deliver(asked, post, NOW)

    assert [row.state for row in asked.rows(message)] == ["obsolete", "sent"]
    assert len(post.seen) == 1


@pytest.mark.parametrize("what", ["over", "used", "inactive"])
def test_a_link_that_is_worth_nothing_any_more_is_not_sent(asked: World, what: str) -> None:
    post = Post([LATER])
    deliver(asked, post, NOW)
    if what == "used":
        with asked.database.write() as conn:
            redeem(conn, tokens_in(post.bodies()[0])[0], now=NOW)
    if what == "inactive":
        retire(asked, 1)

    deliver(asked, post, NOW + LASTS[Purpose.SIGN_IN] if what == "over" else SOON)

    assert (len(post.seen), asked.rows(message)[0].state) == (1, "obsolete")


def test_without_a_key_the_mail_is_held_and_says_why(asked: World) -> None:
    post = Post()

    deliver(asked, post, NOW, key=None)

    [mail] = asked.rows(message)
    assert (post.seen, mail.state) == ([], "held")
    assert "duban init makes one" in mail.error
    assert '"why":"accounts_key.missing"' in asked.rows(history, subject="mail:1")[-1].details


def test_two_homes_have_different_links(asked: World) -> None:
    before = asked.rows(ticket)[0].token_hash
    post = Post()
    deliver(asked, post, NOW, key=AccountsKey(secret=bytes(32)))

    assert asked.rows(ticket)[0].token_hash != before
    with asked.database.read() as conn:
        assert look(conn, KEY.derived("ticket", "1"), now=NOW) is None
