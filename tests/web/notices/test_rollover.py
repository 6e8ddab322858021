from collections.abc import Callable

from config.catalogue import catalogue
from config.rollover import roll_over
from engine.tables import case, notice
from tests.engine.world import FORMS, NOTICE, WANG, World, at
from tests.web.browser import Browser
from tests.web.notices.reading import form_of, words_of

PAGE = f"/notices/{NOTICE}/rollover"
NEXT = "quanzhou-2024"


def put_in_force(city: World) -> None:
    draft = roll_over(NOTICE, 2024, catalogue())
    for one in (*reversed(draft.parents), draft):
        city.apply(one.text, notice=one.id)


def test_the_page_shows_every_guess_and_changes_nothing(admin: Browser, city: World) -> None:
    page = admin.get(PAGE)

    assert words_of(page.text, "h1") == "2024 年的草稿里有 9 个日期是推算的，请逐一核对"
    assert "“集中开展”开始前 18 天" in page.text
    assert "上级通知 national-2024 还没有" in page.text
    assert city.rows(notice, id=NEXT) == []


def test_another_year_may_be_asked_for(admin: Browser) -> None:
    assert "id: quanzhou-2026" in form_of(admin.get(f"{PAGE}?year=2026").text, "/notices/new/plan")["text"]


def test_a_year_that_is_past_is_refused(admin: Browser) -> None:
    answer = admin.get(f"{PAGE}?year=1999")

    assert (answer.status_code < 500, "请写 2024 至 2100 之间的年份" in answer.text) == (True, True)


def test_the_draft_leads_to_the_plan(admin: Browser, city: World) -> None:
    parent = roll_over(NOTICE, 2024, catalogue()).parents[0]
    text = form_of(admin.get(PAGE).text, "/notices/new/plan")["text"]
    city.apply(parent.text, notice=parent.id)

    plan = admin.post("/notices/new/plan", {"text": text})

    assert (plan.status_code, words_of(plan.text, "h1").startswith("生效以后会发")) == (200, True)


def test_activities_are_copied_by_a_button_once(admin: Browser, city: World) -> None:
    refs = city.enter(2)
    city.do("register", *refs, now=at(8, 25), materials=FORMS)
    city.do("hold", *refs, now=at(9, 20))
    put_in_force(city)
    assert "把 2023 年举办的活动复制过去" in admin.get(PAGE).text
    sent = {"year": "2024"}

    first = admin.follow(admin.post(PAGE, sent)).text
    second = admin.follow(admin.post(PAGE, sent)).text

    assert "已复制 2 项活动" in first
    assert "已复制 0 项活动，另有 2 项早已在那里" in second
    assert len(city.rows(case, notice=NEXT, kind="activity")) == 2


def test_only_an_admin_sees_it(browser: Callable[[str], Browser]) -> None:
    wang = browser(WANG)

    assert wang.get(PAGE).status_code == 403
    assert wang.post(PAGE, {"year": "2024"}).status_code == 403
