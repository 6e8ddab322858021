"""Sheets: looked at first, imported whole or not at all, given back with their problems marked."""

from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import pytest
from httpx2 import Response
from openpyxl import load_workbook

from engine.sheets.writing import write_table
from engine.tables import case, person, right, unit
from tests.engine.world import ADMIN, LEAD, NOTICE, UNIT, WANG, World, at
from tests.web.browser import Browser
from tests.web.conftest import Clock

Sign = Callable[[str | None], Browser]

PEOPLE = ("姓名", "邮箱", "角色", "地区", "单位")
UNITS = ("单位名称", "地区", "类型")


@pytest.fixture
def send(tmp_path: Path, browser: Sign) -> Callable[..., Response]:
    """Give ``send(kind, headings, rows)``: the admin uploads such a sheet."""
    admin = browser(ADMIN)

    def sent(kind: str, headings: Sequence[str], rows: Sequence[Sequence[str]], **form: str) -> Response:
        path = tmp_path / "名单.xlsx"
        write_table(path, headings, rows)
        return admin.post(f"/imports/{kind}", form, files={"file": ("名单.xlsx", path.read_bytes())})

    return sent


def test_a_sheet_is_looked_at_and_then_imported(
    city: World, browser: Sign, send: Callable[..., Response]
) -> None:
    admin = browser(ADMIN)
    rows = [("泉州市科技馆", "泉州市", "场馆"), (UNIT, "鲤城区", "科协")]

    where = send("unit", UNITS, rows).headers["location"]
    plan = admin.get(where).text
    before = len(city.rows(unit))
    done = admin.follow(admin.post(where)).text

    assert "将新增 1、修改 0、不变 1" in plan and "泉州市科技馆" in plan
    assert before == 2 and len(city.rows(unit)) == 3
    assert "已导入：新增 1、修改 0、不变 1" in done
    assert admin.get(where).headers["location"] == "/imports/unit"


def test_what_is_wrong_is_told_by_row_and_marked_in_the_sheet(
    city: World, browser: Sign, send: Callable[..., Response]
) -> None:
    rows = [
        ("陈新", "chen@example.cn", "联系人", "鲤城区", UNIT),
        ("=1+1", "坏邮箱", "联系人", "鲤城区", UNIT),
    ]

    where = send("person", PEOPLE, rows).headers["location"]
    page = browser(ADMIN).get(where)
    marked = browser(ADMIN).get(f"{where}/problems.xlsx")

    sheet = load_workbook(BytesIO(marked.content)).active
    assert page.status_code == 422 and "有 1 处要修改，一行也没有导入" in page.text and "第 3 行" in page.text
    assert [cell.value for cell in sheet[1]] == [*PEOPLE, "问题"]
    assert "不是有效的邮箱地址" in sheet["F3"].value and sheet["B3"].comment is not None
    assert sheet["A3"].data_type == "s" and sheet["F2"].value is None
    assert len(city.rows(person)) == 4


def test_the_marked_sheet_mended_can_be_imported(city: World, browser: Sign, tmp_path: Path) -> None:
    admin = browser(ADMIN)
    write_table(tmp_path / "a.xlsx", PEOPLE, [("陈新", "坏", "联系人", "鲤城区", UNIT)])
    files = {"file": ("a.xlsx", (tmp_path / "a.xlsx").read_bytes())}
    where = admin.post("/imports/person", files=files).headers["location"]
    book = load_workbook(BytesIO(admin.get(f"{where}/problems.xlsx").content))
    book.active["B2"] = "chen@example.cn"
    book.save(tmp_path / "b.xlsx")

    again = {"file": ("b.xlsx", (tmp_path / "b.xlsx").read_bytes())}
    admin.post(admin.post("/imports/person", files=again).headers["location"])

    assert [row.name for row in city.rows(person, email="chen@example.cn")] == ["陈新"]


@pytest.mark.parametrize(
    ("kind", "headings", "row", "told"),
    [
        ("unit", UNITS, ("新乡市科技馆", "新乡市", "场馆"), "不在您管理的地区内"),
        ("person", PEOPLE, ("陈新", "c@example.cn", "管理员", "福建省", ""), "超出了您的权限"),
        ("person", PEOPLE, ("陈新", "c@example.cn", "", "", ""), "新人员要写角色和地区"),
        ("person", PEOPLE, ("陈新", "c@example.cn", "联系人", "鲤城区", "没有的"), "没有单位"),
    ],
)
def test_nothing_beyond_ones_rights_comes_in_by_a_sheet(
    kind: str,
    headings: Sequence[str],
    row: Sequence[str],
    told: str,
    *,
    city: World,
    browser: Sign,
    send: Callable[..., Response],
) -> None:
    where = send(kind, headings, [row]).headers["location"]
    admin = browser(ADMIN)
    before = len(city.rows(person)), len(city.rows(right)), len(city.rows(unit))

    page = admin.get(where)
    admin.post(where)

    assert page.status_code == 422 and told in page.text
    assert (len(city.rows(person)), len(city.rows(right)), len(city.rows(unit))) == before


