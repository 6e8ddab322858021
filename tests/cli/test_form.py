"""``duban form``: official sheets from the command line."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Duban

OWN = """\
key: libei_list
name: {zh: 鲤北表, en: Libei}
file: xlsx
title: "{year}年鲤北活动表"
region: "350502"
items:
  title: {heading: 活动, value: title, required: true}
  organiser: {heading: 单位, answer: organiser}
  budget: {heading: 经费, type: number}
"""


def test_the_sheets_of_every_city_are_listed(duban: Duban) -> None:
    said = duban("form", "list", "--json")

    assert [one["key"] for one in said.json] == [
        *("chengdu_schedule", "jiangmen_intent", "jiangmen_list", "quanzhou_application", "quanzhou_list")
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_sheet_is_shown_with_its_columns(duban: Duban, lang: str) -> None:
    said = duban("form", "show", "quanzhou_list", "--lang", lang)

    assert (said.code, "活动名称" in said.out) == (0, True)


def test_a_city_adds_a_sheet_without_code(duban: Duban, running: Path) -> None:
    (running / "forms").mkdir()
    (running / "forms" / "libei.yaml").write_text(OWN, "utf-8")

    written = duban("form", "blank", "libei_list", "-o", "空表.xlsx")

    assert (duban("form", "lint").code, written.code) == (0, 0)
    assert [cell.value for cell in load_workbook("空表.xlsx").active[2]] == ["活动", "单位", "经费", "编号"]


def test_a_mistake_in_a_sheet_is_told_with_its_place(duban: Duban, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(OWN.replace("type: number", "type: numbr"), "utf-8")

    said = duban("form", "lint", "x.yaml")

    assert (said.code, said.err.startswith("x.yaml:9:")) == (1, True), said.err


def test_a_filled_table_comes_back_and_changes_only_what_was_changed(duban: Duban, running: Path) -> None:
    assert duban("form", "fill", "quanzhou_list", "--notice", "quanzhou-2023", "-o", "表.xlsx").code == 0
    same = duban("form", "read", "表.xlsx", "--json").json
    book = load_workbook("表.xlsx")
    book.active["D5"] = "体育馆"
    book.save("表.xlsx")

    planned = duban("form", "read", "表.xlsx")
    applied = duban("form", "read", "表.xlsx", "--apply", "--json").json

    assert (same["unchanged"], same["changes"]) == (["QZ-2023-0001", "QZ-2023-0002"], [])
    assert ("体育馆" in planned.out, applied["updated"]) == (True, ["QZ-2023-0001"])
    assert duban("activity", "show", "QZ-2023-0001", "--json").json["place"] == "体育馆"


def test_reading_alone_changes_nothing(duban: Duban, running: Path) -> None:
    duban("form", "fill", "quanzhou_application", "--case", "qz-2023-0001", "-o", "表.docx")
    before = duban("history", "list", "QZ-2023-0001", "--json").json

    assert duban("form", "read", "表.docx").code == 0
    assert duban("history", "list", "QZ-2023-0001", "--json").json == before


def test_a_heading_never_seen_is_asked_about(duban: Duban, running: Path) -> None:
    duban("form", "fill", "quanzhou_list", "-o", "表.xlsx")
    book = load_workbook("表.xlsx")
    book.active["D4"] = "活动的地点"
    book.active["D5"] = "体育馆"
    book.save("表.xlsx")

    asked = duban("form", "read", "表.xlsx", "--apply")
    told = duban("form", "read", "表.xlsx", "--map", "活动的地点=活动地点", "--json")
    passed = duban("form", "read", "表.xlsx", "--map", "活动的地点=", "--json")

    assert (asked.code, "活动的地点（活动地点？）" in asked.err) == (1, True), asked.err
    assert [one["after"] for one in told.json["changes"]] == ["体育馆"]
    assert passed.json["changes"] == []


def test_what_is_wrong_comes_back_in_the_same_file(duban: Duban, running: Path) -> None:
    duban("form", "fill", "quanzhou_list", "-o", "表.xlsx")
    book = load_workbook("表.xlsx")
    book.active["C5"] = "9月31日"
    book.save("表.xlsx")

    said = duban("form", "read", "表.xlsx", "--apply", "-o", "改.xlsx")

    page = load_workbook("改.xlsx").active
    assert (said.code, page["I4"].value) == (1, "需要修改")
    assert "没有这一天" in page["I5"].value
    assert page["C5"].comment is not None


def test_new_activities_are_shown_before_they_are_imported(duban: Duban, running: Path) -> None:
    duban("form", "fill", "quanzhou_list", "-o", "表.xlsx")
    book = load_workbook("表.xlsx")
    for place, value in {"B5": "新的讲堂", "C5": "9.18", "H5": None}.items():
        book.active[place] = value
    book.save("表.xlsx")

    planned = duban("form", "read", "表.xlsx")
    told = duban("form", "read", "表.xlsx", "--json").json

    assert "新的讲堂" in planned.out and "2023年9月18日" in planned.out
    assert [(one["row"], one["title"]) for one in told["entered"]] == [(5, "新的讲堂")]


def test_a_broken_file_of_a_citys_own_leaves_the_others_as_they_are(duban: Duban, running: Path) -> None:
    (running / "forms").mkdir()
    (running / "forms" / "libei.yaml").write_text(OWN, "utf-8")
    (running / "forms" / "x.yaml").write_text(OWN.replace("type: number", "type: numbr"), "utf-8")

    listed, checked = duban("form", "list"), duban("form", "lint")

    assert (listed.code, "libei_list" in listed.out, "x.yaml:9:" in listed.out) == (0, True, True)
    assert (checked.code, checked.err.startswith("x.yaml:9:")) == (1, True)


def test_what_is_wrong_is_told_as_json(duban: Duban, running: Path) -> None:
    duban("form", "fill", "quanzhou_list", "-o", "表.xlsx")
    book = load_workbook("表.xlsx")
    book.active["C5"] = "9月31日"
    book.save("表.xlsx")

    said = duban("form", "read", "表.xlsx", "--json")

    assert (said.code, [one["row"] for one in said.json["problems"]]) == (1, [5])


def test_a_case_that_does_not_exist_is_named(duban: Duban, running: Path) -> None:
    said = duban("form", "fill", "quanzhou_list", "--case", "NOPE-1", "-o", "表.xlsx")

    assert (said.code, "NOPE-1" in said.err, Path("表.xlsx").exists()) == (1, True, False)
