"""Reminder ladders and what a notice changes in them."""

import pytest

from config.errors import UserError
from config.ladder import DEFAULT
from config.schedule import Role, Rung, Source
from tests.config.conftest import MakeSchedule

C, L, A = Role.COORDINATOR, Role.LEAD, Role.ADMIN


def test_the_default_ladder() -> None:
    assert [(rung.key, rung.on, rung.offset, rung.roles, rung.template) for rung in DEFAULT] == [
        ("opening", "opens", 0, (C,), "opening"),
        ("-7", "due", -7, (C,), "reminder"),
        ("-3", "due", -3, (C,), "reminder"),
        ("-1", "due", -1, (C,), "reminder"),
        ("0", "due", 0, (C,), "reminder"),
        ("+1", "due", 1, (C, L), "overdue"),
        ("+3", "due", 3, (C, L, A), "overdue"),
        ("+8", "due", 8, (C, L, A), "overdue"),
        ("+13", "due", 13, (C, L, A), "overdue"),
        ("+18", "due", 18, (C, L, A), "overdue"),
        ("+23", "due", 23, (C, L, A), "overdue"),
        ("closing", "due", 28, (A,), "closing"),
    ]


def test_a_milestone_changes_adds_and_drops_single_rungs(due: MakeSchedule) -> None:
    made = due("2023-09-28", "    ladder: {'-7': off, '-5': {to: [lead]}, '0': {to: [coordinator, lead]}}\n")
    ladder = {rung.key: rung for rung in made.milestones[0].ladder}
    unchanged = {rung.key: rung for rung in DEFAULT if rung.key not in ("-7", "0")}

    assert ladder == {
        **unchanged,
        "-5": Rung(key="-5", on="due", offset=-5, roles=(L,), template="reminder"),
        "0": Rung(key="0", on="due", offset=0, roles=(C, L), template="reminder"),
    }


def test_a_schedule_replaces_the_whole_ladder(due: MakeSchedule) -> None:
    made = due("2023-09-28", "ladder: {default: off, '+2': {to: [admin]}}\n")

    assert made.milestones[0].ladder == (Rung(key="+2", on="due", offset=2, roles=(A,), template="overdue"),)
    assert made.sources["ladder"] == Source(notice="city-2023")


def test_a_milestone_has_the_last_word_over_its_schedule(due: MakeSchedule) -> None:
    made = due(
        "2023-09-28",
        "    ladder: {'-3': {template: urgent}}\nladder: {default: off, '-3': {to: [admin]}}\n",
    )

    assert made.milestones[0].ladder == (Rung(key="-3", on="due", offset=-3, roles=(A,), template="urgent"),)


def test_rungs_stand_in_the_order_of_time(due: MakeSchedule) -> None:
    made = due("2023-09-28", "    ladder: {first: {offset: -30, to: [lead]}}\n")

    assert [rung.key for rung in made.milestones[0].ladder[:3]] == ["opening", "first", "-7"]


def test_a_new_rung_that_says_too_little_is_refused_with_its_place(due: MakeSchedule) -> None:
    with pytest.raises(UserError) as refused:
        due("2023-09-28", "    ladder: {first: {offset: -30}}\n")

    assert refused.value.code == "ladder.incomplete"
    assert refused.value.text.zh.startswith("city-2023.yaml:14:13：提醒档“first”是新的")
