from collections.abc import Callable

import pytest

from engine.tables import history, notice, notice_reading, schedule
from tests.engine.notice_reading.papers import PAPER
from tests.engine.world import ADMIN, LEAD, World
from tests.web.browser import Browser
from tests.web.notices.reading import form_of, words_of
from web.visit import LANG

READINGS = "/notices/readings"
HTMX = {"hx-request": "true"}


@pytest.fixture
def begun(admin: Browser) -> str:
    """Give the page of a reading that the admin has begun."""
    return str(admin.post(READINGS, {"text": PAPER}).headers["location"])


def test_a_pasted_notice_is_shown_beside_its_dates(admin: Browser, begun: str) -> None:
    page = admin.get(begun).text

    assert words_of(page, "h1") == "读出 6 个日期，都已定下"
    assert '<a id="t-d1" href="#d1">2023年9月25日</a>' in page
    assert "登记发布 采用 2023年9月25日 周一前" in words_of(page)
    assert "县级科协：要交 1 份总结报告" in words_of(page)


def test_an_uploaded_document_is_read(admin: Browser) -> None:
    answer = admin.post(READINGS, files={"file": ("通知.txt", PAPER.encode(), "text/plain")})

    assert "读出 6 个日期" in admin.follow(answer).text


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "docx"),
        (b" ", "通知.doc"),
        (b"\x7fELF\2\1\1\0\0\0", "看不出是什么文件"),
    ],
)
def test_a_refused_document_says_the_way_out_on_the_same_page(
    content: bytes, told: str, admin: Browser, city: World
) -> None:
    answer = admin.post(READINGS, files={"file": ("通知.doc", content, "application/msword")})

    assert (answer.status_code, told in words_of(answer.text)) == (422, True)
    assert city.rows(notice_reading) == []


def test_nothing_given_is_told(admin: Browser) -> None:
    answer = admin.post(READINGS, {"text": "  "})

    assert (answer.status_code, "请选择文件，或粘贴通知全文" in words_of(answer.text)) == (422, True)


def test_a_decision_is_kept_and_answers_in_place(admin: Browser, begun: str) -> None:
    answer = admin.post(f"{begun}/clauses/d2", {"verdict": "drop"}, headers=HTMX)

    assert 'id="headline" hx-swap-oob="true"' in answer.text
    assert "<main" not in answer.text
    assert "信息完善" not in words_of(admin.get(begun).text, "ol")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"verdict": "correct", "d1-day": "2023-09-31"}, "2023-09-31"),
        ({"verdict": "correct", "d1-day": ""}, "请填写日期"),
        ({"verdict": "correct", "d1-day": "2023-09-01", "d1-start": "2023-09-02"}, "最后一天早于第一天"),
        ({"verdict": "perhaps"}, "请选择采用、改日期或不要"),
    ],
)
def test_a_wrong_decision_is_told_and_not_kept(
    typed: dict[str, str], told: str, admin: Browser, begun: str
) -> None:
    answer = admin.post(f"{begun}/clauses/d1", typed)

    assert (answer.status_code, told in words_of(answer.text)) == (422, True)
    assert words_of(admin.get(begun).text, "h1") == "读出 6 个日期，都已定下"
    assert "2023年9月25日 周一前" in admin.get(begun).text


def test_what_was_decided_is_planned_and_put_in_force(admin: Browser, begun: str, city: World) -> None:
    admin.post(f"{begun}/clauses/d1", {"verdict": "correct", "d1-day": "2023-09-27"})
    admin.post(f"{begun}/clauses/d2", {"verdict": "drop"})
    before = city.rows(schedule)

    plan = admin.post(f"{begun}/plan").text
    assert city.rows(schedule) == before
    answer = admin.post(f"{begun}/apply", form_of(plan, f"{begun}/apply"))

    [kept] = city.rows(notice_reading)
    text = city.rows(schedule, notice=kept.notice)[0].source
    assert (answer.status_code, answer.headers["location"]) == (303, f"/notices/{kept.notice}")
    assert ("due: 2023-09-27" in text, "2023-10-27" in text) == (True, False)
    told = city.rows(history, subject=f"notice:{kept.notice}")[-1].reason
    assert told == f"依据文件“粘贴的文字”（sha256 {kept.sha256}）"
    assert words_of(admin.get(begun).text, "h1") == "这份通知已经生效"


