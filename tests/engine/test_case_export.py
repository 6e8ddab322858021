"""A list of cases as a sheet: those of the filter, in its order, nothing in it alive."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from engine.case_export import export_cases
from engine.case_filter import CaseFilter, Sort
from engine.listing import list_cases
from tests.engine.crowd import CITY, crowd, two_notices
from tests.engine.world import ADMIN, World, at

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
        "2023-08-30",
        "2023-09-17",
    )
