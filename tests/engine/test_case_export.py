"""A list of cases as a sheet: those of the filter, in its order, nothing in it alive."""

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy.event import listen

from engine.case_export import export_cases
from engine.case_filter import CaseFilter, Sort
from engine.case_view import case_view
from engine.listing import list_cases
from tests.engine.crowd import CITY, crowd, two_notices
from tests.engine.world import ADMIN, World, at
from workflows.wording import say

LATE = CaseFilter(actor=CITY, late=True, sort=Sort.DUE)


def sheet(world: World, wanted: CaseFilter, folder: Path, *, lang: str = "zh") -> list[tuple[object, ...]]:
    """Return the rows of the exported sheet."""
    path = folder / "list.xlsx"
    with world.database.read() as conn:
        export_cases(conn, wanted, path, now=at(9, 28, 10), lang=lang)
    return list(load_workbook(path).active.iter_rows(values_only=True))


def test_the_sheet_has_the_cases_of_the_list_in_its_order(world: World, tmp_path: Path) -> None:
    two_notices(world)
    with world.database.write() as conn:
        crowd(conn, seed=5)
        listed = list_cases(conn, LATE, now=at(9, 28, 10), per_page=500)

    rows = sheet(world, LATE, tmp_path)

    assert len(rows) > 10
    assert [row[0] for row in rows[1:]] == [one.ref for one in listed.items]
    assert [row[15] for row in rows[1:]] == [one.late[0].days for one in listed.items]


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", ("编号", "活动", "已策划")), ("en", ("Number", "Activity", "Planned"))]
)
def test_the_sheet_speaks_both_languages(
    lang: str, words: tuple[str, str, str], world: World, tmp_path: Path
) -> None:
    world.enter(1)

    rows = sheet(world, CaseFilter(actor=world.person(ADMIN), text="科学课"), tmp_path, lang=lang)

    assert (rows[0][0], rows[1][1], rows[1][5]) == words


def test_the_sheet_says_by_when_the_next_thing_is_due(world: World, tmp_path: Path) -> None:
    world.enter(1)

    heads, row = sheet(world, CaseFilter(actor=world.person(ADMIN), text="科学课"), tmp_path)

    told = dict(zip(heads, row, strict=True))
    assert (told["最近的节点"], told["截止日期"], told["开始日期"]) == (
        "活动登记表备案",
        datetime(2023, 8, 30),
        datetime(2023, 9, 17),
    )


def test_the_sheet_says_what_is_missing_in_the_words_of_the_page(world: World, tmp_path: Path) -> None:
    [ref] = world.enter(1)
    wanted = CaseFilter(actor=world.person(ADMIN), text="科学课")
    with world.database.read() as conn:
        page = case_view(conn, ref, actor=world.person(ADMIN), now=at(9, 28, 10))

    heads, row = sheet(world, wanted, tmp_path)

    [main] = [one for one in page.steps if one.main]
    assert heads[-1] == "还缺什么" and main.blockers
    assert row[-1] == "；".join(say(one, "zh") for one in main.blockers)


def test_a_sheet_of_many_takes_no_question_a_case(world: World, tmp_path: Path) -> None:
    two_notices(world)
    with world.database.write() as conn:
        crowd(conn, seed=5)
    asked: list[str] = []

    with world.database.read() as conn:
        listen(conn, "before_cursor_execute", lambda *given: asked.append(given[2]))
        export_cases(conn, CaseFilter(actor=CITY), tmp_path / "list.xlsx", now=at(9, 28, 10), lang="zh")

    assert 0 < len(asked) < 10


def test_days_in_the_sheet_are_dates_that_can_be_sorted_and_filtered(world: World, tmp_path: Path) -> None:
    world.enter(2)

    sheet(world, CaseFilter(actor=world.person(ADMIN), text="科学课"), tmp_path)

    page = load_workbook(tmp_path / "list.xlsx").active
    assert (page["G2"].is_date, page["G2"].number_format) == (True, "yyyy-mm-dd")
    assert (page.auto_filter.ref, page.freeze_panes) == ("A1:S3", "A2")
