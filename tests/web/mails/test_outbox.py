"""The outbox: what waits, what an admin does with it, and what each mail looks like."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update

from config.catalogue import catalogue
from config.schedule import Role
from engine.actors import SYSTEM
from engine.delivery import Policy
from engine.drafts import PersonDraft, RightDraft
from engine.roster import save_people
from engine.tables import case, history, message
from tests.engine.post import REFUSED, UNKNOWN, Post
from tests.engine.world import ADMIN, LEAD, LI, NOTICE, NOW, SCHOOL, WANG, World, at
from tests.web.browser import Browser
from tests.web.conftest import Clock

Open = Callable[[str | None], Browser]
WHEN = at(8, 21)
FAR = "far@example.cn"


@pytest.fixture
def season(city: World, clock: Clock) -> World:
    """Give a city with an activity in each of two counties, and an admin of a city far away."""
    right = RightDraft(role=Role.ADMIN, region="410700")
    with city.database.write() as conn:
        save_people(conn, [PersonDraft(name="远方", email=FAR, rights=(right,))], actor=SYSTEM, now=NOW)
    city.enter(1)
    city.enter(1, title="船模比赛", region="350503", unit=SCHOOL, coordinator=LI)
    clock.now = at(8, 21, 10)
    return city


@pytest.fixture
def drafts(season: World) -> World:
    """Give two mails that wait for review."""
    season.apply(catalogue()[NOTICE] + "\nreview: true\n")
    season.sweep(WHEN)
    return season


@pytest.fixture
def queued(season: World) -> World:
    """Give two mails that wait to leave."""
    season.sweep(WHEN)
    return season


def states(world: World) -> list[str]:
    return [row.state for row in world.rows(message)]


def number(world: World, address: str) -> int:
    [row] = world.rows(message, person_id=world.person(address).person_id)
    return int(row.id)


def test_drafts_are_listed_first_and_a_batch_says_its_size(drafts: World, browser: Open) -> None:
    page = browser(ADMIN).get("/mails").text

    assert "有 2 封邮件等您审核" in page
    assert "放行这 2 封" in page
    assert "通知要求先审核" in page
    assert "王敏" in page
    assert "李强" in page


def test_a_released_batch_is_delivered(drafts: World, browser: Open) -> None:
    admin = browser(ADMIN)
    sweep = drafts.rows(message)[0].sweep_id

    answer = admin.post("/mails/release", {"sweep": str(sweep)})
    post = Post()
    drafts.deliver(post, WHEN)

    assert "已放行 2 封" in admin.follow(answer).text
    assert len(post.seen) == 2
    assert {row.actor for row in drafts.rows(history, trigger="release")} == {drafts.person(ADMIN).name}


def test_only_what_is_ticked_is_released(drafts: World, browser: Open) -> None:
    browser(ADMIN).post("/mails/release", {"mails": [str(number(drafts, LI))]})

    post = Post()
    drafts.deliver(post, WHEN)
    assert [str(mail["To"]) for mail in post.seen] == ['"李强" <li@example.cn>']
    assert sorted(states(drafts)) == ["draft", "sent"]


def test_nothing_ticked_is_said_and_nothing_is_done(drafts: World, browser: Open) -> None:
    admin = browser(ADMIN)

    for action in ("release", "retry", "hold", "drop"):
        answer = admin.post(f"/mails/{action}", {"back": "/mails?box=draft"})
        assert "请先勾选邮件" in admin.follow(answer).text
    assert states(drafts) == ["draft", "draft"]


def test_a_draft_looks_as_it_would_now_and_can_be_released_from_its_page(
    drafts: World, browser: Open
) -> None:
    admin, wang = browser(ADMIN), number(drafts, WANG)

    page = admin.get(f"/mails/{wang}").text
    assert "还没有发出，这是按现在的办理情况生成的样子" in page
    assert "【督办】" in page
    assert "放行" in page
    admin.post("/mails/release", {"mails": str(wang), "back": f"/mails/{wang}"})

    assert drafts.rows(message, id=wang)[0].state == "queued"


def test_a_held_mail_does_not_leave_until_it_is_sent_again(queued: World, browser: Open) -> None:
    admin, wang = browser(ADMIN), str(number(queued, WANG))
    admin.post("/mails/hold", {"mails": wang})
    queued.deliver(Post(), WHEN)
    assert sorted(states(queued)) == ["held", "sent"]
    assert "已搁置，不会自动发出" in admin.get("/mails?box=doubtful").text

    admin.post("/mails/retry", {"mails": wang})

    queued.deliver(Post(), WHEN)
    assert states(queued) == ["sent", "sent"]


def test_a_mail_without_an_answer_is_listed_with_the_risk_of_a_second_copy(
    queued: World, browser: Open
) -> None:
    post = Post([UNKNOWN])
    queued.deliver(post, WHEN, policy=Policy.HOLD)
    admin = browser(ADMIN)
    lost = next(row.id for row in queued.rows(message) if row.state == "held")

    listed, page = admin.get("/mails").text, admin.get(f"/mails/{lost}").text

    assert "有 1 封邮件搁置着" in listed
    assert "可能已经送到" in listed
    assert "对方可能收到两份" in page
    admin.post("/mails/retry", {"mails": str(lost)})
    queued.deliver(post, WHEN + timedelta(minutes=5))
    first, *_, last = post.seen
    assert first["Message-ID"] == last["Message-ID"]


def test_a_mail_sent_after_a_doubt_says_that_it_may_be_there_twice(queued: World, browser: Open) -> None:
    queued.deliver(Post([UNKNOWN]), WHEN)
    queued.deliver(Post(), WHEN + timedelta(hours=1))
    admin = browser(ADMIN)

    assert "另有 1 封曾经没有等到答复" in admin.get("/mails?box=doubtful").text
    assert "对方可能收到两份" in admin.get("/mails?box=sent&doubted=1").text


def test_a_dead_mail_says_why_and_is_sent_again(queued: World, browser: Open) -> None:
    queued.deliver(Post([REFUSED]), WHEN)
    admin = browser(ADMIN)
    dead = next(row.id for row in queued.rows(message) if row.state == "dead")

    assert "邮件服务器拒收：550 no such user" in admin.get("/mails?box=dead").text
    page = admin.get(f"/mails/{dead}").text
    assert "核对邮箱" in page
    assert "不再发送</button>" not in page
    admin.post("/mails/retry", {"mails": str(dead)})

    queued.deliver(Post(), WHEN)
    assert states(queued) == ["sent", "sent"]


def test_a_drop_asks_for_its_reason_and_keeps_it_in_the_history(queued: World, browser: Open) -> None:
    admin, wang = browser(ADMIN), str(number(queued, WANG))

    asked = admin.post("/mails/drop", {"mails": wang, "back": "/mails?box=queued"})
    empty = admin.post("/mails/drop", {"mails": wang, "reason": "  "})
    assert (asked.status_code, empty.status_code) == (200, 422)
    assert "请写明理由" in asked.text
    assert "请写明为什么不再发送" in empty.text
    assert states(queued) == ["queued", "queued"]

    done = admin.post("/mails/drop", {"mails": wang, "reason": "电话已通知", "back": f"/mails/{wang}"})

    page = admin.follow(done).text
    assert "不再发送" in page
    assert "电话已通知" in page
    assert sorted(states(queued)) == ["obsolete", "queued"]


def test_what_has_left_cannot_be_dropped_and_the_outbox_says_so(queued: World, browser: Open) -> None:
    queued.deliver(Post(), WHEN)
    admin = browser(ADMIN)

    answer = admin.post("/mails/drop", {"mails": str(number(queued, WANG)), "reason": "晚了"})

    assert answer.status_code == 303
    assert "没有办成：" in admin.follow(answer).text
    assert states(queued) == ["sent", "sent"]


def test_an_admin_elsewhere_sees_and_moves_none(drafts: World, browser: Open) -> None:
    far, wang = browser(FAR), str(number(drafts, WANG))

    assert "王敏" not in far.get("/mails?box=draft").text
    assert far.get(f"/mails/{wang}").status_code == 404
    assert far.get(f"/mails/{wang}/body").status_code == 404
    for action in ("release", "hold", "drop"):
        assert far.post(f"/mails/{action}", {"mails": wang, "reason": "x"}).status_code == 404
    assert far.post("/mails/drop", {"mails": wang}).status_code == 404
    far.post("/mails/release", {"sweep": str(drafts.rows(message)[0].sweep_id)})
    assert states(drafts) == ["draft", "draft"]


def test_a_lead_looks_at_the_county_and_moves_nothing(drafts: World, browser: Open) -> None:
    lead, wang = browser(LEAD), number(drafts, WANG)

    page = lead.get("/mails?box=draft").text
    assert "王敏" in page
    assert "李强" not in page
    assert "等管理员审核" in page
    assert 'type="checkbox"' not in page
    assert "放行</button>" not in lead.get(f"/mails/{wang}").text
    assert lead.post("/mails/release", {"mails": str(wang)}).status_code == 403


def test_everybody_may_open_their_own_mails_and_no_others(queued: World, browser: Open) -> None:
    queued.deliver(Post(), WHEN)
    wang = browser(WANG)

    page = wang.get(f"/mails/{number(queued, WANG)}")
    assert page.status_code == 200
    assert "回到我的账号" in page.text
    assert wang.get(f"/mails/{number(queued, WANG)}/body").status_code == 200
    assert wang.get(f"/mails/{number(queued, LI)}").status_code == 404
    assert wang.get("/mails").status_code == 403


def test_mails_are_found_by_their_reader(queued: World, browser: Open) -> None:
    admin = browser(ADMIN)

    found = admin.get("/mails", params={"box": "queued", "q": "李强"}).text
    assert "li@example.cn" in found
    assert "wang@example.cn" not in found
    assert "没有找到给这个人的邮件" in admin.get("/mails", params={"box": "queued", "q": "没有此人"}).text


def test_the_page_of_a_mail_has_its_headers_its_text_its_dates_and_its_history(
    queued: World, browser: Open
) -> None:
    post = Post()
    queued.deliver(post, WHEN)
    sent = next(mail for mail in post.seen if WANG in str(mail["To"]))

    page = browser(ADMIN).get(f"/mails/{number(queued, WANG)}").text

    assert str(sent["Subject"]) in page
    assert str(sent["Message-ID"]).strip("<>") in page
    assert "2023-08-21 09:00:00" in page
    assert "随信附的日历" in page
    assert "已由邮件服务器接收" in page


def test_markup_in_a_title_is_text_everywhere(season: World, browser: Open) -> None:
    with season.database.write() as conn:
        conn.execute(update(case).values(title="<img src=x onerror=alert(1)>"))
    season.sweep(WHEN)
    season.deliver(Post(), WHEN)
    admin, wang = browser(ADMIN), number(season, WANG)
    with season.database.write() as conn:
        conn.execute(update(message).values(subject="<script>alert(2)</script>"))

    pages = [admin.get(path) for path in ("/mails?box=sent", f"/mails/{wang}", f"/mails/{wang}/body")]

    assert all("<img src=x" not in page.text and "<script>alert" not in page.text for page in pages)
    assert "&lt;script&gt;alert(2)" in pages[0].text
    assert pages[2].headers["content-security-policy"].endswith("sandbox")


def test_a_way_back_leads_nowhere_else(drafts: World, browser: Open) -> None:
    answer = browser(ADMIN).post("/mails/hold", {"mails": "1", "back": "https://evil.example/"})

    assert answer.headers["location"] == "/mails"


def test_the_outbox_speaks_english(drafts: World, browser: Open) -> None:
    admin = browser(ADMIN)
    admin.post("/language", {"lang": "en", "next": "/"})

    assert "2 mails wait for your review" in admin.get("/mails").text
    assert "Release these 2" in admin.get("/mails").text
