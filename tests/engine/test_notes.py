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


def reminded(world: World) -> list[str]:
    """Return what a reminder says of the activity below its title."""
    world.sweep(at(9, 27))
    post = Post()
    world.deliver(post, at(9, 27))
    [body] = [one for one in post.bodies() if "· 科学课 1" in one and "请尽快办理" in one]
    told = body.split("· 科学课 1")[1].splitlines()[1:]
    return [line.strip() for line in told[: told.index(next(line for line in told if "http" in line))]]


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


def test_until_it_is_mended_no_mail_calls_what_was_sent_back_ready(world: World) -> None:
    ref = summarized(world)
    world.do("return", ref, reason="照片不清楚", now=at(9, 26))
    world.do("note", ref, reason="已电话告知", now=at(9, 26, 10))

    assert reminded(world) == ["已退回，请按意见改正后再“提交总结”", "退回原因：照片不清楚"]


def test_what_was_mended_is_called_ready_again(world: World) -> None:
    ref = summarized(world)
    world.do("return", ref, reason="照片不清楚", now=at(9, 26))
    world.do("attach", ref, materials=(link("photo", 2),), now=at(9, 26, 10))

    assert reminded(world) == ["材料已齐，请“提交总结”"]


def test_the_commended_are_told_their_award(world: World) -> None:
    ref = summarized(world)
    world.do("recommend", ref, changes={"recommended_by": "泉州市科协"}, now=at(10, 9))

    world.do("commend", ref, changes={"award": "优秀活动"}, now=at(11, 20))
    post = Post()
    world.deliver(post, at(11, 20))

    [body] = post.bodies()
    assert "优秀活动" in body and "王敏" in body
