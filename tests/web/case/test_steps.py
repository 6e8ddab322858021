"""Steps are done from the page of a case; a refusal says why and keeps what was typed."""

import re
from collections.abc import Callable

import pytest

from engine.tables import history, material
from tests.engine.post import Post
from tests.engine.world import ADMIN, FORMS, LEAD, PROOF, WANG, World, at, link
from tests.web.browser import Browser
from tests.web.case.conftest import activity, fields, headline, photo
from tests.web.conftest import Clock

Open = Callable[[str | None], Browser]
NEWS = "https://news.example.cn/2023/0918"


def state(city: World) -> str:
    return str(activity(city).state)


def test_from_the_link_of_a_reminder_to_done_takes_three_clicks(
    browser: Open, city: World, held: str, clock: Clock
) -> None:
    post = Post()
    city.sweep(at(9, 20, 9, 1))
    city.deliver(post, at(9, 20, 9, 2))
    [address] = set(re.findall(rf"http://[\w.:]+(/cases/{held})\b", "".join(post.bodies())))
    visitor = browser(WANG)

    page = visitor.get(address)
    action = f"/cases/{held}/steps/complete_info"
    typed = fields(page, action) | {"link.news_link": NEWS}
    done = visitor.post(action, typed, files={"file.photo": ("现场.jpg", photo(), "image/jpeg")})

    assert "已办理“完善信息”，现在是“信息已完善”" in visitor.follow(done).text
    assert state(city) == "info_completed"
    assert [(one.kind, one.name) for one in city.rows(material)[-2:]] == [
        ("news_link", NEWS),
        ("photo", "现场.jpg"),
    ]


def test_a_day_before_the_step_before_is_refused_at_its_field(browser: Open, city: World, held: str) -> None:
    action = f"/cases/{held}/steps/complete_info"
    visitor = browser(WANG)
    typed = fields(visitor.get(f"/cases/{held}"), action) | {"occurred_on": "2023-01-01"}

    page = visitor.post(action, typed | {"link.news_link": NEWS, "link.photo": NEWS})

    assert page.status_code == 422
    assert "实际办理日期不能早于9月" in page.text
    assert state(city) == "held"


@pytest.mark.usefixtures("autumn")
@pytest.mark.parametrize(
    ("dates", "told"),
    [
        (("2031-01-01", "2031-01-02"), "2031年1月1日离本通知的时段"),
        (("2023-09-01", "2023-09-02"), "改后的活动到9月2日就已结束"),
        (("2023-09-17", "2023-09-18"), "日期和原来一样"),
    ],
)
def test_dates_that_cannot_be_meant_are_told_at_their_field(
    browser: Open, city: World, planned: str, *, dates: tuple[str, str], told: str
) -> None:
    action = f"/cases/{planned}/postpone"
    visitor = browser(WANG)
    typed = fields(visitor.get(action), action) | dict(zip(("starts_on", "ends_on"), dates, strict=True))

    page = visitor.post(action, typed)

    assert page.status_code == 422
    assert told in page.text
    assert [one.trigger for one in city.rows(history, subject=f"case:{planned}")] == ["enter"]


def test_a_double_click_does_it_once(browser: Open, city: World, held: str) -> None:
    visitor = browser(WANG)
    action = f"/cases/{held}/steps/complete_info"
    sent = fields(visitor.get(f"/cases/{held}"), action) | {"link.video": "https://v.example.cn/1"}
    picture = photo()

    answers = [
        visitor.post(action, sent, files={"file.photo": ("a.jpg", picture, "image/jpeg")}).status_code
        for _ in range(2)
    ]

    assert answers == [303, 303]
    assert [one.trigger for one in city.rows(history, subject=f"case:{held}")].count("complete_info") == 1
    assert [one.kind for one in city.rows(material)].count("photo") == 1


