"""What is missing on the way to a state."""

from datetime import date

import pytest

from config.errors import UserError
from workflows.activity import ACTIVITY
from workflows.blockers import Blocker
from workflows.decide import decide, path_blockers, route
from workflows.facts import Facts


def lacking(kind: str, count: int) -> Blocker:
    return Blocker(code="materials_missing", params={"kind": kind, "count": count}, fix=f"attach:{kind}")


def wrong_state(state: str, trigger: str, steps: str) -> Blocker:
    params: dict[str, str | int] = {
        "lifecycle": "activity",
        "version": 1,
        "state": state,
        "trigger": trigger,
        "steps": steps,
    }
    return Blocker(code="wrong_state", params=params)


def test_all_that_is_missing_up_to_a_state_is_said_once_and_in_order(facts: Facts) -> None:
    requires = {"complete_info": {"photo": 3, "video": 1}, "summarize": {"photo": 5, "summary": 1}}
    bare = facts._replace(ends_on=None, participants=None, materials={})

    found = path_blockers(
        ACTIVITY, "planned", "summarized", lambda step: bare._replace(requires=requires.get(step, {}))
    )

    assert found == (
        Blocker(code="dates_missing", fix="edit:dates"),
        lacking("photo", 5),
        lacking("video", 1),
        Blocker(code="participants_missing", fix="edit:participants"),
        lacking("summary", 1),
    )


@pytest.mark.parametrize(("early", "late"), [(2, 7), (7, 2)])
def test_of_two_needs_for_one_kind_the_greater_stands(facts: Facts, early: int, late: int) -> None:
    requires = {"complete_info": {"photo": early}, "summarize": {"photo": late}}

    found = path_blockers(
        ACTIVITY, "held", "summarized", lambda step: facts._replace(materials={}, requires=requires[step])
    )

    assert found == (lacking("photo", 7),)


def test_only_the_steps_still_ahead_are_asked(facts: Facts) -> None:
    asked: list[str] = []

    def facts_of(step: str) -> Facts:
        asked.append(step)
        return facts

    assert path_blockers(ACTIVITY, "held", "summarized", facts_of) == ()
    assert asked == ["complete_info", "summarize"]


@pytest.mark.parametrize("state", ["info_completed", "summarized", "closed", "commended"])
def test_nothing_is_missing_for_what_is_reached(state: str, facts: Facts) -> None:
    bare = Facts(today=date(2023, 9, 20), requires={"photo": 9})

    assert path_blockers(ACTIVITY, state, "info_completed", lambda _: bare) == ()


def test_a_cancelled_activity_has_no_way_to_its_summary(facts: Facts) -> None:
    found = path_blockers(ACTIVITY, "cancelled", "summarized", lambda _: facts)

    assert found == (wrong_state("cancelled", "summarize", "reinstate"),)


def test_the_way_to_a_state_beside_the_path_leaves_it_at_the_last_moment() -> None:
    steps = route(ACTIVITY, "info_completed", "commended")

    assert steps is not None
    assert [step.trigger for step in steps] == ["summarize", "commend"]


def test_a_step_of_another_state_names_the_steps_that_are_possible(facts: Facts) -> None:
    decision = decide(ACTIVITY, "planned", "summarize", facts)

    assert decision.dest is None
    assert decision.blockers == (wrong_state("planned", "summarize", "register,cancel"),)


@pytest.mark.parametrize(("state", "target"), [("planned", "famous"), ("lost", "held")])
def test_an_unknown_state_is_refused_with_the_known_ones(state: str, target: str) -> None:
    with pytest.raises(UserError) as caught:
        route(ACTIVITY, state, target)

    assert caught.value.code == "workflow.unknown_state"
    assert "info_completed" in caught.value.in_("zh")
