"""Rolling a report up on its page: figures, gaps, photos to choose, a draft to download, handed in once."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest

from config.schedule import Role
from engine.actors import SYSTEM
from engine.drafts import PersonDraft, RightDraft
from engine.home import Home
from engine.roster import save_people
from engine.tables import case, form_draft, history, material
from tests.engine.rollup.season import held, photo, report
from tests.engine.world import ADMIN, LEAD, LI, NOW, WANG, World, at, link
from tests.web.browser import Browser
from tests.web.case.conftest import headline
from tests.web.conftest import Clock

Open = Callable[[str | None], Browser]
FAR = "far@example.cn"


@pytest.fixture
def owed(city: World, home: Home, clock: Clock) -> str:
    """Give the number of a county's report, with one activity that took place."""
    [ref] = city.enter()
    held(city, ref, home.store, people=120)
    city.do("attach", ref, materials=(photo(home.store, "green"), photo(home.store, "blue")), now=at(9, 27))
    clock.now = at(9, 27, 10)
    return report(city)


def test_it_begins_with_the_figures(browser: Open, owed: str) -> None:
    page = browser(WANG).get(f"/cases/{owed}/rollup")

    assert headline(page) == "已汇总 1 项活动，120 人次参与"
    assert "信息完善" in page.text
    assert page.text.count('class="button main"') == 1


def test_the_page_of_the_report_leads_there(browser: Open, owed: str) -> None:
    assert f'href="/cases/{owed}/rollup"' in browser(WANG).get(f"/cases/{owed}").text


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("who", [WANG, LEAD, ADMIN])
def test_it_is_there_in_both_languages(browser: Open, owed: str, who: str, lang: str) -> None:
    visitor = browser(who)
    visitor.cookies.set("duban_lang", lang)

    assert visitor.get(f"/cases/{owed}/rollup").status_code == 200


def test_the_draft_is_a_package(browser: Open, owed: str) -> None:
    answer = browser(WANG).get(f"/cases/{owed}/rollup/package")

    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    with ZipFile(BytesIO(answer.content)) as package:
        assert {"index.html", "总结报告.docx", "汇总表.xlsx"} < set(package.namelist())


def test_links_are_chosen_on_the_page(browser: Open, city: World, owed: str) -> None:
    visitor = browser(WANG)
    assert "新闻链接（已选 1 条，共 1 条）" in visitor.get(f"/cases/{owed}/rollup").text

    answer = visitor.post(f"/cases/{owed}/rollup/links", {"link": ["x", "999"]})

    assert (answer.status_code, city.rows(form_draft)[0].answers) == (303, {"links": []})
    assert "新闻链接（已选 0 条，共 1 条）" in visitor.get(f"/cases/{owed}/rollup").text
    assert "接着填" not in visitor.get(f"/cases/{owed}").text


def test_photos_are_chosen_on_the_page(browser: Open, city: World, owed: str) -> None:
    photos = [str(one.id) for one in city.rows(material, kind="photo")]
    visitor = browser(WANG)

    answer = visitor.post(f"/cases/{owed}/rollup/photos", {"shown": photos, "photo": photos[2:], "page": "1"})

    [row] = city.rows(form_draft)
    assert (answer.status_code, row.answers) == (303, {"photos": [int(photos[2])]})
    assert "照片（已选 1 张，共 3 张）" in visitor.get(f"/cases/{owed}/rollup").text
    assert "接着填" not in visitor.get(f"/cases/{owed}").text


def test_a_photo_is_seen_small_by_who_rolls_up_alone(browser: Open, city: World, owed: str) -> None:
    [number, *_] = [one.id for one in city.rows(material, kind="photo")]
    path = f"/cases/{owed}/rollup/photos/{number}"

    assert browser(WANG).get(path).headers["content-type"] == "image/jpeg"
    assert browser(LI).get(path).status_code == 404
    assert browser(WANG).get(f"/cases/{owed}/rollup/photos/999999").status_code == 404


