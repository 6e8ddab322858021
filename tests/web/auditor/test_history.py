"""The list of changes: sentences with links, found by words and conditions, within one's regions."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from fastapi import FastAPI

from engine.audit.search import AuditLine, ChangeFilter, find_changes
from tests.engine.auditors import AUDITOR, SECOND
from tests.engine.world import ADMIN, LEAD, WANG, World, at
from tests.web.auditor.conftest import FIRST, NASTY
from tests.web.browser import Browser

PATHS = ("/history", "/history/at", "/history/durations", "/history/export?format=csv", "/verify")


def items(page: str) -> list[str]:
    """Return the changes of a page, each as it stands there."""
    return page.split('<li class="item"')[1:]


def test_the_newest_change_comes_first_as_a_sentence_with_links(auditor: Browser, past: World) -> None:
    page = auditor.get("/history").text
    wang = past.person(WANG).person_id

    assert "最近一处变化在 9月29日 16:00" in page
    assert items(page)[0].partition("<p>")[2].partition("</p>")[0] == (
        f'9月29日 16:00 <a href="/history?person={wang}">王敏</a> 把 '
        f'<a href="/history/case:{FIRST}">{FIRST}</a> 由 已举办 改为 信息已完善，附 1 张照片、1 个视频'
    )


def test_two_chinese_characters_find_a_reason(auditor: Browser) -> None:
    page = auditor.get("/history?q=故障").text

    assert len(items(page)) == 1
    assert "共 1 处变化" in page


def test_what_somebody_wrote_stays_text(auditor: Browser) -> None:
    page = auditor.get("/history?forced=1").text

    assert "<script>alert" not in page
    assert NASTY in unescape(page)
    assert "强制" in items(page)[0]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=case&step=hold", 1),
        ("kind=case&who=王敏", 3),
        ("kind=case&since=2023-09-20&until=2023-09-20", 1),
        ("kind=case&since=2023-09-21", 1),
        ("back=1", 0),
        ("kind=case&region=350503", 0),
        ("kind=case&region=350502", 9),
    ],
)
def test_a_condition_narrows_the_list(query: str, found: int, auditor: Browser) -> None:
    assert len(items(auditor.get(f"/history?{query}").text)) == found


def test_an_empty_list_says_so_and_leads_back(auditor: Browser) -> None:
    page = auditor.get("/history?q=没有这个词").text

    assert "没有符合条件的变化" in page
    assert '<a class="button" href="/history">看全部变化</a>' in page


@pytest.mark.parametrize("query", ["since=2023-02-31", "region=九州"])
def test_a_condition_that_is_none_is_told_at_its_field_and_kept(query: str, auditor: Browser) -> None:
    answer = auditor.get(f"/history?q=平台&{query}")

    assert answer.status_code == 422
    assert 'class="problem"' in answer.text
    assert 'value="平台"' in answer.text


def test_what_follows_is_appended_and_works_without_a_script(auditor: Browser, past: World) -> None:
    past.enter(60, title="又一场")
    first = auditor.get("/history?kind=case").text
    href = unescape(first.partition('rel="next" href="')[2].partition('"')[0])
    whole = auditor.get(href).text
    part = auditor.get(href, headers={"hx-request": "true"}).text

    assert len(items(first)) == 50
    assert len(items(whole)) == len(items(part)) == 19
    assert "<html" in whole
    assert "<html" not in part
    assert "data-focus" in part


def test_a_subject_shows_each_change_with_its_row(auditor: Browser, past: World) -> None:
    (line, *_) = past_changes(past)
    page = auditor.get(f"/history/case:{FIRST}").text

    assert f"事项 {FIRST} 共 4 处变化" in page
    assert len(items(page)) == 4
    assert f"第 4 版，历史第 {line.change.id} 行，哈希 {line.change.hash[:12]}" in page
    assert "照片“photo 1”" in page
    assert f'href="/cases/{FIRST}"' in page


def past_changes(past: World) -> tuple[AuditLine, ...]:
    """Return the changes of the first case, the newest first."""
    with past.database.read() as conn:
        return find_changes(conn, past.person(AUDITOR), ChangeFilter(subject=f"case:{FIRST}")).lines


def test_what_happened_before_it_was_entered_says_both(auditor: Browser, past: World) -> None:
    past.do("note", FIRST, reason="补记", now=at(9, 30), occurred_at=at(9, 21))
    page = auditor.get(f"/history/case:{FIRST}").text

    assert "2023-09-21 09:00:00" in page
    assert "2023-09-30 09:00:00" in page


def test_an_auditor_elsewhere_sees_nothing(stranger_auditor: Browser, past: World) -> None:
    wang = past.person(WANG).person_id

    assert items(stranger_auditor.get("/history?kind=case").text) == []
    assert "王敏" not in stranger_auditor.get("/history").text
    for subject in (f"case:{FIRST}", f"person:{wang}", "unit:1", "notice:quanzhou-2023"):
        assert stranger_auditor.get(f"/history/{subject}").status_code == 404
        assert stranger_auditor.get(f"/history/at/{subject}?on=2023-09-28").status_code == 404


@pytest.mark.parametrize("subject", ["case:QZ-2023-9999", "person:0", "nothing", "mail:x", "case:"])
def test_what_history_does_not_know_is_not_found(subject: str, auditor: Browser) -> None:
    assert auditor.get(f"/history/{subject}").status_code == 404


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("address", [WANG, LEAD])
def test_who_is_no_auditor_or_admin_is_refused(
    path: str, address: str, past: World, browser: Callable[[str | None], Browser]
) -> None:
    assert browser(address).get(path).status_code == 403


@pytest.mark.parametrize("path", PATHS)
def test_an_admin_may_look_as_well(path: str, past: World, browser: Callable[[str | None], Browser]) -> None:
    assert browser(ADMIN).get(path).status_code == 200


@pytest.mark.parametrize("path", [*PATHS[:3], f"/history/case:{FIRST}", "/verify"])
def test_every_page_speaks_english(path: str, past: World, app: FastAPI) -> None:
    reader = Browser(app, SECOND, lang="en")
    page = reader.get(path).text
    reader.close()

    assert '<html lang="en"' in page
    assert "Show" in page or "Verify" in page


@pytest.mark.parametrize(
    "path", [*PATHS[:3], f"/history/case:{FIRST}", f"/history/at/case:{FIRST}", "/verify"]
)
def test_no_name_stands_twice_on_a_page(path: str, auditor: Browser) -> None:
    names = re.findall(r' id="([^"]+)"', auditor.get(path).text)

    assert len(names) == len(set(names))
