"""What a step asks to be handed in."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.schedule import Schedule
from workflows.materials import missing, requires_for


@pytest.mark.parametrize(
    ("trigger", "needs"),
    [
        ("register", {"application_form": 1, "platform_listing": 1}),
        ("complete_info", {"photo": 1, "video|news_link": 1}),
        ("summarize", {"summary": 1}),
        ("submit", {"report": 1}),
        ("hold", {}),
        ("edit", {}),
    ],
)
def test_a_silent_schedule_asks_for_the_default(schedule: Schedule, trigger: str, needs: object) -> None:
    assert requires_for(replace(schedule, requires={}), trigger) == needs


def test_a_schedule_may_ask_for_more_or_for_nothing(schedule: Schedule) -> None:
    own = replace(schedule, requires={"register": {}, "hold": {"photo": 1}})

    assert [requires_for(own, "register"), requires_for(own, "hold")] == [{}, {"photo": 1}]


def test_a_report_asks_for_what_its_milestone_needs(schedule: Schedule) -> None:
    assert requires_for(schedule, "submit", schedule.milestone("sheet")) == {"summary_sheet": 1}


def test_the_needs_of_an_activity_milestone_are_not_those_of_a_report(schedule: Schedule) -> None:
    assert requires_for(schedule, "submit", schedule.milestone("summary")) == {"report": 1}


def test_either_of_two_kinds_will_do_and_several_count_together() -> None:
    assert missing({"video|news_link": 3}, {"video": 1, "news_link": 1}) == (("video|news_link", 1),)


kinds = st.sampled_from(["photo", "video", "news_link", "video|news_link", "photo | video"])


@given(st.dictionaries(kinds, st.integers(0, 5)), st.dictionaries(kinds, st.integers(0, 5)))
def test_handing_in_what_is_missing_leaves_nothing_missing(
    requires: dict[str, int], materials: dict[str, int]
) -> None:
    given_now = dict(materials)
    for kind, count in missing(requires, materials):
        first = kind.split("|")[0].strip()
        given_now[first] = given_now.get(first, 0) + count

    assert missing(requires, given_now) == ()
