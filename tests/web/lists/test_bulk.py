"""A step for three hundred cases, seven of which cannot take it: the plan, the rest, all or none."""

import re
from collections import Counter
from collections.abc import Callable

import pytest
from httpx2 import Response
from sqlalchemy import select

from engine.tables import case
from tests.engine.world import ADMIN, FORMS, LEAD, LI, SCHOOL, WANG, World, at
from tests.web.browser import Browser
from tests.web.conftest import Clock

Sign = Callable[[str | None], Browser]


@pytest.fixture
def season(city: World, clock: Clock) -> list[str]:
    """Enter 300 activities on the day registration is open; seven lack their forms."""
    clock.now = at(9, 1)
    refs = city.enter(300)
    city.do("attach", *refs[7:], materials=FORMS, now=clock.now)
    return refs


def fields(answer: Response) -> dict[str, str]:
    """Return the hidden fields of a plan's last form."""
    form = answer.text.partition('action="/cases/bulk/do"')[2].partition("</form>")[0]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def planned(admin: Browser, **more: str) -> Response:
    """Ask what registering all cases of the list would do."""
    return admin.post(
        "/cases/bulk/plan", {"trigger": "register", "all": "1", "query": "kind=activity"} | more
    )


def states(city: World) -> Counter[str]:
    with city.database.read() as conn:
        return Counter(conn.scalars(select(case.c.state).where(case.c.kind == "activity")))


def test_the_plan_says_what_would_happen_and_nothing_does(
    season: list[str], city: World, browser: Sign
) -> None:
    answer = planned(browser(ADMIN))

    assert answer.status_code == 200
    assert "登记：300 项中能办 293 项，7 项现在办不了" in answer.text
    assert "7 项：缺 1 份登记表；缺 1 条平台发布链接" in answer.text
    assert f'href="/cases/{season[0]}"' in answer.text
    assert states(city) == {"planned": 300}


def test_the_rest_is_done_and_the_result_names_both(season: list[str], city: World, browser: Sign) -> None:
    admin = browser(ADMIN)
    form = fields(planned(admin))

    answer = admin.follow(admin.post("/cases/bulk/do", form | {"mode": "rest"}))

    assert "登记：办好 293 项，7 项没有办" in answer.text
    assert states(city) == {"planned": 7, "registered": 293}


def test_all_or_nothing_does_none_and_says_why(season: list[str], city: World, browser: Sign) -> None:
    admin = browser(ADMIN)
    form = fields(planned(admin))

    answer = admin.post("/cases/bulk/do", form | {"mode": "whole"})

    assert answer.status_code == 422
    assert "300 项中有 7 项现在办不了，全部没有改动" in answer.text
    assert states(city) == {"planned": 300}


def test_sending_the_form_twice_does_it_once(season: list[str], city: World, browser: Sign) -> None:
    admin = browser(ADMIN)
    form = fields(planned(admin)) | {"mode": "rest"}

    first, second = admin.post("/cases/bulk/do", form), admin.post("/cases/bulk/do", form)

    assert second.headers["location"] == first.headers["location"]
    assert "办好 293 项" in admin.follow(second).text


def test_only_those_ticked_are_taken(season: list[str], city: World, browser: Sign) -> None:
    admin = browser(ADMIN)

    form = fields(admin.post("/cases/bulk/plan", {"trigger": "register", "refs": season[10:13]}))
    admin.post("/cases/bulk/do", form | {"mode": "whole"})

    assert states(city) == {"planned": 297, "registered": 3}


def test_a_step_that_needs_a_reason_asks_for_it_first(season: list[str], city: World, browser: Sign) -> None:
    admin = browser(ADMIN)
    ticked = {"trigger": "cancel", "refs": season[:2]}

    without, with_it = (admin.post("/cases/bulk/plan", ticked | {"reason": why}) for why in ("", "台风停办"))
    admin.post("/cases/bulk/do", fields(with_it) | {"mode": "whole"})

    assert "取消 2 项，请先写明原因" in without.text and "/cases/bulk/do" not in without.text
    assert states(city) == {"planned": 298, "cancelled": 2}


@pytest.mark.parametrize("address", [WANG, LEAD])
def test_a_case_of_another_county_is_not_there(address: str, city: World, browser: Sign) -> None:
    city.enter(1)
    [far] = city.enter(1, region="350503", unit=SCHOOL, coordinator=LI)

    answer = browser(address).post("/cases/bulk/plan", {"trigger": "register", "refs": ["QZ-2023-0001", far]})

    assert answer.status_code == 404
    assert SCHOOL not in answer.text


def test_a_coordinator_is_not_offered_to_send_back_and_cannot(city: World, browser: Sign) -> None:
    refs = city.enter(1)
    wang = browser(WANG)

    assert 'value="return"' not in wang.get("/cases").text
    assert wang.post("/cases/bulk/plan", {"trigger": "return", "refs": refs}).status_code == 422
    assert 'value="return"' in browser(LEAD).get("/cases").text


def test_nothing_ticked_says_what_to_do(city: World, browser: Sign) -> None:
    answer = browser(ADMIN).post("/cases/bulk/plan", {"trigger": "register"})

    assert answer.status_code == 422
    assert "请先勾选要办的" in answer.text


def test_somebody_elses_result_is_gone(season: list[str], browser: Sign) -> None:
    admin = browser(ADMIN)
    where = admin.post("/cases/bulk/do", fields(planned(admin)) | {"mode": "rest"}).headers["location"]

    answer = browser(LEAD).get(where)

    assert (answer.status_code, answer.headers["location"]) == (303, "/cases")
