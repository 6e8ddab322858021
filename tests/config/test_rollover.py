"""Next year's notice: dates move by its own rules, every guess is marked, nothing of the old text stays."""

from datetime import date

import pytest

from config.catalogue import catalogue
from config.errors import UserError
from config.lint import lint_source
from config.noticefile import parse
from config.resolve import resolve
from config.rollover import Rollover, roll_over
from config.schedule import Precision, Schedule

SOURCES = catalogue()
NOTICE = """\
id: {id}
code: T-1
title: 2023年活动
issuer: {{text: 科协, cite: 科协}}
issued: 2023-08-01
region: "350500"
windows:
  week: {{name: {{zh: 集中开展, en: Main week}}, start: 2023-09-17, end: 2023-09-23}}
milestones:
  first:
    name: {{zh: 第一, en: First}}
    for: activity
    due: {due}
    reaches: held
"""


def rolled(due: str, year: int = 2024, **more: str) -> Schedule:
    sources = {"test-2023": NOTICE.format(id="test-2023", due=due), **more}
    draft = roll_over("test-2023", year, sources)
    return resolve(draft.id, {**sources, **draft.sources()})


def due_of(due: str, year: int = 2024) -> str:
    return rolled(due, year).milestones[0].due.text


def whole(notice: str, year: int) -> tuple[Rollover, Schedule]:
    draft = roll_over(notice, year, SOURCES)
    return draft, resolve(draft.id, {**SOURCES, **draft.sources()})


def test_quanzhou_of_2024_has_the_days_that_its_rules_give() -> None:
    draft, schedule = whole("quanzhou-2023", 2024)

    dues = {one.key: one.due.text for one in schedule.milestones}
    [week] = [one for one in schedule.windows if one.key == "week"]
    assert (week.start.text, week.end.text) == ("2024-09-15", "2024-09-21")
    assert dues == {
        "register": "late 2024-09",
        "filing": "2024-08-28",
        "activity_form": "2024-08-28",
        "information": "2024-09-30",
        "summary": "2024-09-30",
        "summary_report": "2024-09-30",
        "report": "2024-10-10",
    }
    assert [one.id for one in draft.parents] == ["national-2024"]


def test_what_is_new_each_year_is_left_open() -> None:
    _, schedule = whole("quanzhou-2023", 2024)

    assert (schedule.number, schedule.theme) == (None, None)
    assert {"issued", "theme"} <= set(schedule.open)
    assert "举办2024年全国科普日" in schedule.title
    assert (schedule.id, schedule.code, schedule.line[1]) == ("quanzhou-2024", "QZ-2024", "national-2024")


@pytest.mark.parametrize("notice", sorted(SOURCES))
@pytest.mark.parametrize("later", [1, 2, 7])
def test_every_shipped_notice_rolls_over_without_an_error(notice: str, later: int) -> None:
    year = int(notice[-4:]) + later
    draft = roll_over(notice, year, SOURCES)

    _, findings = lint_source(draft.id, {**SOURCES, **draft.sources()}, today=date(year, 1, 2))

    assert [one for one in findings if one.level == "error"] == []
    assert "cite" not in draft.text


@pytest.mark.parametrize("notice", sorted(SOURCES))
def test_every_date_that_was_worked_out_is_marked_twice(notice: str) -> None:
    draft = roll_over(notice, 2026, SOURCES)

    notes = [line for line in draft.text.splitlines() if line.strip().startswith("zh: 按")]
    comments = [line for line in draft.text.splitlines() if "# 推算，请核对" in line]
    assert len(notes) == len(comments) == len(draft.guesses) > 0


def test_a_parent_that_is_known_gives_its_days() -> None:
    parent = SOURCES["national-2023"].replace("2023", "2024").replace("2024-09-17", "2024-09-16")
    sources = {**SOURCES, "national-2024": parent.replace("2024-09-23", "2024-09-22")}

    draft = roll_over("quanzhou-2023", 2024, sources)

    days = {one.place: one.after for one in draft.guesses}
    assert (draft.parents, draft.season and draft.season.zh) == ((), "随上级通知 national-2024")
    assert days["milestones.filing.due"] == "2024-08-29"


