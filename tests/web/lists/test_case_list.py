"""The list of cases: filters in its address, pages, orders, the sheet, and nobody else's cases."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from config.schedule import CaseKind, Role
from engine.actors import SYSTEM
from engine.drafts import PersonDraft, RightDraft
from engine.listing import list_cases
from engine.roster import save_people
from tests.engine.world import ADMIN, LI, NOW, SCHOOL, UNIT, WANG, World, at
from tests.web.browser import Browser
from tests.web.conftest import Clock
from web.desks.lists.case_query import CaseQuery, query_of_text
from web.visit import LANG

Sign = Callable[[str | None], Browser]


@pytest.fixture
def cases(city: World) -> World:
    """Enter sixty activities of two counties; the county of the second has one."""
    city.enter(59)
    city.enter(1, title="丰泽的活动", region="350503", unit=SCHOOL, coordinator=LI)
    return city


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/cases?kind=activity", "符合条件的有 60 项"),
        ("/cases?region=350503&kind=activity", "符合条件的有 1 项"),
        ("/cases?region=350500.&kind=activity", "符合条件的有 0 项"),
        ("/cases?state=planned&state=held", "符合条件的有 60 项"),
        ("/cases?q=丰泽的", "符合条件的有 1 项"),
        ("/cases?coordinator=李强&kind=activity", "符合条件的有 1 项"),
        ("/cases?kind=activity&notice=quanzhou-2023&milestone=information&standing=open", "有 60 项"),
        ("/cases?standing=late", "有 0 项逾期"),
    ],
)
def test_a_filter_says_how_many_it_finds(address: str, told: str, cases: World, browser: Sign) -> None:
    answer = browser(ADMIN).get(address)

    assert answer.status_code == 200
    assert told in answer.text


def test_the_pages_follow_each_other_and_keep_the_filter(cases: World, browser: Sign) -> None:
    admin = browser(ADMIN)

    first, second = (admin.get(f"/cases?kind=activity&page={page}").text for page in (1, 2))

    assert first.count('name="refs"') == 50 and second.count('name="refs"') == 10
    assert 'href="/cases?kind=activity&amp;page=2"' in first


def test_a_heading_sorts_and_sorts_back(cases: World, browser: Sign) -> None:
    answer = browser(ADMIN).get("/cases?kind=activity&sort=title")

    assert 'aria-sort="ascending"' in answer.text
    assert "sort=title&amp;down=1" in answer.text
    assert answer.text.index("丰泽的活动") < answer.text.index("科学课 1")


def test_everybody_sees_their_own_and_an_auditor_ticks_nothing(cases: World, browser: Sign) -> None:
    right = RightDraft(role=Role.AUDITOR, region="350503")
    auditor = PersonDraft(name="郑审计", email="zheng@example.cn", rights=(right,))
    with cases.database.write() as conn:
        save_people(conn, [auditor], actor=SYSTEM, now=NOW)

    mine, audited = browser(WANG).get("/cases?kind=activity"), browser("zheng@example.cn").get("/cases")

    assert "丰泽的活动" not in mine.text and "有 59 项" in mine.text
    assert "丰泽的活动" in audited.text and "科学课 1" not in audited.text
    assert 'name="refs"' in mine.text and 'name="refs"' not in audited.text


def test_a_standing_without_its_milestone_says_what_is_missing(cases: World, browser: Sign) -> None:
    answer = browser(ADMIN).get("/cases?standing=open")

    assert answer.status_code == 422
    assert "请同时选择节点" in answer.text


def test_the_list_speaks_english_too(cases: World, browser: Sign) -> None:
    admin = browser(ADMIN)
    admin.cookies.set(LANG, "en")

    assert "0 cases are late" in admin.get("/cases?kind=activity&standing=late").text


def test_the_sheet_is_the_list(cases: World, browser: Sign) -> None:
    answer = browser(ADMIN).get("/cases/export.xlsx?region=350503&kind=activity")

    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["编号", "QZ-2023-0060"]
    assert rows[1][2:6] == ("丰泽的活动", SCHOOL, "福建省泉州市丰泽区", "已策划")


def test_no_text_of_the_sheet_is_a_formula(city: World, browser: Sign) -> None:
    city.enter(1, title='=HYPERLINK("http://example.cn","x")')

    answer = browser(ADMIN).get("/cases/export.xlsx?kind=activity")

    [_, row] = load_workbook(BytesIO(answer.content)).active.iter_rows()
    assert (row[2].data_type, row[2].quotePrefix) == ("s", True)
    assert b"<f>" not in ZipFile(BytesIO(answer.content)).read("xl/worksheets/sheet1.xml")


def test_the_sheet_leaves_nothing_behind(cases: World, browser: Sign) -> None:
    admin = browser(ADMIN)
    admin.get("/cases/export.xlsx")

    assert list((admin.office.home.path / "tmp").iterdir()) == []


def test_markup_in_a_title_is_shown_as_it_was_typed(city: World, browser: Sign) -> None:
    city.enter(1, title="<script>alert(1)</script>")

    assert "<script>alert" not in browser(ADMIN).get("/cases").text


def test_an_address_comes_back_from_its_query() -> None:
    text = "notice=n&kind=activity&state=held&state=planned&region=350500.&milestone=m&standing=late&q=a+b"

    assert query_of_text(text).text_form == text
    assert query_of_text("kind=x&sort=y&standing=z&unit=-1&unit=%F0") == CaseQuery()


def test_late_cases_say_so(city: World, clock: Clock, browser: Sign) -> None:
    clock.now = at(10, 5, 10)
    city.enter(1)

    answer = browser(ADMIN).get("/cases?kind=activity")

    assert "逾期 5 天" in answer.text and UNIT in answer.text


def test_by_default_a_page_lists_first_what_is_due_first_and_last_what_is_done(city: World) -> None:
    done, owed = city.enter(2)
    city.do("cancel", done, reason="停电", now=at(8, 20))
    wanted = CaseQuery(kind=CaseKind.ACTIVITY).wanted(city.person(ADMIN))
    with city.database.read() as conn:
        listed = list_cases(conn, wanted, now=at(9, 1))

    assert [one.ref for one in listed.items] == [owed, done]
