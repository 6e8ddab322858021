from collections.abc import Callable

import pytest

from config.catalogue import catalogue
from config.schedule import Role
from engine.actors import SYSTEM
from engine.drafts import PersonDraft, RightDraft
from engine.planning import edit_schedule
from engine.roster import save_people
from engine.tables import case
from tests.engine.world import ADMIN, LEAD, NOTICE, NOW, WANG, World, at
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.web.notices.reading import words_of
from web.visit import LANG

Browse = Callable[..., Browser]
PAGE = f"/notices/{NOTICE}"
FAR = "far@example.cn"


def far_away(city: World) -> None:
    """Enter an admin of another city."""
    draft = PersonDraft(name="外地人", email=FAR, rights=(RightDraft(role=Role.ADMIN, region="410700"),))
    with city.database.write() as conn:
        save_people(conn, [draft], actor=SYSTEM, now=NOW)


def visible(city: World) -> int:
    """Return how many cases 王敏 may see: the two activities, and what her unit owes."""
    return len(city.rows(case, unit_id=1))


def test_the_list_answers_what_comes_next_and_counts_my_cases(browser: Browse, city: World) -> None:
    city.enter(2)

    page = browser(WANG).get("/notices").text

    assert words_of(page, "h1").startswith("有 1 份通知，最近的是：8月21日 周一起可以办登记发布")
    assert "泉州市全民科学素质工作领导小组 · 提升全民科学素质，助力科技自立自强" in page
    assert f'<a href="/cases?notice={NOTICE}">{visible(city)}</a>' in page


def test_only_an_admin_is_offered_what_can_be_put_in_force(browser: Browse, city: World) -> None:
    far_away(city)

    assert "让它生效" in browser(FAR).get("/notices").text
    assert "新乡市" in browser(FAR).get("/notices").text
    assert "让它生效" not in browser(ADMIN).get("/notices").text
    assert "录入新通知" not in browser(WANG).get("/notices").text


def test_every_date_says_which_words_of_which_notice_it_rests_on(browser: Browse) -> None:
    page = words_of(browser(WANG).get(PAGE).text)

    assert "信息完善：截止 9月30日 周六 本通知 六（二） 请各活动举办单位于2023年9月30日前" in page
    assert (
        "集中开展 9月17日 周日 至 9月23日 周六 中国科协等21部门关于举办2023年全国科普日活动的通知 一" in page
    )
    assert "登记发布：截止 9月下旬（9月21日至9月30日） 大致日期" in page
    assert "这样理解：“各单位”这里取县科协、市级成员单位和市级学会" in page


def test_a_milestone_says_who_is_told_on_which_day(browser: Browse) -> None:
    page = words_of(browser(WANG).get(PAGE).text)

    assert "提前 1 个工作日 9月28日 周四 联系人 未发" in page
    assert "逾期 3 个工作日 10月9日 周一 联系人、负责人、管理员 未发" in page
    assert "提醒结束的告知" in page


def test_what_has_left_and_what_lapsed_is_told_apart(browser: Browse, city: World, clock: Clock) -> None:
    city.enter()
    clock.now = at(9, 25)
    city.sweep(clock.now)
    city.apply(
        edit_schedule(catalogue()[NOTICE], {"milestones.information.due": "2023-09-27"}), now=clock.now
    )

    page = words_of(browser(WANG).get(PAGE).text)

    assert "9月27日 周三前要完成信息完善" in page
    assert "提前 7 个工作日 9月20日 周三 联系人 已发" in page
    assert "另有 2 次提醒在日程定下来时日子已过，不会补发。" in page


def test_contradictions_are_shown_to_admins_alone(browser: Browse) -> None:
    told = "“信息完善”的截止日2023年9月30日放假"

    assert told in browser(ADMIN).get(PAGE).text
    assert told not in browser(WANG).get(PAGE).text


@pytest.mark.parametrize("who", [WANG, LEAD])
def test_who_is_no_admin_of_it_can_look_and_not_edit(who: str, browser: Browse) -> None:
    mine = browser(who)

    assert mine.get(PAGE).status_code == 200
    assert "修改日程" not in mine.get(PAGE).text
    assert {mine.get(f"{PAGE}/edit").status_code, mine.post(f"{PAGE}/plan").status_code} == {403}
    assert mine.post(f"{PAGE}/apply").status_code == 403


def test_a_notice_of_another_city_is_not_there(browser: Browse, city: World) -> None:
    far_away(city)

    assert [browser(FAR).get(f"{PAGE}{path}").status_code for path in ("", "/edit", "/versions")] == [404] * 3


def test_a_notice_above_leads_down_and_the_one_below_up(browser: Browse, city: World) -> None:
    city.apply(catalogue()["national-2023"], notice="national-2023")
    mine = browser(WANG)

    assert f'<a href="{PAGE}">' in mine.get("/notices/national-2023").text
    assert '<a href="/notices/national-2023">' in mine.get(PAGE).text


@pytest.mark.parametrize("path", ["/notices", PAGE, f"{PAGE}/versions", f"{PAGE}/versions/1/1"])
def test_the_pages_speak_english_too(path: str, browser: Browse) -> None:
    mine = browser(ADMIN)
    mine.cookies.set(LANG, "en")

    page = mine.get(path)

    assert (page.status_code, "通知和日程" in page.text) == (200, False)
    assert "Notices and their schedules" in page.text or "Version" in page.text