def test_nothing_is_planned_while_something_is_undecided(admin: Browser, city: World) -> None:
    doubtful = {"text": "关于举办2023年活动的通知\n请各活动举办单位于2023年9月31日前报送总结。"}
    begun = admin.post(READINGS, doubtful).headers["location"]

    answer = admin.post(f"{begun}/plan")

    assert (answer.status_code, "还有 1 个日期没有定" in words_of(answer.text)) == (422, True)
    assert len(city.rows(notice)) == 1


def test_region_and_names_can_be_chosen(admin: Browser, begun: str, city: World) -> None:
    typed = {"region": "鲤城区", "parent": "quanzhou-2023", "id": "Licheng-2023", "code": "lc-2023"}

    page = admin.follow(admin.post(f"{begun}/heading", typed)).text

    assert city.rows(notice_reading)[0].region == "350502"
    sent = form_of(page, f"{begun}/heading")
    assert (sent["parent"], sent["id"], sent["code"]) == ("quanzhou-2023", "licheng-2023", "LC-2023")


@pytest.mark.parametrize("region", ["新乡市", "火星市"])
def test_a_region_that_is_not_ones_own_is_refused(
    region: str, admin: Browser, begun: str, city: World
) -> None:
    answer = admin.post(f"{begun}/heading", {"region": region})

    assert (answer.status_code, city.rows(notice_reading)[0].region) == (422, "350500")


def test_a_new_version_of_a_notice_in_force_is_shown_as_its_differences(admin: Browser) -> None:
    text = PAPER.replace("2023年青年科普创客周活动", "2023年全国科普日活动").replace(
        "泉州市科学技术协会关于", "泉州市全民科学素质工作领导小组关于"
    )
    begun = admin.post(READINGS, {"text": text}).headers["location"]

    plan = admin.post(f"{begun}/plan").text

    assert "这份通知已经在执行" in words_of(admin.get(begun).text)
    assert "信息完善：截止 9月30日 周六 10月27日 周五" in words_of(plan)


def test_a_day_that_does_not_exist_is_told_once(admin: Browser) -> None:
    text = PAPER.replace("2023年9月25日", "2023年9月31日")

    page = admin.get(admin.post(READINGS, {"text": text}).headers["location"]).text

    assert page.count('<p class="date-guess">没有 2023-09-31 这一天') == 1


ALIKE = PAPER.replace("2023年青年科普创客周活动", "2023年泉州市全国科普日主题活动")


def test_what_only_resembles_a_notice_in_force_is_asked_and_not_assumed(admin: Browser) -> None:
    begun = admin.post(READINGS, {"text": ALIKE}).headers["location"]

    page, refused = admin.get(begun).text, admin.post(f"{begun}/plan")

    assert "没有相同的文号可以确认" in words_of(page)
    assert (refused.status_code, "请先说明是它的新版本" in words_of(refused.text)) == (422, True)


@pytest.mark.parametrize(("name", "told"), [("quanzhou-2023", True), ("quanzhou-2023-2", False)])
def test_told_which_it_is_the_reading_goes_on(admin: Browser, name: str, told: bool) -> None:
    begun = admin.post(READINGS, {"text": ALIKE}).headers["location"]
    code = name.replace("quanzhou", "QZ")

    page = admin.follow(admin.post(f"{begun}/heading", {"region": "泉州市", "id": name, "code": code})).text

    assert ("这份通知已经在执行" in words_of(page), "没有相同的文号" in page) == (told, False)


def test_a_reading_can_be_given_up(admin: Browser, begun: str, city: World) -> None:
    admin.post(f"{begun}/give-up")

    assert city.rows(notice_reading) == []
    assert admin.get(begun).status_code == 404


def test_the_list_of_notices_leads_to_reading(
    admin: Browser, begun: str, browser: Callable[[str], Browser]
) -> None:
    assert 'href="/notices/readings"' in admin.get("/notices").text
    assert begun in admin.get(READINGS).text
    assert browser(LEAD).get(begun).status_code == 403


def test_the_page_speaks_english(begun: str, admin: Browser) -> None:
    admin.cookies.set(LANG, "en")

    assert words_of(admin.get(begun).text, "h1") == "6 dates were read, and all are decided"
    assert ADMIN not in admin.get(begun).text
