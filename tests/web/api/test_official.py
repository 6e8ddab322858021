"""Official sheets by the API: given out, explained, taken in whole or not at all, given back marked."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from httpx2 import Response
from openpyxl import load_workbook

from engine.home import Home
from engine.tables import case, history
from tests.engine.official.town import LIST, written
from tests.engine.world import ADMIN, NOTICE, WANG, World
from tests.web.api.conftest import Program

Start = Callable[..., Program]
Send = Callable[..., Response]
HERE = "/imports/official"


@pytest.fixture
def send(city: World, tmp_path: Path, program: Start) -> Send:
    """Give ``send(path, ref, cell=value, map=[…])``: the table of an activity, some cells changed."""
    admin = program(ADMIN)

    def sent(where: str, ref: str, *, meanings: list[str] | None = None, **cells: str) -> Response:
        path = written(city, LIST, [ref], tmp_path / "表.xlsx", tmp_path)
        book = load_workbook(path)
        for place, value in cells.items():
            book.active[place] = value
        book.save(path)
        data: dict[str, Any] = {"notice": NOTICE, "map": meanings or []}
        return admin.ask("POST", where, data=data, files={"file": ("表.xlsx", path.read_bytes())})

    return sent


def test_the_sheets_are_listed_with_their_headings(city: World, program: Start) -> None:
    found = {one["key"]: one for one in program(WANG).get("/official-sheets").json()["items"]}

    assert (found["quanzhou_list"]["file"], found["quanzhou_application"]["file"]) == ("xlsx", "docx")
    assert "活动名称" in {one["heading"] for one in found["quanzhou_list"]["columns"]}


def test_a_blank_is_there_for_everybody_and_an_unknown_one_for_nobody(city: World, program: Start) -> None:
    wang = program(WANG)

    blank = wang.get("/official-sheets/quanzhou_application/blank")

    assert Document(BytesIO(blank.content)).tables[0].rows[0].cells[0].text == "活动名称"
    assert wang.get("/official-sheets/elsewhere/blank").status_code == 404


def test_the_activities_of_a_filter_go_onto_the_table_of_their_notice(city: World, program: Start) -> None:
    city.enter(2)

    answer = program(ADMIN).get("/exports/official", notice=NOTICE)

    page = load_workbook(BytesIO(answer.content)).active
    assert [page["B5"].value, page["B6"].value] == ["科学课 1", "科学课 2"]


def test_the_activities_of_a_filter_go_onto_documents_too(city: World, program: Start) -> None:
    city.enter(2)

    answer = program(ADMIN).get("/exports/official", notice=NOTICE, sheet="quanzhou_application")

    assert (answer.headers["content-type"], answer.content[:2]) == ("application/zip", b"PK")


def test_without_activities_a_sheet_has_to_be_named(city: World, program: Start) -> None:
    admin = program(ADMIN)

    asked = admin.get("/exports/official")
    named = admin.get("/exports/official", sheet="quanzhou_list")
    unknown = admin.get("/exports/official", sheet="elsewhere")

    assert (asked.status_code, asked.json()["type"]) == (422, "urn:duban:problem:official.choose")
    assert (named.status_code, unknown.status_code) == (200, 404)


def test_the_form_of_an_activity_is_filled_in_and_a_report_has_none(city: World, program: Start) -> None:
    [ref] = city.enter(1)
    admin = program(ADMIN)

    form = admin.get(f"/cases/{ref}/official-form")
    [report, *_] = admin.get("/cases", kind="report").json()["items"]

    cells = Document(BytesIO(form.content)).tables[0].rows[0].cells
    assert [cell.text for cell in cells][:2] == ["活动名称", "科学课 1"]
    assert admin.get(f"/cases/{report['ref']}/official-form").status_code == 404


def test_a_sheet_is_tried_then_taken_in(city: World, home: Home, send: Send) -> None:
    [ref] = city.enter(1)
    before = city.rows(case, ref=ref)

    tried = send(f"{HERE}?dry_run=true", ref, D5="体育馆").json()
    between = city.rows(case, ref=ref)
    done = send(HERE, ref, D5="体育馆").json()

    assert tried == done
    assert (done["updated"], [one["after"] for one in done["changes"]]) == ([ref], ["体育馆"])
    assert (between, city.rows(case, ref=ref)[0].place) == (before, "体育馆")


def test_a_heading_never_seen_is_asked_about_and_then_explained(city: World, send: Send) -> None:
    [ref] = city.enter(1)
    cells = {"D4": "活动的地点", "D5": "体育馆"}

    asked = send(HERE, ref, **cells)
    done = send(HERE, ref, meanings=["活动的地点=活动地点"], **cells)

    assert (asked.status_code, asked.json()["type"]) == (422, "urn:duban:problem:official.headings")
    [guess] = asked.json()["headings"]
    assert (guess["heading"], guess["column"]) == ("活动的地点", "活动地点")
    assert done.json()["updated"] == [ref]


def test_every_wrong_place_is_told_and_marked_in_the_file_itself(city: World, send: Send) -> None:
    [ref] = city.enter(1)
    before = city.rows(history)

    refused = send(HERE, ref, C5="9月31日")
    marked = send(f"{HERE}/marked", ref, C5="9月31日")

    page = load_workbook(BytesIO(marked.content)).active
    [wrong] = refused.json()["errors"]
    assert (refused.status_code, wrong["row"], wrong["column"]) == (422, 5, "活动时间")
    assert (page["I4"].value, "no such day" in page["I5"].value) == ("需要修改", True)
    assert city.rows(history) == before


def test_a_file_in_which_all_is_well_has_nothing_to_be_marked(city: World, send: Send) -> None:
    [ref] = city.enter(1)

    assert send(f"{HERE}/marked", ref).status_code == 204


def test_a_plain_sheet_comes_back_marked_too(city: World, program: Start) -> None:
    files = {"file": ("units.csv", "名称,地区,类型\n某单位,没有这里,科协\n".encode(), "text/csv")}

    answer = program(ADMIN).ask("POST", "/imports/marked", data={"kind": "unit"}, files=files)

    page = load_workbook(BytesIO(answer.content)).active
    assert "没有这里" in page["D2"].value


@pytest.mark.parametrize("kind", ["unit", "person", "activity"])
def test_an_empty_sheet_to_be_filled_in_is_given(kind: str, city: World, program: Start) -> None:
    answer = program(ADMIN).get(f"/imports/{kind}/template")

    assert (answer.status_code, answer.content[:2]) == (200, b"PK")


def test_only_an_admin_imports(city: World, program: Start) -> None:
    files = {"file": ("表.xlsx", b"x")}

    answer = program(WANG).ask("POST", HERE, data={"notice": NOTICE}, files=files)

    assert answer.status_code == 403
