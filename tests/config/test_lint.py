"""Contradictions that a check of a schedule finds."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from config.catalogue import catalogue
from config.lint import Finding, Severity, lint_file, lint_source
from config.schedule import Name, Source
from tests.config.conftest import Make

Found = list[tuple[str, str, str]]
Check = Callable[..., Found]

SPRING = date(2023, 3, 1)
PARENT = """\
milestones:
  register: {name: {zh: 登记, en: Register}, for: activity, reaches: registered, due: 2023-09-20}
  report: {name: {zh: 报送, en: Report}, for: [province/association], needs: {report: 1}, due: 2023-10-10}
"""
WEEK = "windows: {week: {name: {zh: 活动周, en: Week}, start: 2023-09-17, end: 2023-09-23}}\n"


def child(due: str, *, key: str = "summary", rest: str = "for: activity, reaches: summarized") -> str:
    return f"milestones: {{{key}: {{name: {{zh: 总结, en: Summary}}, {rest}, due: {due}}}}}\n"


def found(sources: dict[str, str], *, today: date = SPRING, text: str | None = None) -> Found:
    _, findings = lint_source("city-2023", sources, today=today, text=text)
    return [(finding.code, finding.level.value, finding.place) for finding in findings]


@pytest.fixture
def check(notice: Make) -> Check:
    """Return what is found in a city's notice below a national one."""

    def run(body: str, *, today: date = SPRING, text: str | None = None) -> Found:
        sources = {
            "top-2023": notice(PARENT, id="top-2023", region="000000"),
            "city-2023": notice("extends: top-2023\n" + body),
        }
        return found(sources, today=today, text=text)

    return run


def test_a_sound_notice_has_no_findings(check: Check) -> None:
    assert check(WEEK + child("2023-09-28")) == []


def test_a_city_later_than_the_notice_above_is_wrong(check: Check) -> None:
    late = check("milestones: {register: {due: 2023-09-21}}")

    assert late == [("milestone.later_than_parent", "error", "milestones.register.due")]


def test_a_city_on_the_same_day_as_the_notice_above_is_right(check: Check) -> None:
    assert check("milestones: {register: {due: 2023-09-20}}") == []


def test_a_collection_later_than_the_report_it_feeds_is_wrong(check: Check) -> None:
    assert check(child("2023-10-11")) == [
        ("milestone.later_than_parent", "error", "milestones.summary.due"),
    ]


@pytest.mark.parametrize(("due", "room"), [("2023-09-28", True), ("2023-09-27", True), ("2023-10-08", False)])
def test_a_city_needs_three_working_days_to_collate(check: Check, due: str, room: bool) -> None:
    narrow = ("milestone.no_room_to_collate", "warning", "milestones.summary.due")

    assert (narrow not in check(child(due))) == room


def test_registering_needs_no_room_to_collate(check: Check) -> None:
    assert check(child("2023-10-09", key="extra", rest="for: activity, reaches: registered")) == []


def test_what_is_due_before_activities_end_is_told(check: Check) -> None:
    assert check(WEEK + child("2023-09-22")) == [
        ("milestone.before_window_end", "warning", "milestones.summary.due"),
    ]


def test_registering_may_end_before_activities_do(check: Check) -> None:
    assert check(WEEK + "milestones: {register: {due: 2023-09-15}}") == []


def test_a_window_that_outlasts_the_report_above_is_told(check: Check) -> None:
    assert check(WEEK.replace("2023-09-23", "2023-10-15")) == [
        ("window.past_parent_report", "warning", "windows.week.end"),
    ]


def test_a_date_on_a_day_off_is_told_its_last_working_day(notice: Make) -> None:
    _, findings = lint_source("city-2023", {"city-2023": notice(child("2023-09-30"))}, today=SPRING)

    assert findings == [
        Finding(
            code="milestone.due_day_off",
            level=Severity.WARNING,
            place="milestones.summary.due",
            text=Name(
                zh="“总结”的截止日2023年9月30日放假，最后工作日是2023年9月28日",
                en="'Summary' is due on 2023-09-30, a day off; the last working day is 2023-09-28",
            ),
            clauses=(Source(notice="city-2023"),),
        )
    ]


def test_the_citys_own_table_decides_what_is_a_day_off(check: Check) -> None:
    assert check("days: {2023-09-30: work}\n" + child("2023-09-30")) == []


def test_a_date_that_is_past_is_told(check: Check) -> None:
    past = [("milestone.past", "warning", "milestones.summary.due")]

    assert check(child("2023-09-28"), today=date(2023, 9, 28)) == []
    assert check(child("2023-09-28"), today=date(2023, 9, 29)) == past


def test_a_year_without_published_holidays_is_told_once(notice: Make) -> None:
    body = WEEK.replace("2023", "2040") + child("2040-09-28")

    assert found({"city-2023": notice(body)}) == [("calendar.provisional", "warning", "days")]


def test_an_open_value_is_told_with_what_stands_in(notice: Make) -> None:
    sources = {
        "top-2023": notice("theme: 上级主题\n", id="top-2023", region="000000"),
        "city-2023": notice("extends: top-2023\ntheme: {text: tbd, clause: 二}\n"),
    }

    _, findings = lint_source("city-2023", sources, today=SPRING)

    assert findings == [
        Finding(
            code="value.open",
            level=Severity.WARNING,
            place="theme",
            text=Name(
                zh="主题待定，暂用上级的“上级主题”；确定后请填写",
                en="the theme is open: '上级主题' from above stands in; fill it in when told",
            ),
            clauses=(Source(notice="city-2023", clause="二"),),
        )
    ]


