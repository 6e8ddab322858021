"""Units: found, entered, corrected by admins of their region."""

from collections.abc import Callable

import pytest

from engine.tables import unit
from tests.engine.world import ADMIN, LEAD, SCHOOL, UNIT, World, at
from tests.web.browser import Browser
from tests.web.conftest import Clock

Sign = Callable[[str | None], Browser]

NEW = {"name": "泉州市科技馆", "region": "350500", "level": "city", "kind": "venue"}


def test_units_are_found_with_what_they_filed(city: World, browser: Sign) -> None:
    city.enter(2)
    admin = browser(ADMIN)

    assert "本地区有 2 个单位" in admin.get("/units").text
    assert SCHOOL not in admin.get("/units?region=350502").text
    assert UNIT not in admin.get("/units?q=小学&kind=school").text
    assert SCHOOL not in browser(LEAD).get("/units").text


def test_silent_units_are_told_apart(city: World, clock: Clock, browser: Sign) -> None:
    city.enter(1)
    clock.now = at(9, 1)
    admin = browser(ADMIN)

    silent, owing = (admin.get(f"/units?gap={gap}").text for gap in ("no_activity", "owes_report"))

    assert "有 1 个单位一项活动也没有报" in silent and SCHOOL in silent and UNIT not in silent
    assert "有 1 个单位还没有报送" in owing and UNIT in owing


def test_a_units_page_has_its_people_and_cases(city: World, browser: Sign) -> None:
    [ref] = city.enter(1)
    [first, *_] = city.rows(unit, name=UNIT)

    answer = browser(ADMIN).get(f"/units/{first.id}").text

    assert "报了 1 项活动" in answer and f'href="/cases/{ref}"' in answer and "王敏" in answer


def test_a_unit_is_entered_and_corrected(city: World, browser: Sign) -> None:
    admin = browser(ADMIN)

    page = admin.follow(admin.post("/units/new", NEW))
    [row] = city.rows(unit, name="泉州市科技馆")
    admin.post(f"/units/{row.id}", NEW | {"name": "泉州科技馆", "region": "350502"})

    assert "已添加泉州市科技馆" in page.text
    [row] = city.rows(unit, id=row.id)
    assert (row.name, row.region, row.version) == ("泉州科技馆", "350500", 2)


def test_a_unit_is_placed_by_the_name_of_its_region(city: World, browser: Sign) -> None:
    browser(ADMIN).post("/units/new", NEW | {"region": "泉州市"})

    [row] = city.rows(unit, name="泉州市科技馆")
    assert row.region == "350500"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": ""}, "请填写单位全称"),
        ({"name": UNIT, "region": "350502"}, "这个地区已有同名单位"),
        ({"kind": "x"}, "请选择类型"),
        ({"region": ""}, "请填写"),
        ({"region": "火星"}, "找不到地区"),
    ],
)
def test_what_is_wrong_is_told(wrong: dict[str, str], told: str, city: World, browser: Sign) -> None:
    answer = browser(ADMIN).post("/units/new", NEW | wrong)

    assert answer.status_code == 422 and told in answer.text
    assert len(city.rows(unit)) == 2


def test_a_unit_of_another_region_is_not_theirs(city: World, browser: Sign) -> None:
    [school] = city.rows(unit, name=SCHOOL)

    assert browser(ADMIN).post("/units/new", NEW | {"region": "410700"}).status_code == 403
    assert browser(LEAD).get(f"/units/{school.id}").status_code == 404
    assert len(city.rows(unit)) == 2