def test_who_comes_second_is_told_and_keeps_what_they_typed(browser: Open, city: World, held: str) -> None:
    visitor = browser(WANG)
    action = f"/cases/{held}/steps/complete_info"
    seen = fields(visitor.get(f"/cases/{held}"), action)
    city.do("note", held, reason="请尽快", actor=city.person(LEAD), now=at(9, 27))

    answer = visitor.post(action, seen | {"link.news_link": NEWS})

    assert answer.status_code == 409
    assert "刚被别人改动过" in answer.text
    assert "赵组长" in answer.text
    assert f'value="{NEWS}"' in answer.text
    assert fields(answer, action)["version"] == "4"
    assert state(city) == "held"


def test_who_comes_late_is_told_only_what_they_may_do(browser: Open, city: World, held: str) -> None:
    city.do("complete_info", held, materials=PROOF, now=at(9, 20))
    sent = {"reason": "照片已补"}

    answers = [browser(who).post(f"/cases/{held}/steps/complete_info", sent).text for who in (WANG, LEAD)]

    assert [
        "现在可以：提交总结" + end in text for text, end in zip(answers, ("<", "、退回<"), strict=True)
    ] == [
        True,
        True,
    ]


def test_a_refused_step_names_what_is_missing_and_keeps_the_rest(
    browser: Open, city: World, held: str
) -> None:
    answer = browser(WANG).post(f"/cases/{held}/steps/complete_info", {"link.news_link": NEWS})

    assert answer.status_code == 422
    assert '<div class="note late" role="alert"' in answer.text
    assert f'value="{NEWS}"' in answer.text
    assert (state(city), len(city.rows(material))) == ("held", len(FORMS))


def test_a_number_that_is_none_is_kept_as_typed(browser: Open, city: World, held: str) -> None:
    city.do("complete_info", held, materials=PROOF, now=at(9, 20))

    answer = browser(WANG).post(f"/cases/{held}/steps/summarize", {"participants": "很多"})

    assert answer.status_code == 422
    assert 'value="很多"' in answer.text
    assert "请写一个整数" in answer.text


def test_number_and_summary_go_with_the_step(browser: Open, city: World, held: str) -> None:
    city.do("complete_info", held, materials=PROOF, now=at(9, 20))
    files = {"file.summary": ("总结.txt", "活动总结".encode(), "text/plain")}

    browser(WANG).post(f"/cases/{held}/steps/summarize", {"participants": "1,200"}, files=files)

    row = activity(city)
    assert (row.state, row.participants) == ("summarized", 1200)


def test_a_step_can_be_entered_for_an_earlier_day_but_not_for_a_later_one(
    browser: Open, city: World, planned: str, autumn: Clock
) -> None:
    city.do("register", planned, materials=FORMS, now=at(8, 25))
    visitor = browser(WANG)

    refused = visitor.post(f"/cases/{planned}/steps/hold", {"occurred_on": "2023-10-01"})
    visitor.post(f"/cases/{planned}/steps/hold", {"occurred_on": "2023-09-19"})

    assert (refused.status_code, "这一天还没有到" in refused.text) == (422, True)
    assert city.rows(history, subject=f"case:{planned}")[-1].occurred_at.startswith("2023-09-19T04:00")


@pytest.mark.parametrize("field", ["award", "recommended_by", "coordinator_id", "state", "region"])
def test_a_step_sets_only_its_own_values(browser: Open, city: World, held: str, field: str) -> None:
    before = getattr(activity(city), field)

    browser(WANG).post(f"/cases/{held}/steps/note", {"reason": "备注", field: "1"})
    browser(WANG).post(f"/cases/{held}/edit", {"title": "科学课", field: "1"})

    assert (getattr(activity(city), field), activity(city).title) == (before, "科学课")


def test_what_is_known_is_edited_and_history_says_by_whom(browser: Open, city: World, held: str) -> None:
    visitor = browser(WANG)
    form = fields(visitor.get(f"/cases/{held}/edit"), f"/cases/{held}/edit")

    visitor.post(f"/cases/{held}/edit", form | {"title": "科学课", "place": "东湖公园", "online": "1"})

    row = activity(city)
    assert (row.title, row.place, row.online) == ("科学课", "东湖公园", True)
    assert "王敏" in visitor.get(f"/cases/{held}/history").text


