"""Mails that follow from a step: sent back, commended."""

from engine.tables import message
from tests.engine.post import Post
from tests.engine.world import ADMIN, FORMS, PROOF, World, at, link


def summarized(world: World) -> str:
    """Take an activity up to its summary."""
    [ref] = world.enter()
    world.do("register", ref, materials=FORMS, now=at(8, 22))
    world.do("hold", ref, now=at(9, 18, 18))
    world.do("complete_info", ref, materials=PROOF, now=at(9, 20))
    world.do("summarize", ref, materials=(link("summary"),), changes={"participants": 320}, now=at(9, 25))
    return ref


def test_a_case_sent_back_tells_its_coordinator_why_and_what_comes_next(world: World) -> None:
    ref = summarized(world)

    world.do("return", ref, reason="照片不清楚", actor=world.person(ADMIN), now=at(9, 26))
    post = Post()
    world.deliver(post, at(9, 26))

    [body] = post.bodies()
    assert "照片不清楚" in body and "科学课 1" in body and "9月28日" in body


def test_what_was_mended_meanwhile_is_not_complained_of(world: World) -> None:
    ref = summarized(world)
    world.do("return", ref, reason="照片不清楚", now=at(9, 26))
    world.do("summarize", ref, now=at(9, 26, 10))

    world.deliver(Post(), at(9, 26, 11))

    assert [row.state for row in world.rows(message)] == ["obsolete"]


def test_the_commended_are_told_their_award(world: World) -> None:
    ref = summarized(world)
    world.do("recommend", ref, changes={"recommended_by": "泉州市科协"}, now=at(10, 9))

    world.do("commend", ref, changes={"award": "优秀活动"}, now=at(11, 20))
    post = Post()
    world.deliver(post, at(11, 20))

    [body] = post.bodies()
    assert "优秀活动" in body and "王敏" in body
