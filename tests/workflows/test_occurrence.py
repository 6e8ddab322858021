"""A step happens in its turn: not before the one before it, nor before what it tells of was over."""

from datetime import date

import pytest

from workflows.activity import ACTIVITY
from workflows.blockers import Blocker
from workflows.facts import Facts
from workflows.lifecycle import Lifecycle
from workflows.occurrence import out_of_turn
from workflows.report import REPORT

ENTERED = date(2023, 8, 3)
LAST = date(2023, 9, 23)


def against(dest: str, day: date, *, life: Lifecycle = ACTIVITY) -> list[Blocker]:
    return list(out_of_turn(life, dest, Facts(today=day, ends_on=LAST), since=ENTERED))


@pytest.mark.parametrize(("life", "dest"), [(ACTIVITY, "registered"), (REPORT, "submitted")])
def test_nothing_happens_before_the_step_before_it(life: Lifecycle, dest: str) -> None:
    params = {"since": "2023-08-03"}

    assert against(dest, date(2023, 8, 2), life=life) == [
        Blocker(code="before_last_step", params=params, fix="occurred_on")
    ]
    assert against(dest, ENTERED, life=life) == []


@pytest.mark.parametrize("dest", ["held", "info_completed", "summarized", "commended"])
def test_nothing_is_told_of_an_activity_before_its_last_day(dest: str) -> None:
    params = {"last_day": "2023-09-23"}

    assert against(dest, date(2023, 9, 22)) == [
        Blocker(code="before_the_end", params=params, fix="occurred_on")
    ]
    assert against(dest, LAST) == []


def test_an_activity_is_registered_and_cancelled_before_its_last_day() -> None:
    assert against("registered", ENTERED) + against("cancelled", ENTERED) == []


def test_a_day_of_another_year_is_told_with_years() -> None:
    [blocker] = against("summarized", date(2022, 12, 31))

    assert blocker.params == {"since": "2023-08-03", "years": 1}
