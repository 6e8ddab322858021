"""A sound lifecycle has no problem; one broken in a way has that problem."""

from dataclasses import replace

import pytest

from config.schedule import Name
from workflows.check import check
from workflows.lifecycle import Lifecycle, Step
from workflows.registry import LIFECYCLES
from workflows.report import REPORT

STEPS = REPORT.steps
GHOST = Name(zh="幽灵", en="Ghost")


@pytest.mark.parametrize("lifecycle", LIFECYCLES, ids=lambda each: each.name)
def test_every_shipped_lifecycle_is_sound(lifecycle: Lifecycle) -> None:
    assert check(lifecycle) == []


@pytest.mark.parametrize(
    ("broken", "problems"),
    [
        (
            replace(REPORT, labels={**REPORT.labels, "ghost": GHOST}),
            [("unreachable", "ghost"), ("dead_end", "ghost")],
        ),
        (
            replace(
                REPORT,
                labels={**REPORT.labels, "ghost": GHOST},
                steps=(*STEPS, Step("note", "ghost", "accepted")),
            ),
            [("unreachable", "ghost")],
        ),
        (
            replace(
                REPORT,
                labels={**REPORT.labels, "ghost": GHOST},
                steps=(*STEPS, Step("note", "waived", "ghost")),
            ),
            [("dead_end", "ghost"), ("in_doubt", "waived.note"), ("final_left", "waived.note")],
        ),
        (
            replace(REPORT, steps=(*STEPS, Step("submit", "due", "waived"))),
            [("in_doubt", "due.submit")],
        ),
        (
            replace(REPORT, path=("due", "accepted", "submitted")),
            [("path_broken", "due..accepted"), ("path_broken", "accepted..submitted")],
        ),
        (replace(REPORT, path=("submitted", "accepted")), [("path_start", "due")]),
        (replace(REPORT, path=()), [("path_start", "due")]),
        (
            replace(REPORT, labels={**REPORT.labels, "due": Name(zh="待报送", en=" ")}),
            [("name_missing", "due")],
        ),
        (
            replace(REPORT, steps=(*STEPS, Step("fly", "due", "due"))),
            [("name_missing", "fly")],
        ),
        (
            replace(REPORT, triggers={**REPORT.triggers, "fly": GHOST}),
            [("unused_name", "fly")],
        ),
        (
            replace(
                REPORT,
                triggers={**REPORT.triggers, "再报": GHOST},
                steps=(*STEPS, Step("再报", "due", "due")),
            ),
            [("bad_id", "再报")],
        ),
        (
            replace(REPORT, steps=(*STEPS, Step("submit", "accepted", "submitted"))),
            [("final_left", "accepted.submit")],
        ),
        (
            replace(REPORT, final=()),
            [("dead_end", state) for state in ("due", "submitted", "accepted", "waived")],
        ),
        (
            replace(REPORT, steps=(*STEPS, Step("note", "due", "lost"))),
            [("name_missing", "lost"), ("dead_end", "lost"), ("in_doubt", "due.note")],
        ),
    ],
)
def test_each_way_of_breaking_a_lifecycle_is_found(
    broken: Lifecycle, problems: list[tuple[str, str]]
) -> None:
    assert [(each.code, each.place) for each in check(broken)] == [
        (code, f"report.v1.{where}") for code, where in problems
    ]


def test_a_state_that_only_further_beginnings_reach_is_reachable() -> None:
    labels = {**REPORT.labels, "late": GHOST}
    steps = (*STEPS, Step("submit", "late", "submitted"))

    assert check(replace(REPORT, labels=labels, steps=steps, also_initial=("late",))) == []


def test_a_problem_says_where_and_what_in_both_languages() -> None:
    (problem,) = check(replace(REPORT, path=("submitted", "accepted")))

    assert problem.text == Name(
        zh="report.v1.due：主线没有从起始状态开始", en="report.v1.due: the main path does not begin here"
    )