def test_a_photo_of_another_county_is_none_of_theirs(
    browser: Open, city: World, home: Home, owed: str
) -> None:
    [other] = city.enter(1, title="丰泽一课", region="350503", unit="丰泽实验小学", coordinator=LI)
    city.do("attach", other, materials=(photo(home.store, "black"),), now=at(9, 27))
    last = city.rows(material, kind="photo")[-1].id

    assert browser(WANG).get(f"/cases/{owed}/rollup/photos/{last}").status_code == 404


def test_handed_in_it_is_frozen(browser: Open, city: World, owed: str) -> None:
    visitor = browser(WANG)
    done = visitor.post(f"/cases/{owed}/rollup")

    page = visitor.get(f"/cases/{owed}/rollup")

    assert (done.status_code, headline(page)) == (303, "这一份已经报送，汇总包不再变动")
    [kept] = city.rows(material, kind="package")
    assert kept.sha256 in page.text
    assert kept.sha256 in city.rows(history, subject=f"case:{owed}")[-1].details
    assert visitor.get(f"/cases/{owed}/rollup/package").headers["content-length"] == str(kept.size)


def test_handed_in_its_materials_stay_and_the_page_says_so(browser: Open, city: World, owed: str) -> None:
    visitor = browser(WANG)
    visitor.post(f"/cases/{owed}/rollup")
    number = city.rows(material, kind="package")[0].id

    answer = visitor.post(f"/cases/{owed}/materials/{number}/remove", {"reason": "传错了"})

    page = visitor.get(f"/cases/{owed}").text
    assert (answer.status_code, "不能再“撤下材料”" in answer.text) == (422, True)
    assert ("材料已经报送，不再变动" in page, f"/materials/{number}/remove" in page) == (True, False)


def test_no_page_leads_to_a_package_that_never_was(browser: Open, city: World, owed: str) -> None:
    city.do("submit", owed, materials=(link("report"),), now=at(9, 27, 11))

    page = browser(WANG).get(f"/cases/{owed}").text

    assert ("查看报送时的汇总包" in page, f"/cases/{owed}/rollup" in page) == (False, False)


def test_a_second_click_hands_nothing_in_again(browser: Open, city: World, owed: str) -> None:
    visitor = browser(WANG)
    visitor.post(f"/cases/{owed}/rollup")

    again = visitor.post(f"/cases/{owed}/rollup")

    assert (again.status_code, len(city.rows(material, kind="package"))) == (303, 1)


def test_what_stands_against_it_is_told(browser: Open, city: World, owed: str) -> None:
    filing = report(city, "filing")

    answer = browser(WANG).post(f"/cases/{filing}/rollup")

    assert (answer.status_code, "缺 1 份活动登记表" in answer.text) == (422, True)
    assert city.rows(case, ref=filing)[0].state == "due"


@pytest.mark.parametrize("path", ["", "/package"])
def test_elsewhere_there_is_no_such_report(browser: Open, city: World, owed: str, path: str) -> None:
    rights = (RightDraft(role=Role.ADMIN, region="410700"),)
    with city.database.write() as conn:
        save_people(conn, [PersonDraft(name="远方", email=FAR, rights=rights)], actor=SYSTEM, now=NOW)

    assert browser(FAR).get(f"/cases/{owed}/rollup{path}").status_code == 404
    assert browser(LI).get(f"/cases/{owed}/rollup{path}").status_code == 404


def test_an_activity_is_not_rolled_up(browser: Open, city: World) -> None:
    [ref] = city.enter()

    answer = browser(WANG).get(f"/cases/{ref}/rollup")

    assert (answer.status_code, "不是报送事项" in answer.text) == (422, True)


def test_a_hostile_choice_changes_nothing_else(browser: Open, city: World, owed: str) -> None:
    wrong = {"shown": ["1e9", "-1", "９", "9" * 30], "photo": ["x", "12; drop"], "page": "x"}

    answer = browser(WANG).post(f"/cases/{owed}/rollup/photos", wrong)

    assert answer.status_code == 303
    assert len(city.rows(form_draft)[0].answers["photos"]) == 2
