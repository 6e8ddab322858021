"""A schedule that asks what cannot be done in time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from config.schedule import Milestone, Precision, Schedule, When
from workflows.check import Problem, check_schedule

Day = Callable[[int, int], When]


def changed(schedule: Schedule, key: str, **fields: Any) -> Schedule:
    def change(milestone: Milestone) -> Milestone:
        return replace(milestone, **fields) if milestone.key == key else milestone

    return replace(schedule, milestones=tuple(change(each) for each in schedule.milestones))


def told(problems: list[Problem]) -> list[tuple[str, str, bool]]:
    return [(each.code, each.place.removeprefix("quanzhou-2023."), each.serious) for each in problems]


def test_a_sound_schedule_has_no_problem(schedule: Schedule) -> None:
    assert check_schedule(schedule, today=date(2023, 8, 1)) == []


@pytest.mark.parametrize(
    ("key", "reaches", "code"),
    [
        ("summary", "famous", "unknown_state"),
        ("summary", "submitted", "unknown_state"),
        ("summary", "cancelled", "no_aim"),
        ("summary", "planned", "no_aim"),
        ("sheet", "summarized", "unknown_state"),
        ("sheet", "waived", "no_aim"),
    ],
)
def test_a_milestone_must_aim_at_a_state_ahead(schedule: Schedule, key: str, reaches: str, code: str) -> None:
    problems = check_schedule(changed(schedule, key, reaches=reaches))

    assert told(problems) == [(code, f"milestones.{key}", True)]


def test_a_milestone_may_aim_at_a_commendation(schedule: Schedule, day: Day) -> None:
    assert check_schedule(changed(schedule, "summary", reaches="commended", due=day(12, 1))) == []


def test_a_milestone_that_asks_for_nothing_is_named(schedule: Schedule) -> None:
    problems = check_schedule(changed(schedule, "summary", reaches=None))

    assert told(problems) == [("asks_nothing", "milestones.summary", True)]


def test_information_due_before_registration_is_out_of_order(schedule: Schedule, day: Day) -> None:
    problems = check_schedule(changed(schedule, "register", due=day(10, 8)))

    assert [each.text.zh for each in problems] == [
        "quanzhou-2023.milestones.information：9月30日截止，早于前一步“register”的10月8日",
        "quanzhou-2023.milestones.summary：9月30日截止，早于前一步“register”的10月8日",
    ]


def test_a_summary_due_before_the_window_begins_cannot_be_kept(schedule: Schedule, day: Day) -> None:
    problems = check_schedule(changed(schedule, "summary", due=day(9, 16)))

    assert told(problems) == [
        ("out_of_order", "milestones.summary", True),
        ("before_window", "milestones.summary", True),
    ]


def test_information_due_within_the_window_is_worth_a_look(schedule: Schedule, day: Day) -> None:
    problems = check_schedule(changed(schedule, "information", due=day(9, 20)))

    assert told(problems) == [("during_window", "milestones.information", False)]


def test_a_step_cannot_be_due_before_it_or_an_earlier_one_opens(schedule: Schedule, day: Day) -> None:
    late = changed(schedule, "register", opens=day(10, 2))

    assert told(check_schedule(late)) == [
        ("opens_after_due", "milestones.register", True),
        ("before_opening", "milestones.information", True),
        ("before_opening", "milestones.summary", True),
    ]


@pytest.mark.parametrize("precision", [Precision.TBD, Precision.RELATIVE])
def test_dates_that_are_not_known_are_left_out(schedule: Schedule, precision: Precision) -> None:
    unknown = When(text="?", precision=precision)

    assert check_schedule(changed(schedule, "register", due=unknown), today=date(2023, 8, 1)) == []


def test_dates_already_past_are_named(schedule: Schedule) -> None:
    problems = check_schedule(schedule, today=date(2023, 8, 31))

    assert told(problems) == [("past", "milestones.register", False), ("past", "milestones.sheet", False)]


def test_requirements_name_known_steps_and_materials_and_count_at_least_one(schedule: Schedule) -> None:
    odd = replace(schedule, requires={"fly": {"photo": 1}, "register": {"foto|video": 1, "summary": 0}})

    assert told(check_schedule(odd)) == [
        ("unknown_trigger", "requires.fly", True),
        ("unknown_material", "requires.register.foto|video", False),
        ("bad_count", "requires.register.summary", True),
    ]


def test_needs_of_a_milestone_are_checked_too(schedule: Schedule) -> None:
    problems = check_schedule(changed(schedule, "sheet", needs={"shet": 1}))

    assert told(problems) == [("unknown_material", "milestones.sheet.needs.shet", False)]