def test_a_parent_that_stands_for_every_year_is_kept() -> None:
    rule = 'id: rule\ncode: R\ntitle: 管理办法\nissuer: 科协\nregion: "000000"\n'
    child = NOTICE.format(id="test-2023", due="2023-09-07").replace("code: T-1", "code: T-1\nextends: rule")

    draft = roll_over("test-2023", 2024, {"rule": rule, "test-2023": child})

    assert ("extends: rule\n" in draft.text, draft.parents) == (True, ())


@pytest.mark.parametrize(
    ("due", "later"),
    [
        ("2023-09-30", "2024-09-30"),  # the end of a month stays one
        ("2024-02-29", "2025-02-28"),
        ("late 2023-09", "late 2024-09"),
        ("early 2024-01", "early 2025-01"),
        ("tbd", "tbd"),
        ("held + 5 working days", "held + 5 working days"),
        ("2023-09-07 18:00", "2024-09-05 18:00"),
        ("about 2023-09-07", "about 2024-09-05"),
        ("2023-10-10", "2024-10-10"),  # the thirteenth working day after the campaign's first
        ("2023-09-03", "2024-08-30"),  # 1 September 2024 is a Sunday: the working day before
    ],
)
def test_a_date_keeps_what_it_was(due: str, later: str) -> None:
    assert due_of(due) == later


def test_days_of_a_year_without_holidays_are_provisional() -> None:
    sources = {"test-2023": NOTICE.format(id="test-2023", due="2023-10-10")}
    draft = roll_over("test-2023", 2040, sources)

    assert [one.provisional for one in draft.guesses if one.place.startswith("milestones")] == [True]
    assert "2040年放假安排尚未公布" in draft.text


def test_the_words_of_the_draft_are_read_as_they_were_written() -> None:
    notice = parse(roll_over("chengdu-2023", 2024, SOURCES).text).notice

    assert notice.contacts[0].phone == "81710205"
    assert notice.milestones["information"].due and (
        notice.milestones["information"].due.at.precision is Precision.TBD
    )
    assert "register" not in notice.milestones  # it only named its clause


@pytest.mark.parametrize(
    ("notice", "year", "code"),
    [
        ("quanzhou-2023", 2023, "rollover.year"),
        ("quanzhou-2023", 2022, "rollover.year"),
        ("quanzhou-2023", 9999, "rollover.year"),
        ("quanzhu-2023", 2024, "notice.unknown"),
    ],
)
def test_what_cannot_be_rolled_over_is_refused(notice: str, year: int, code: str) -> None:
    with pytest.raises(UserError) as refused:
        roll_over(notice, year, SOURCES)

    assert refused.value.code == code


def test_a_year_that_is_there_is_not_drafted_again() -> None:
    sources = {**SOURCES, "quanzhou-2024": "…"}

    with pytest.raises(UserError) as refused:
        roll_over("quanzhou-2023", 2024, sources)

    assert refused.value.code == "rollover.exists"


def test_a_notice_without_any_date_has_no_year() -> None:
    text = 'id: kexie\ncode: K\ntitle: 活动\nissuer: 科协\nregion: "350500"\n'

    with pytest.raises(UserError) as refused:
        roll_over("kexie", 2024, {"kexie": text})

    assert refused.value.code == "rollover.no_year"


def test_a_notice_without_a_period_keeps_the_day_of_the_year() -> None:
    text = NOTICE.format(id="x", due="2023-06-13")
    sources = {"x": text[: text.index("windows:")] + text[text.index("milestones:") :]}

    draft = roll_over("x", 2025, sources)

    assert [(one.after, one.why.zh) for one in draft.guesses] == [
        ("2025-06-13", "通知没有写明时段，按同月同日推算")
    ]
    assert (draft.id, draft.season) == ("x-2025", None)
