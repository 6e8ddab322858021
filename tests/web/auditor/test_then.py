"""Back to a day: the whole city, one case, somebody's rights, a schedule, a template as they stood."""

from datetime import date

import pytest

from config.catalogue import catalogue
from config.schedule import Role
from engine.actors import SYSTEM
from engine.rights import NewRight, grant
from engine.template_versions import save
from tests.engine.world import NOTICE, WANG, World, at
from tests.web.auditor.conftest import FIRST, SECOND
from tests.web.browser import Browser


def row_of(page: str, ref: str) -> str:
    """Return the row of a case in a list."""
    return page.partition(f"/history/at/case:{ref}?")[2].partition("</tr>")[0]


def test_on_28_september_the_state_of_then_is_shown_beside_that_of_now(auditor: Browser) -> None:
    page = auditor.get("/history/at?on=2023-09-28").text

    assert "9月28日 周四 结束时，共有 5 个事项" in page
    assert "那时</td>" not in page
    assert '<td data-label="那时">已举办</td>' in row_of(page, FIRST)
    assert '<span class="badge main">信息已完善</span>' in row_of(page, FIRST)
    assert '<td data-label="现在">已登记</td>' in row_of(page, SECOND)


def test_one_case_then_and_now_side_by_side(auditor: Browser) -> None:
    page = auditor.get(f"/history/at/case:{FIRST}?on=2023-09-28").text

    assert f"9月28日 周四 结束时，{FIRST} 的状态是“已举办”" in page
    assert "与现在有 2 处不同" in page
    materials = page.partition('<th scope="row">材料</th>')[2].partition("</tr>")[0]
    assert "1 张照片" not in materials.partition("现在")[0]
    assert "1 张照片" in materials.partition("现在")[2]


def test_a_case_that_was_not_there_yet_says_so(auditor: Browser) -> None:
    page = auditor.get(f"/history/at/case:{FIRST}?on=2023-08-01").text

    assert f"还没有 {FIRST}" in page
    assert f'href="/history/case:{FIRST}">看它的全部变化' in page


def test_an_hour_of_a_day_can_be_asked_for(auditor: Browser) -> None:
    before = auditor.get(f"/history/at/case:{FIRST}?on=2023-09-29&time=15:59").text
    after = auditor.get(f"/history/at/case:{FIRST}?on=2023-09-29&time=16:00").text

    assert "“已举办”" in before
    assert "“信息已完善”" in after


def test_a_late_entry_counts_only_by_when_it_happened(auditor: Browser, past: World) -> None:
    past.do("hold", SECOND, now=at(9, 30), occurred_at=at(9, 21))
    path = f"/history/at/case:{SECOND}?on=2023-09-25"

    assert "“已登记”" in auditor.get(path).text
    assert "“已举办”" in auditor.get(f"{path}&by=occurred").text


def test_the_slider_leads_to_the_day_it_was_let_go_on_and_keeps_the_filter(auditor: Browser) -> None:
    answer = auditor.get("/history/at?first=2023-08-21&slide=38&state=held")

    assert answer.headers["location"] == "/history/at?on=2023-09-28&state=held"
    assert 'type="range"' in auditor.follow(answer).text


@pytest.mark.parametrize("query", ["on=2023-10-20", "on=2023-02-31", "on=2023-09-28&time=99:99"])
def test_a_moment_that_is_none_is_told_at_its_field(query: str, auditor: Browser) -> None:
    answer = auditor.get(f"/history/at?{query}")

    assert answer.status_code == 422
    assert 'class="problem"' in answer.text


def test_the_list_of_then_can_be_narrowed(auditor: Browser) -> None:
    page = auditor.get("/history/at?on=2023-09-28&state=held&kind=activity&q=科学课").text

    assert "符合条件的有 1 个事项" in page
    assert row_of(page, FIRST)
    assert not row_of(page, SECOND)


def test_the_rights_of_somebody_then_and_now(auditor: Browser, past: World) -> None:
    number = past.person(WANG).person_id
    assert number is not None
    with past.database.write() as conn:
        right = NewRight(role=Role.LEAD, region="350502")
        grant(conn, number, right, actor=SYSTEM, now=at(9, 29))
    page = auditor.get(f"/history/at/person:{number}?on=2023-09-28").text

    assert "王敏 有 1 项权限" in page
    assert "负责人" not in page.partition("现在的权限")[0]
    assert "福建省泉州市鲤城区负责人" in page.partition("现在的权限")[2]


def test_the_schedule_of_then_with_its_sources_and_what_was_changed_since(
    auditor: Browser, past: World
) -> None:
    text = catalogue()[NOTICE]
    past.apply(text.replace("2023-08-30", "2023-08-31"), now=at(9, 29))
    page = auditor.get(f"/history/at/notice:{NOTICE}?on=2023-09-28").text
    changed = page.partition("后来改了什么")[2].partition("</section>")[0]

    assert "的日程是第 1 版" in page
    assert "现在是第 2 版" in page
    assert "8月30日" in changed.partition("现在")[2]
    assert "六（二）" in page


def test_a_template_of_then_shows_what_was_changed_since(auditor: Browser, past: World) -> None:
    with past.database.write() as conn:
        name = "zh/reminder/subject.txt"
        save(conn, name, "新的主题", actor=SYSTEM, now=at(9, 29), expect_version=0)
    page = auditor.get("/history/at/template:zh/reminder/subject.txt?on=2023-09-28").text

    assert "用的是程序自带的文字" in page
    assert "<ins>" in page
    assert "新的主题" in page


def test_a_unit_then(auditor: Browser, past: World) -> None:
    assert "鲤城区科协" in auditor.get("/history/at/unit:1?on=2023-09-28").text
    assert auditor.get("/history/at/template:zh/nothing.txt").status_code == 404


def test_an_auditor_elsewhere_sees_no_case_of_then(stranger_auditor: Browser) -> None:
    page = stranger_auditor.get("/history/at?on=2023-09-28").text

    assert "共有 0 个事项" in page
    assert FIRST not in page


def test_only_days_of_the_past_are_offered(auditor: Browser) -> None:
    page = auditor.get("/history").text

    assert f'max="{date(2023, 9, 30).isoformat()}"' in page
    assert 'aria-valuetext="9月30日 周六"' in page
