"""``duban notice`` and ``duban workflow``, with and without a home."""

import re
from pathlib import Path

import pytest

from config.catalogue import catalogue
from tests.cli.conftest import Duban

CONTRADICTION = """\
id: luojiang-2023
code: LJ-2023
extends: quanzhou-2023
title: 洛江区2023年全国科普日活动通知
issuer: 洛江区科学技术协会
issued: 2023-08-25
region: "350504"
milestones:
  register:
    due: 2023-08-20
  summary:
    due: {after: 2023-09-30}
"""
SOUND = """\
id: luojiang-2023
code: LJ-2023
extends: quanzhou-2023
title: 洛江区2023年全国科普日活动通知
issuer: 洛江区科学技术协会
issued: 2023-08-25
region: "350504"
milestones:
  summary:
    due: 2023-09-27
"""
REVERSED = SOUND.replace("summary:\n    due: 2023-09-27", "register:\n    due: 2023-08-20")


def _date(when: dict[str, object]) -> tuple[object, ...]:
    return when["day"], when["precision"], when["from"], when["cite"]


def test_a_shipped_notice_tells_every_date_with_its_source(duban: Duban) -> None:
    shown = duban("notice", "show", "quanzhou-2023", "--json").json
    milestones = {one["key"]: one for one in shown["milestones"]}
    windows = {one["key"]: one for one in shown["windows"]}

    six_one = {"notice": "quanzhou-2023", "clause": "六（一）"}
    six_two = {"notice": "quanzhou-2023", "clause": "六（二）"}
    assert _date(milestones["filing"]["due"]) == (
        "2023-08-30",
        "day",
        six_one,
        "于2023年8月30日前以电子版形式报市科协备案",
    )
    assert milestones["register"]["opens"]["start"] == "2023-08-21"
    assert milestones["register"]["opens"]["from"] == six_one
    for key in ("information", "summary"):
        assert _date(milestones[key]["due"]) == (
            "2023-09-30",
            "day",
            six_two,
            "请各活动举办单位于2023年9月30日前",
        )
    assert [windows["week"][end]["day"] for end in ("start", "end")] == ["2023-09-17", "2023-09-23"]
    assert windows["week"]["start"]["cite"] == "定于2023年9月17-23日在全国各地集中开展"
    assert _date(milestones["report"]["due"])[2] == {"notice": "national-2023", "clause": "四（三）"}


def test_a_notice_tells_its_head_its_contacts_and_what_follows(duban: Duban) -> None:
    shown = duban("notice", "show", "quanzhou-2023", "--json").json

    assert {key: shown[key] for key in ("id", "region", "extends", "origin", "version", "theme")} == {
        "id": "quanzhou-2023",
        "region": "350500",
        "extends": ["national-2023"],
        "origin": "catalogue",
        "version": None,
        "theme": "提升全民科学素质，助力科技自立自强",
    }
    assert shown["contacts"][0]["phone"] == "22217957"
    assert set(shown["then"]) == {"zh", "en"}
    assert [rung["key"] for rung in shown["milestones"][0]["ladder"]][:3] == ["opening", "-7", "-3"]


@pytest.mark.parametrize("notice", sorted(catalogue()))
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_shipped_notice_can_be_read(duban: Duban, notice: str, lang: str) -> None:
    said = duban("notice", "show", notice, "--lang", lang)

    assert (said.code, said.err) == (0, "")


def test_the_list_has_what_is_shipped_and_what_is_applied(duban: Duban, running: Path) -> None:
    listed = {
        one["id"]: (one["origin"], one["version"], one["state"])
        for one in duban("notice", "list", "--json").json
    }

    assert listed["quanzhou-2023"] == ("applied", 1, "in_force")
    assert {key: value for key, value in listed.items() if key != "quanzhou-2023"} == dict.fromkeys(
        sorted(set(catalogue()) - {"quanzhou-2023"}), ("catalogue", None, None)
    )