def test_a_wrong_address_is_refused_where_it_was_typed(browser: Open, city: World, held: str) -> None:
    sent = {"title": "科学课", "online_url": "javascript:alert(1)"}

    answer = browser(WANG).post(f"/cases/{held}/edit", sent)

    assert answer.status_code == 422
    assert 'id="f-online_url-problem"' in answer.text
    assert activity(city).online_url is None


def test_an_activity_is_put_off_and_not_to_a_day_before_it_begins(
    browser: Open, city: World, planned: str
) -> None:
    visitor, action = browser(WANG), f"/cases/{planned}/postpone"
    backwards = {"starts_on": "2023-09-23", "ends_on": "2023-09-21", "reason": "台风"}

    refused = visitor.post(action, backwards)
    done = visitor.post(action, backwards | {"ends_on": "2023-09-24"})

    assert (refused.status_code, done.status_code) == (422, 303)
    assert 'value="2023-09-21"' in refused.text
    assert "台风" in refused.text
    assert str(activity(city).ends_on) == "2023-09-24"


def test_cancelling_names_its_size_and_asks_why(browser: Open, city: World, planned: str) -> None:
    visitor, action = browser(WANG), f"/cases/{planned}/cancel"

    assert "取消这 1 项活动" in visitor.get(action).text
    assert visitor.post(action, {"reason": " "}).status_code == 422
    visitor.post(action, {"reason": "场地停电"})

    assert state(city) == "cancelled"
    assert headline(visitor.get(f"/cases/{planned}")) == "这一项已是“已取消”，没有要办的了"


def test_a_lead_sends_back_and_a_coordinator_cannot(browser: Open, city: World, held: str) -> None:
    refused = browser(WANG).post(f"/cases/{held}/steps/return", {"reason": "照片不清楚"})
    browser(LEAD).post(f"/cases/{held}/steps/return", {"reason": "照片不清楚"})

    assert (refused.status_code, state(city)) == (422, "registered")


def test_an_admin_recommends_and_commends(browser: Open, city: World, held: str) -> None:
    city.do("complete_info", held, materials=PROOF, now=at(9, 20))
    city.do("summarize", held, materials=(link("summary"),), changes={"participants": 80}, now=at(9, 21))
    visitor = browser(ADMIN)
    asked = visitor.get(f"/cases/{held}/steps/commend").text

    visitor.post(f"/cases/{held}/steps/commend", {"award": "优秀活动", "recommended_by": "泉州市科协"})

    row = activity(city)
    assert "优秀组织单位" in asked
    assert (row.state, row.award, row.recommended_by) == ("commended", "优秀活动", "泉州市科协")


def test_a_forced_step_needs_an_admin_and_a_reason_and_stays_marked(
    browser: Open, city: World, planned: str
) -> None:
    visitor, action = browser(ADMIN), f"/cases/{planned}/force"

    assert browser(LEAD).get(action).status_code == 403
    assert visitor.post(action, {"trigger": "register"}).status_code == 422
    done = visitor.post(action, {"trigger": "register", "reason": "平台故障"})

    assert state(city) == "registered"
    assert "强制办理</span>" in visitor.follow(done).text


def test_who_cannot_do_a_step_now_is_led_to_the_case(browser: Open, held: str) -> None:
    answer = browser(WANG).get(f"/cases/{held}/cancel")

    assert (answer.status_code, answer.headers["location"]) == (303, f"/cases/{held}")


@pytest.mark.parametrize("trigger", ["attach", "detach", "hand_over"])
def test_steps_with_pages_of_their_own_are_not_done_here(browser: Open, held: str, trigger: str) -> None:
    assert browser(WANG).post(f"/cases/{held}/steps/{trigger}").status_code == 404


def test_what_a_person_typed_stays_text(browser: Open, city: World, held: str) -> None:
    nasty = '<script>alert("x")</script>'
    visitor = browser(WANG)
    visitor.post(f"/cases/{held}/edit", {"title": nasty, "place": nasty})
    visitor.post(f"/cases/{held}/steps/note", {"reason": nasty})

    for path in ("", "/history", "/print", "/form", "/edit"):
        page = visitor.get(f"/cases/{held}{path}").text
        assert "&lt;script&gt;" in page
        assert "<script>" not in page
