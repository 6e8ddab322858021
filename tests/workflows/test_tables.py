"""Every state and trigger of each lifecycle against a table written by hand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.schedule import Role
from workflows.activity import ACTIVITY
from workflows.decide import allowed, decide, next_trigger, open_triggers, reached, step_of
from workflows.facts import Facts
from workflows.lifecycle import Lifecycle
from workflows.machine import destination, machine_of
from workflows.message import MESSAGE
from workflows.notice import NOTICE
from workflows.registry import LIFECYCLES
from workflows.report import REPORT

KEEP = ("edit", "attach", "detach", "hand_over", "note")
TODAY = date(2023, 9, 20)
C, L, A = Role.COORDINATOR, Role.LEAD, Role.ADMIN


def keep(state: str, *triggers: str) -> dict[str, str]:
    return dict.fromkeys(triggers, state)


EXPECTED: dict[str, dict[str, dict[str, str]]] = {
    "activity": {
        "planned": {
            "register": "registered",
            "cancel": "cancelled",
            **keep("planned", *KEEP, "postpone"),
        },
        "registered": {
            "hold": "held",
            "cancel": "cancelled",
            "return": "planned",
            **keep("registered", *KEEP, "postpone"),
        },
        "held": {"complete_info": "info_completed", "return": "registered", **keep("held", *KEEP)},
        "info_completed": {"summarize": "summarized", "return": "held", **keep("info_completed", *KEEP)},
        "summarized": {
            "commend": "commended",
            "close": "closed",
            "return": "info_completed",
            **keep("summarized", *KEEP, "recommend"),
        },
        "commended": {"note": "commended"},
        "closed": {"note": "closed"},
        "cancelled": {"reinstate": "planned", "note": "cancelled"},
    },
    "report": {
        "due": {"submit": "submitted", "waive": "waived", **keep("due", *KEEP)},
        "submitted": {
            "accept": "accepted",
            "return": "due",
            **keep("submitted", "edit", "hand_over", "note"),
        },
        "accepted": {"note": "accepted"},
        "waived": {"reinstate": "due", "note": "waived"},
    },
    "notice": {
        "draft": {"apply": "in_force"},
        "in_force": {
            "revise": "in_force",
            "remind": "in_force",
            "supersede": "superseded",
            "close": "closed",
        },
        "superseded": {"remind": "superseded"},
        "closed": {"remind": "closed"},
    },
    "message": {
        "draft": {"release": "queued", "hold": "held", "obsolete": "obsolete"},
        "queued": {
            "claim": "sending",
            "hold": "held",
            "obsolete": "obsolete",
            "late_result": "queued",
        },
        "sending": {
            "accept": "sent",
            "requeue": "queued",
            "lose": "uncertain",
            "refuse": "dead",
            "give_up": "dead",
            "obsolete": "obsolete",
            "late_result": "sending",
        },
        "sent": {"late_result": "sent"},
        "uncertain": {
            "resend": "queued",
            "hold": "held",
            "obsolete": "obsolete",
            "late_result": "uncertain",
        },
        "held": {"retry": "queued", "obsolete": "obsolete", "late_result": "held"},
        "dead": {"retry": "queued", "late_result": "dead"},
        "obsolete": {"late_result": "obsolete"},
    },
    "commendation": {
        "drawn_up": {"adjust": "drawn_up", "put_forward": "put_forward"},
        "put_forward": {"adjust": "drawn_up", "send_back": "drawn_up", "approve": "decided"},
        "decided": {},
    },
}


def may(roles: set[Role], *triggers: str) -> dict[str, set[Role]]:
    return dict.fromkeys(triggers, roles)


ROLES = {
    "activity": {
        **may({C, L, A}, "register", "hold", "complete_info", "summarize", "cancel", "postpone", *KEEP),
        **may({L, A}, "return"),
        **may({A}, "commend", "close", "recommend", "reinstate"),
    },
    "report": {
        **may({C, L, A}, "submit", *KEEP),
        **may({L, A}, "return"),
        **may({A}, "accept", "waive", "reinstate"),
    },
    "notice": may({A}, "apply", "revise", "supersede", "close") | may(set(), "remind"),
    "message": {
        **may({A}, "release", "resend", "hold", "retry"),
        **may(set(), "claim", "accept", "requeue", "lose", "refuse", "give_up", "obsolete", "late_result"),
    },
    "commendation": may({A}, "adjust", "put_forward", "send_back", "approve"),
}

every_lifecycle = pytest.mark.parametrize("lifecycle", LIFECYCLES, ids=lambda each: each.name)


@every_lifecycle
def test_the_machine_goes_where_the_written_table_says(lifecycle: Lifecycle) -> None:
    found = {
        str(state): {
            trigger: dest
            for trigger in lifecycle.triggers
            if (dest := destination(lifecycle, state, trigger))
        }
        for state in lifecycle.labels
    }

    assert found == EXPECTED[lifecycle.name]


@every_lifecycle
def test_the_open_triggers_are_those_of_the_written_table(lifecycle: Lifecycle) -> None:
    found = {str(state): set(open_triggers(lifecycle, state)) for state in lifecycle.labels}

    assert found == {state: set(steps) for state, steps in EXPECTED[lifecycle.name].items()}


@every_lifecycle
def test_each_step_may_be_done_by_the_roles_written_for_it(lifecycle: Lifecycle) -> None:
    found: dict[str, set[Role]] = {}
    for step in lifecycle.steps:
        who = {role for role in Role if allowed(lifecycle, step.source, step.trigger, [role])}
        assert who == found.setdefault(step.trigger, who)

    assert found == ROLES[lifecycle.name]


def test_nobody_may_do_what_is_no_step() -> None:
    assert not allowed(ACTIVITY, "closed", "register", list(Role))


@every_lifecycle
@given(data=st.data())
def test_a_walk_of_decisions_never_leaves_the_lifecycle(lifecycle: Lifecycle, data: st.DataObject) -> None:
    state: str = lifecycle.initial
    facts = Facts(today=TODAY, reason="雨")
    for trigger in data.draw(st.lists(st.sampled_from(sorted(lifecycle.triggers)), max_size=30)):
        decision = decide(lifecycle, state, trigger, facts)
        step = step_of(lifecycle, state, trigger)
        assert decision.dest == (str(step.dest) if step else None)
        assert decision.possible or decision.blockers
        state = decision.dest or state

    assert state in lifecycle.labels


def test_unknown_states_and_triggers_lead_nowhere() -> None:
    found = [destination(ACTIVITY, "nowhere", "register"), destination(ACTIVITY, "planned", "fly")]

    assert found == [None, None]


def test_one_machine_serves_a_lifecycle_and_makes_no_steps_of_its_own() -> None:
    machine = machine_of(ACTIVITY)

    assert machine is machine_of(ACTIVITY)
    assert set(machine.events) == set(ACTIVITY.triggers)
    assert machine.models == []


@pytest.mark.parametrize(
    ("lifecycle", "state", "trigger"),
    [
        (ACTIVITY, "planned", "register"),
        (ACTIVITY, "info_completed", "summarize"),
        (ACTIVITY, "summarized", None),
        (ACTIVITY, "cancelled", None),
        (REPORT, "due", "submit"),
        (NOTICE, "draft", "apply"),
        (MESSAGE, "sending", "accept"),
        (MESSAGE, "dead", None),
    ],
)
def test_the_next_trigger_follows_the_main_path(
    lifecycle: Lifecycle, state: str, trigger: str | None
) -> None:
    assert next_trigger(lifecycle, state) == trigger


def test_a_closed_or_commended_activity_has_its_summary_behind_it() -> None:
    assert reached(ACTIVITY, "summarized") == {"summarized", "closed", "commended"}


def test_a_cancelled_activity_has_not_reached_its_registration() -> None:
    assert "cancelled" not in reached(ACTIVITY, "registered")
