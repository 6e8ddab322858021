"""A new activity is entered on one page, from nothing or like one of an earlier year."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from engine.tables import case, unit
from tests.engine.world import ADMIN, SCHOOL, UNIT, WANG, World
from tests.web.browser import Browser
from tests.web.case.conftest import activity, headline
from tests.web.conftest import Clock

Open = Callable[[str | None], Browser]


def own(city: World, name: str = UNIT) -> str:
    return str(city.rows(unit, name=name)[0].id)


def values(city: World) -> dict[str, str]:
    return {
        "notice": "quanzhou-2023",
        "title": "星空观测",
        "unit_id": own(city),
        "starts_on": "2023-09-20",
        "place": "东湖公园",
    }


def test_a_new_activity_leads_to_its_page(browser: Open, city: World) -> None:
    visitor = browser(WANG)

    page = visitor.follow(visitor.post("/cases/new", values(city)))

    row = activity(city)
    assert "已新建，编号 QZ-2023-0001" in page.text
    assert (row.title, str(row.ends_on), row.state) == ("星空观测", "2023-09-20", "planned")


def test_one_chooses_among_ones_own_units(browser: Open, city: World) -> None:
    mine, all_of_them = browser(WANG).get("/cases/new").text, browser(ADMIN).get("/cases/new").text

    assert (UNIT in mine, SCHOOL in mine, SCHOOL in all_of_them) == (True, False, True)


def test_what_is_wrong_is_told_at_its_field_and_the_rest_is_kept(browser: Open, city: World) -> None:
    sent = values(city) | {"title": "", "starts_on": "2032-09-20"}

    answer = browser(WANG).post("/cases/new", sent)

    assert answer.status_code == 422
    for shown in ('id="f-title-problem"', 'id="f-starts_on-problem"', 'value="东湖公园"'):
        assert shown in answer.text
    assert city.rows(case, kind="activity") == []


@pytest.mark.parametrize("notice", ["", "nowhere-2023"])
def test_a_notice_that_takes_none_is_refused(browser: Open, city: World, notice: str) -> None:
    answer = browser(WANG).post("/cases/new", values(city) | {"notice": notice})

    assert (answer.status_code, city.rows(case, kind="activity")) == (422, [])


def test_an_activity_is_not_entered_for_somebody_elses_unit(browser: Open, city: World) -> None:
    answer = browser(WANG).post("/cases/new", values(city) | {"unit_id": own(city, SCHOOL)})

    assert (answer.status_code, city.rows(case, kind="activity")) == (422, [])


def test_last_years_activity_is_copied_with_its_dates_moved(browser: Open, city: World, clock: Clock) -> None:
    [ref] = city.enter(title="2023年科普讲堂")
    clock.now = datetime(2024, 8, 1, tzinfo=UTC)
    visitor = browser(WANG)

    listed = visitor.get("/cases/copy")
    page = visitor.get(f"/cases/new?copy={ref}")

    assert headline(listed) == "照哪一项新建？往年共 1 项"
    assert f"/cases/new?copy={ref}" in listed.text
    assert headline(page) == "照“2023年科普讲堂”新建，请核对日期和地点"
    assert 'value="文化广场"' in page.text


def test_a_first_year_has_nothing_to_copy_and_says_so(browser: Open, city: World) -> None:
    page = browser(WANG).get("/cases/copy")

    assert headline(page) == "往年没有可以照搬的活动"
    assert 'href="/cases/new"' in page.text