def test_an_applied_version_is_shown_by_its_number(duban: Duban, running: Path) -> None:
    assert duban("notice", "show", "quanzhou-2023@1", "--json").json["version"] == 1
    assert duban("notice", "show", "quanzhou-2023@7").err == (
        "没有“quanzhou-2023@7”这个版本；用 duban history list notice:代号 查看。\n"
    )


def test_the_check_of_the_catalogue_finds_what_is_known_of_it(duban: Duban) -> None:
    found = duban("notice", "lint", "--json")
    codes = {(one["notice"], one["code"], one["place"]) for one in found.json}

    assert found.code == 0
    assert {
        ("quanzhou-2023", "milestone.due_day_off", "milestones.summary.due"),
        ("chengdu-2023", "window.past_parent_report", "windows.series.end"),
        ("chengdu-2023", "value.open", "theme"),
    } <= codes
    assert {one["level"] for one in found.json} == {"warning", "info"}
    [day_off] = [
        one for one in found.json if one["place"] == "milestones.summary.due" and "day_off" in one["code"]
    ]
    assert "9月28日" in day_off["text"]["zh"]
    assert day_off["clauses"][0]["clause"] == "六（二）"


def test_a_file_with_a_contradiction_ends_with_1(duban: Duban, tmp_path: Path) -> None:
    (tmp_path / "lj.yaml").write_text(REVERSED, "utf-8")

    said = duban("notice", "lint", "lj.yaml", at="2023-08-01T09:00+08:00")

    assert said.code == 1
    assert "1 处错误" in said.out


def test_a_broken_file_is_told_with_line_and_column(duban: Duban, tmp_path: Path) -> None:
    (tmp_path / "lj.yaml").write_text(CONTRADICTION, "utf-8")

    said = duban("notice", "show", "lj.yaml")

    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("lj.yaml:12:")


def test_an_unknown_notice_is_refused_with_the_nearest(duban: Duban) -> None:
    assert duban("notice", "show", "quanzou-2023").err == "没有通知“quanzou-2023”；是否指“quanzhou-2023”？\n"


def test_two_notices_differ_value_by_value(duban: Duban, tmp_path: Path) -> None:
    (tmp_path / "lj.yaml").write_text(SOUND, "utf-8")

    changes = {
        one["place"]: (one["before"], one["after"])
        for one in duban("notice", "diff", "quanzhou-2023", "lj.yaml", "--json").json
    }

    assert changes["milestones.summary.due"] == ("2023-09-30", "2023-09-27")
    assert duban("notice", "diff", "lj.yaml", "lj.yaml").out == "没有不同。\n"


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", ("提交活动总结：截止", "2023年9月30日 周六", "2023年9月27日 周三")),
        ("en", ("Sat 30 Sep 2023", "Wed 27 Sep 2023")),
    ],
)
def test_what_differs_is_said_in_words_and_no_key_is_shown(
    duban: Duban, tmp_path: Path, lang: str, words: tuple[str, ...]
) -> None:
    (tmp_path / "lj.yaml").write_text(SOUND, "utf-8")

    said = duban("notice", "diff", "quanzhou-2023", "lj.yaml", "--lang", lang).out

    assert [one for one in words if one not in said] == []
    assert not re.search(r"milestones\.|windows\.|_[a-z]|×|\d{4}-\d{2}", said)


def test_the_schema_is_json_schema(duban: Duban) -> None:
    assert duban("notice", "schema").json["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_a_plan_changes_nothing_and_says_what_the_apply_then_does(
    duban: Duban, running: Path, tmp_path: Path
) -> None:
    (tmp_path / "lj.yaml").write_text(SOUND, "utf-8")

    planned = duban("notice", "plan", "lj.yaml", "--json").json
    again = duban("notice", "plan", "lj.yaml", "--json").json
    applied = duban("notice", "apply", "lj.yaml", "--json").json
    after = duban("notice", "plan", "lj.yaml", "--json").json

    def numberless(plan: dict[str, object]) -> dict[str, object]:
        return plan | {"firings": [{**one, "id": None} for one in plan["firings"]]}  # type: ignore[attr-defined]

    assert numberless(planned) == numberless(again) == numberless(applied)
    assert after["changes_nothing"] is True


