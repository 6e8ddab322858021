"""Official sheets on pages: downloaded filled in, taken in after a look, given back marked."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from httpx2 import Response
from openpyxl import load_workbook

from engine.home import Home
from tests.engine.official.making import table
from tests.engine.official.town import LIST, written
from tests.engine.world import ADMIN, NOTICE, UNIT, WANG, World
from tests.web.browser import Browser

Sign = Callable[[str | None], Browser]
Send = Callable[..., Response]


@pytest.fixture
def send(city: World, tmp_path: Path, browser: Sign) -> Send:
    """Give ``send(ref, cell=value)``: the admin uploads the table of an activity, some cells changed."""
    admin = browser(ADMIN)

    def sent(ref: str, **cells: str) -> Response:
        path = written(city, LIST, [ref], tmp_path / "表.xlsx", tmp_path)
        book = load_workbook(path)
        for place, value in cells.items():
            book.active[place] = value
        book.save(path)
        files = {"file": ("表.xlsx", path.read_bytes())}
        return admin.post("/imports/official", {"notice": NOTICE}, files=files)

    return sent


def test_a_coordinator_downloads_the_form_of_an_activity_filled_in(city: World, browser: Sign) -> None:
    [ref] = city.enter(1)

    page = browser(WANG).get(f"/cases/{ref}").text
    answer = browser(WANG).get(f"/cases/{ref}/official.docx")

    table = Document(BytesIO(answer.content)).tables[0]
    assert f"/cases/{ref}/official.docx" in page
    assert [cell.text for cell in table.rows[0].cells][:2] == ["活动名称", "科学课 1"]


def test_a_list_is_exported_as_the_table_of_its_notice(city: World, browser: Sign) -> None:
    city.enter(2)

    answer = browser(ADMIN).get(f"/cases/official.xlsx?notice={NOTICE}")

    page = load_workbook(BytesIO(answer.content)).active
    assert page["A2"].value == "2023年泉州市全国科普日重点活动汇总表"
    assert [page["B5"].value, page["B6"].value] == ["科学课 1", "科学课 2"]


def test_a_blank_is_there_for_everybody(city: World, browser: Sign) -> None:
    answer = browser(WANG).get("/official/quanzhou_application/blank")

    assert Document(BytesIO(answer.content)).tables[0].rows[0].cells[0].text == "活动名称"


def test_a_sheet_is_looked_at_and_then_imported(city: World, browser: Sign, send: Send) -> None:
    [ref] = city.enter(1)
    admin = browser(ADMIN)

    where = send(ref, D5="体育馆").headers["location"]
    plan = admin.get(where).text
    done = admin.follow(admin.post(where)).text

    assert "将新增 0、修改 1、不变 0" in plan and "体育馆" in plan
    assert "已导入：新增 0、修改 1、不变 0" in done
    assert "体育馆" in admin.get(f"/cases/{ref}").text


def test_a_heading_never_seen_is_asked_about(city: World, browser: Sign, send: Send) -> None:
    [ref] = city.enter(1)
    admin = browser(ADMIN)

    where = send(ref, D4="活动的地点", D5="体育馆").headers["location"]
    asked = admin.get(where).text
    answer = admin.post(f"{where}/headings", {"h.活动的地点": "place"})
    plan = admin.get(answer.headers["location"]).text

    assert "有 1 个列名没有见过" in asked and '<option value="place" selected>' in asked
    assert "将新增 0、修改 1、不变 0" in plan and "体育馆" in plan


def test_what_is_wrong_is_marked_in_the_file_itself(city: World, browser: Sign, send: Send) -> None:
    [ref] = city.enter(1)
    admin = browser(ADMIN)

    where = send(ref, C5="9月31日").headers["location"]
    shown = admin.get(where)
    given = admin.get(f"{where}/marked?")

    page = load_workbook(BytesIO(given.content)).active
    assert (shown.status_code, "没有这一天" in shown.text) == (422, True)
    assert [page["I4"].value, "没有这一天" in page["I5"].value] == ["需要修改", True]


def test_a_file_that_is_no_sheet_is_refused_at_once(city: World, browser: Sign) -> None:
    files = {"file": ("照片.docx", b"no document")}

    answer = browser(ADMIN).post("/imports/official", {"notice": NOTICE}, files=files)

    assert (answer.status_code, "不是完好的 .docx 文档" in answer.text) == (422, True)


def test_only_an_admin_imports(city: World, browser: Sign) -> None:
    assert browser(WANG).get("/imports/official").status_code == 403


def test_new_activities_are_shown_before_they_are_imported(
    city: World, tmp_path: Path, browser: Sign
) -> None:
    row = (1, "讲堂", "9.18-9.19", "社区", UNIT, "王敏", "0595-22222222")
    files = {"file": ("表.xlsx", table(tmp_path / "表.xlsx", row).read_bytes())}
    admin = browser(ADMIN)

    where = admin.post("/imports/official", {"notice": NOTICE}, files=files).headers["location"]
    plan = admin.get(where).text

    assert "将新增的活动（1）" in plan
    assert all(
        word in plan for word in ("第 3 行", "讲堂", "2023年9月18日至19日", f"福建省泉州市鲤城区 {UNIT}")
    )


def test_a_broken_file_of_a_citys_own_is_told_and_harms_nothing(
    city: World, home: Home, browser: Sign
) -> None:
    (home.path / "forms").mkdir()
    (home.path / "forms" / "x.yaml").write_text("key: [", "utf-8")

    page = browser(ADMIN).get("/imports/official")

    assert (page.status_code, "x.yaml" in page.text, "泉州市重点活动汇总表" in page.text) == (200, True, True)


def test_blanks_of_other_places_stand_behind_ones_own(city: World, browser: Sign) -> None:
    page = browser(ADMIN).get("/imports/official").text

    own, _, others = page.partition("其他地方的空表（3）")
    assert ("quanzhou_list" in own, "chengdu_schedule" in own) == (True, False)
    assert "chengdu_schedule" in others