def test_an_open_value_stops_reminders_only_where_it_is_a_date_they_count_from(notice: Make) -> None:
    _, theme = lint_source("city-2023", {"city-2023": notice("theme: tbd\n")}, today=SPRING)
    due = "milestones: {m: {name: {zh: 名, en: n}, for: activity, reaches: registered, due: tbd}}\n"
    _, date = lint_source("city-2023", {"city-2023": notice(due)}, today=SPRING)

    assert [one.text.zh for one in theme] == ["主题待定，在此之前空着，不影响提醒；确定后请填写"]
    assert ["在此之前不会据此提醒" in one.text.zh for one in date] == [True]


@pytest.mark.parametrize(
    "open_date",
    [
        "windows: {w: {name: {zh: 中, en: e}, start: tbd, end: 2023-09-23}}",
        "windows: {w: {name: {zh: 中, en: e}, start: 2023-09-23, end: tbd}}",
        "milestones: {register: {due: tbd}}",
        "milestones: {register: {opens: tbd}}",
        "issued: tbd",
        "number: tbd",
        "subtheme: tbd",
    ],
)
def test_whatever_is_open_is_told(check: Check, open_date: str) -> None:
    assert [code for code, _, _ in check(open_date)] == ["value.open"]


def test_a_cite_must_stand_in_the_text_to_the_letter(check: Check) -> None:
    body = "theme: {text: 主题, cite: 主题为：科普}\n"
    wrong = [("cite.not_in_text", "error", "theme")]

    assert check(body, text="今年主题为：科普。") == []
    assert check(body, text="今年主题为:科普。") == wrong
    assert check(body, text="今年主题\n为：科普。") == wrong
    assert check(body, text=None) == []


def test_a_cite_that_is_almost_right_is_told_so(notice: Make) -> None:
    body = "theme: {text: 主题, cite: 主题为：科普}\n"

    _, (finding,) = lint_source("city-2023", {"city-2023": notice(body)}, today=SPRING, text="主题为:\n科普")

    assert finding.text.zh == "通知原文中没有“主题为：科普”；只差空格、换行或全半角，请照抄原文"


def test_a_cite_may_hold_line_breaks_as_the_text_does(check: Check) -> None:
    assert check('theme: {text: 主题, cite: "主题\\n\\n为"}\n', text="今年主题\n\n为科普") == []


def test_an_opening_before_the_issue_is_only_good_to_know(check: Check) -> None:
    body = "issued: 2023-09-14\nmilestones: {register: {opens: 2023-08-21}}\n"

    assert check(body) == [("milestone.opened_before_issue", "info", "milestones.register.opens")]


def test_dates_the_wrong_way_round_are_wrong(check: Check) -> None:
    reversed_week = WEEK.replace("2023-09-23", "2023-09-16")

    assert check(reversed_week + "milestones: {register: {opens: 2023-09-21}}") == [
        ("window.reversed", "error", "windows.week"),
        ("milestone.opens_after_due", "error", "milestones.register.opens"),
    ]


def test_a_date_counted_from_activities_needs_a_window(check: Check) -> None:
    relative = child("held + 5 working days")

    assert check(WEEK + relative) == []
    assert check(relative) == [("milestone.relative_without_window", "error", "milestones.summary.due")]


def test_a_region_outside_the_one_above_is_wrong(notice: Make) -> None:
    sources = {
        "top-2023": notice(id="top-2023", region="410000"),
        "city-2023": notice("extends: top-2023\n"),
    }

    assert found(sources) == [("region.outside_parent", "error", "region")]


def test_the_worst_comes_first(check: Check) -> None:
    body = "issued: 2023-09-14\nmilestones: {register: {opens: 2023-08-21, due: 2023-09-30}}\n"

    assert [level for _, level, _ in check(body)] == ["error", "warning", "info"]


def test_a_users_file_is_checked_over_the_catalogue_with_its_text(tmp_path: Path, notice: Make) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(notice("extends: national-2023\ntext: mine.txt\ntheme: {text: x, cite: y}\n"), "utf-8")
    (tmp_path / "mine.txt").write_text("z", "utf-8")

    schedule, findings = lint_file(path, today=SPRING)

    assert schedule.line == ("city-2023", "national-2023")
    assert [finding.code for finding in findings] == ["cite.not_in_text"]


def test_a_users_files_may_extend_each_other(tmp_path: Path, notice: Make) -> None:
    city, county = tmp_path / "city.yaml", tmp_path / "county.yaml"
    city.write_text(notice("extends: national-2023\n"), "utf-8")
    county.write_text(notice("extends: city-2023\n", id="county-2023", region="350502"), "utf-8")

    schedule, _ = lint_file(county, today=SPRING, others=[city])

    assert schedule.line == ("county-2023", "city-2023", "national-2023")


def test_what_is_known_of_the_shipped_notices_is_found() -> None:
    told = {
        notice_id: [(f.code, f.place) for f in lint_source(notice_id, catalogue(), today=date(2021, 1, 1))[1]]
        for notice_id in catalogue()
    }

    assert told == {
        "national-2023": [],
        "chengdu-2023": [
            ("window.past_parent_report", "windows.series.end"),
            ("value.open", "milestones.information.due"),
            ("value.open", "milestones.summary.due"),
            ("value.open", "milestones.summary_report.due"),
            ("value.open", "theme"),
        ],
        "xinxiang-2023": [("milestone.opened_before_issue", "milestones.register.opens")],
        "quanzhou-2023": [
            ("milestone.due_day_off", f"milestones.{key}.due")
            for key in ("register", "information", "summary", "summary_report")
        ],
        "jiangmen-2021": [
            ("milestone.before_window_end", f"milestones.{key}.due")
            for key in ("information", "summary", "interim_report")
        ],
    }
