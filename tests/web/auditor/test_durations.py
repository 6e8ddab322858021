"""How long it took: states, late, forced and undone steps, by notice and county."""

import pytest

from tests.engine.world import World, at
from tests.web.auditor.conftest import FIRST, SECOND
from tests.web.browser import Browser


def section(page: str, title: str) -> str:
    """Return what stands under a heading."""
    return page.partition(f"<h2>{title}</h2>")[2].partition("</section>")[0]


def test_the_states_are_told_with_middle_and_longest_stay(auditor: Browser) -> None:
    page = auditor.get("/history/durations?kind=activity").text
    registered = section(page, "在每个状态停留多久").partition("已登记")[2].partition("</tr>")[0]

    assert '<td class="num" data-label="次数">2</td>' in registered
    assert '<td class="num" data-label="还在">1</td>' in registered
    assert '<td class="num" data-label="一半不到">29 天</td>' in registered
    assert '<td class="num" data-label="最长">38 天</td>' in registered


def test_late_forced_and_undone_steps_are_listed(auditor: Browser, past: World) -> None:
    past.do("return", FIRST, reason="照片看不清", now=at(9, 30))
    past.do("complete_info", FIRST, now=at(10, 7))
    page = auditor.get("/history/durations").text

    assert FIRST in section(page, "晚办的步")
    assert SECOND in section(page, "强制的步")
    assert "照片看不清" in section(page, "退回和恢复的步")
    assert "鲤城区" in section(page, "按通知和地区")


def test_another_region_has_none_of_it(auditor: Browser, stranger_auditor: Browser) -> None:
    assert FIRST not in auditor.get("/history/durations?region=350503").text
    assert "还没有走过一步的事项" in stranger_auditor.get("/history/durations").text


@pytest.mark.parametrize("query", ["region=九州", "region=999999"])
def test_a_region_that_is_none_is_told_at_its_field(query: str, auditor: Browser) -> None:
    answer = auditor.get(f"/history/durations?{query}")

    assert answer.status_code == 422
    assert 'class="problem"' in answer.text