def test_activities_come_in_for_a_notice(city: World, browser: Sign, send: Callable[..., Response]) -> None:
    headings = ("活动名称", "主办单位", "地区", "联系人邮箱", "开始日期")
    rows = [("科学课", UNIT, "鲤城区", WANG, "9月17日")]

    without = send("activity", headings, rows)
    where = send("activity", headings, rows, notice=NOTICE).headers["location"]
    browser(ADMIN).post(where)

    assert without.status_code == 422 and "请选择这些活动属于哪个通知" in without.text
    [row] = city.rows(case, kind="activity")
    assert (row.title, row.starts_on.isoformat()) == ("科学课", "2023-09-17")


def test_what_is_to_change_is_shown_by_title_with_before_and_after(
    city: World, browser: Sign, send: Callable[..., Response]
) -> None:
    [ref] = city.enter(1)
    [row] = city.rows(case, ref=ref)
    headings = ("编号", "活动名称", "主办单位", "地区", "开始日期", "地点")
    known = (ref, row.title, UNIT, "鲤城区", row.starts_on.isoformat(), "体育馆")
    new = ("", "全新的讲座", UNIT, "鲤城区", "9月18日", "社区")

    where = send("activity", headings, [known, new], notice=NOTICE).headers["location"]
    page = " ".join(browser(ADMIN).get(where).text.split())

    assert "名单.xlsx" in page and "全新的讲座" in page and row.title in page
    assert all(f">{text}</td>" in page for text in ("地点", row.place, "体育馆"))


def test_what_changes_of_people_and_units_is_shown_in_the_words_of_the_sheet(
    browser: Sign, send: Callable[..., Response]
) -> None:
    admin = browser(ADMIN)
    people = [("王敏敏", WANG, "负责人", "鲤城区", UNIT)]

    person_page = admin.get(send("person", PEOPLE, people).headers["location"]).text
    unit_page = admin.get(send("unit", UNITS, [(UNIT, "鲤城区", "场馆")]).headers["location"]).text

    assert all(f">{text}" in person_page for text in ("王敏敏</td>", "负责人 "))
    assert all(f">{text}</td>" in unit_page for text in ("类型", "科协", "场馆"))


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.pdf", b"%PDF-1.7", "不认识的文件类型"),
        ("a.xlsx", b"PK\x03\x04 no", "a.xlsx："),
        ("../../etc/passwd", b"x", "不认识的文件类型"),
        ("a.csv", "甲,乙\n1,2\n".encode(), "缺少列"),
    ],
)
def test_a_file_that_is_no_such_sheet_is_refused_and_not_kept(
    name: str, content: bytes, told: str, *, city: World, browser: Sign
) -> None:
    admin = browser(ADMIN)

    answer = admin.post("/imports/unit", files={"file": (name, content)})

    assert answer.status_code == 422 and told in answer.text
    assert list((admin.office.home.path / "tmp" / "sheets").iterdir()) == []


def test_a_waiting_sheet_is_for_its_owner_and_an_hour(
    city: World, clock: Clock, browser: Sign, send: Callable[..., Response]
) -> None:
    where = send("unit", UNITS, [("泉州市科技馆", "泉州市", "场馆")]).headers["location"]

    assert browser(LEAD).get(where).status_code == 403
    clock.now = at(8, 15, 11)
    assert browser(ADMIN).post(where).headers["location"] == "/imports/unit"
    assert len(city.rows(unit)) == 2


@pytest.mark.parametrize("kind", ["unit", "person", "activity"])
def test_each_kind_has_its_page_and_its_empty_sheet(kind: str, city: World, browser: Sign) -> None:
    admin = browser(ADMIN)

    template = admin.get(f"/imports/{kind}/template.xlsx")

    assert admin.get(f"/imports/{kind}").status_code == 200
    assert load_workbook(BytesIO(template.content)).active.max_row == 2
    assert admin.get("/imports/nonsense").status_code == 404
