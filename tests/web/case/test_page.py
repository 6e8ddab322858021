"""The page of one case says what is to be done, by when and with what; who may not act sees no buttons."""

from collections.abc import Callable

import pytest

from engine.tables import case, history
from tests.engine.world import ADMIN, FORMS, LEAD, LI, WANG, World, at
from tests.web.browser import Browser
from tests.web.case.conftest import activity, headline
from tests.web.conftest import Clock

Open = Callable[[str | None], Browser]


def test_its_coordinator_reads_what_is_missing_and_finds_the_means_right_there(
    browser: Open, held: str
) -> None:
    page = browser(WANG).get(f"/cases/{held}")

    assert headline(page) == "“完善信息”还差 2 样，9月28日 周四 前办好，还有 1 个工作日"
    for shown in ("缺 1 张照片", "缺 1 个视频或新闻链接", 'name="file.photo"', 'name="link.news_link"'):
        assert shown in page.text
    assert f'action="/cases/{held}/steps/complete_info"' in page.text
    assert page.text.count('class="button main"') == 1


def test_the_date_is_explained_by_the_clause_of_the_notice(browser: Open, held: str) -> None:
    page = browser(WANG).get(f"/cases/{held}").text

    assert "信息完善：9月30日 周六 截止，最后一个工作日是 9月28日 周四" in page
    assert "通知六（二）“请各活动举办单位于2023年9月30日前”" in page


def test_what_only_waits_asks_for_nothing(browser: Open, city: World, planned: str, clock: Clock) -> None:
    clock.now = at(8, 16)

    page = browser(WANG).get(f"/cases/{planned}")

    assert "8月21日起可登记" in page.text
    assert "5 天后自动解除" in page.text
    assert f"/cases/{planned}/steps/register" not in page.text
    assert ">交上材料</button>" in page.text


def test_an_early_end_needs_its_reason(browser: Open, city: World, planned: str, clock: Clock) -> None:
    city.do("register", planned, materials=FORMS, now=at(8, 25))
    clock.now = at(9, 17, 20)
    visitor = browser(WANG)

    assert headline(visitor.get(f"/cases/{planned}")) == "9月18日 周一起可以“确认举办”，现在不用办什么"
    done = visitor.post(f"/cases/{planned}/steps/hold", {"reason": "下大雨"})

    assert (done.status_code, activity(city).state) == (303, "held")


def test_what_only_a_date_asks_for_is_not_said_of_the_step(
    browser: Open, city: World, planned: str, clock: Clock
) -> None:
    city.do("register", planned, force=True, reason="平台故障", now=at(8, 25))
    clock.now = at(9, 6)

    page = browser(WANG).get(f"/cases/{planned}")

    assert headline(page) == "活动登记表备案已逾期 7 天，还差 1 样"
    assert 'name="file.application_form"' in page.text
    assert ">交上材料</button>" in page.text


def test_an_auditor_sees_all_of_it_and_has_no_buttons(browser: Open, held: str, auditor: str) -> None:
    page = browser(auditor).get(f"/cases/{held}")

    assert headline(page) == "现在是“已举办”，下一步“完善信息”不用您办"
    assert f'action="/cases/{held}' not in page.text
    assert "其他办理" not in page.text
    assert WANG not in page.text


def test_an_auditor_changes_nothing_by_a_form_of_their_own(
    browser: Open, city: World, held: str, auditor: str
) -> None:
    answer = browser(auditor).post(f"/cases/{held}/steps/note", {"reason": "看过"})

    assert (answer.status_code, "没有办理权限" in answer.text) == (422, True)
    assert activity(city).version == 3


@pytest.mark.parametrize("path", ["", "/history", "/print", "/form", "/edit", "/hand-over", "/steps/note"])
def test_a_colleague_elsewhere_does_not_learn_that_it_exists(browser: Open, held: str, path: str) -> None:
    assert browser(LI).get(f"/cases/{held}{path}").status_code == 404


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("path", ["", "/history", "/print", "/form", "/form/print", "/edit", "/hand-over"])
def test_every_page_is_there_in_both_languages(browser: Open, held: str, path: str, lang: str) -> None:
    for who in (WANG, LEAD, ADMIN):
        visitor = browser(who)
        visitor.cookies.set("duban_lang", lang)

        page = visitor.get(f"/cases/{held}{path}")

        assert page.status_code == 200
        assert f'lang="{"en" if lang == "en" else "zh-CN"}"' in page.text


def test_history_tells_each_change_as_a_sentence(browser: Open, held: str) -> None:
    page = browser(WANG).get(f"/cases/{held}/history")

    assert headline(page) == "共 3 次改动，最新的在前"
    assert "由 已登记 改为 已举办" in page.text
    assert page.text.index("改为 已举办") < page.text.index("改为 已登记")


def test_the_sheet_for_paper_leads_back_by_a_code(browser: Open, held: str) -> None:
    page = browser(WANG).get(f"/cases/{held}/print").text

    assert "pic-qr" in page
    assert f"打印自 http://127.0.0.1:8000/cases/{held}" in page
    assert "第 3 版的校验值" in page


def test_links_of_a_mail_followed_by_a_scanner_change_nothing(browser: Open, city: World, held: str) -> None:
    before = (city.rows(case), city.rows(history))
    scanner, owner = browser(None), browser(WANG)

    for _ in range(20):
        assert scanner.get(f"/cases/{held}").status_code == 303
        assert owner.get(f"/cases/{held}").status_code == 200

    assert (city.rows(case), city.rows(history)) == before