def test_a_plan_names_what_moves(duban: Duban, running: Path, tmp_path: Path) -> None:
    text = catalogue()["quanzhou-2023"].replace("due: {at: 2023-09-30", "due: {at: 2023-09-27")
    (tmp_path / "qz.yaml").write_text(text, "utf-8")

    said = duban("notice", "plan", "qz.yaml")
    applied = duban("notice", "apply", "qz.yaml")

    assert said.code == 0
    change = "提交活动总结：截止   2023年9月30日 周六   2023年9月27日 周三"
    assert change in said.out
    assert change in applied.out
    assert "milestones." not in said.out + applied.out
    assert "提醒：新增 0，改期 11，取消 0。" in said.out
    assert "以上只是预演，没有改动。" in said.out


def test_a_first_plan_counts_the_reminders_of_each_milestone(duban: Duban, home: Path) -> None:
    duban("init")

    said = duban("notice", "plan", "quanzhou-2023", at="2023-08-01T09:00+08:00").out
    rows = [row.split() for row in said.splitlines() if "2023-" in row and ":" in row]

    assert rows[0] == ["登记发布", "register", "12", "2023-08-21", "09:00", "2023-11-13", "09:00"]
    assert len(rows) == 7


def test_a_plan_names_milestones_in_the_readers_language(duban: Duban, running: Path, tmp_path: Path) -> None:
    text = catalogue()["quanzhou-2023"].replace("due: {at: 2023-09-30", "due: {at: 2023-09-27")
    (tmp_path / "qz.yaml").write_text(text, "utf-8")

    assert "提交活动总结 summary" in duban("notice", "plan", "qz.yaml").out
    assert "Hand in the activity's" in duban("notice", "plan", "qz.yaml", "--lang", "en").out


def test_a_notice_with_errors_is_applied_only_by_force_with_a_reason(
    duban: Duban, running: Path, tmp_path: Path
) -> None:
    (tmp_path / "lj.yaml").write_text(REVERSED, "utf-8")

    refused = duban("notice", "apply", "lj.yaml")
    groundless = duban("notice", "apply", "lj.yaml", "--force")
    forced = duban("notice", "apply", "lj.yaml", "--force", "--reason", "市里同意")
    history = duban("history", "list", "notice:luojiang-2023", "--json").json

    assert (refused.code, groundless.code, forced.code) == (1, 1, 0)
    assert "通知 luojiang-2023 有 1 处错误，没有应用。" in refused.err
    assert groundless.err == "强制办理必须写理由（--reason）。\n"
    assert [(one["trigger"], one["reason"]) for one in history] == [("enter", None), ("apply", "市里同意")]


def test_only_an_admin_of_the_region_may_apply(duban: Duban, running: Path) -> None:
    assert duban("notice", "apply", "quanzhou-2023", "--as", "chen@example.cn").err == (
        "这一步只有本地区的管理员可以做。\n"
    )
    assert duban("notice", "apply", "quanzhou-2023", "--as", "lin@example.cn").code == 0


def test_every_lifecycle_and_schedule_is_sound(duban: Duban) -> None:
    checked = duban("workflow", "check", "--json").json

    assert checked["sound"] is True
    assert set(catalogue()) < set(checked["checked"])


@pytest.mark.parametrize(("form", "begins"), [("svg", "<svg "), ("mermaid", "stateDiagram-v2")])
def test_a_diagram_is_printed_or_written(duban: Duban, tmp_path: Path, form: str, begins: str) -> None:
    printed = duban("workflow", "diagram", "activity", "--format", form)
    duban("workflow", "diagram", "activity", "--format", form, "--output", "picture")

    assert printed.out.startswith(begins)
    assert "已策划" in printed.out
    assert (tmp_path / "picture").read_text("utf-8") == printed.out
