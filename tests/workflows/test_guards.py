"""Each thing that is missing gives its own blocker, and nothing else does."""

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.activity import ACTIVITY
from workflows.blockers import Blocker
from workflows.decide import Decision, decide, entry_blockers
from workflows.facts import DATES, Facts, Season
from workflows.lifecycle import Lifecycle
from workflows.registry import LIFECYCLES
from workflows.report import REPORT

LAST = date(2023, 9, 19)
OPENING = date(2023, 9, 21)

ENTRY: list[tuple[dict[str, Any], Blocker]] = [
    ({"title": " "}, Blocker(code="title_missing", fix="edit:title")),
    ({"unit": None}, Blocker(code="unit_missing", fix="edit:unit")),
    ({"coordinator_mail": None}, Blocker(code="coordinator_mail_missing", fix="hand_over")),
    ({"starts_on": None}, Blocker(code="dates_missing", fix="edit:dates")),
    ({"ends_on": None}, Blocker(code="dates_missing", fix="edit:dates")),
    (
        {"starts_on": date(2023, 9, 18)},
        Blocker(code="dates_reversed", params={"start": "2023-09-18", "end": "2023-09-17"}, fix="edit:dates"),
    ),
    ({"place": "", "online": False}, Blocker(code="place_missing", fix="edit:place")),
]
NO_REASON = ({"reason": " "}, Blocker(code="reason_missing", fix="reason"))


def in_time(step: str) -> list[tuple[dict[str, Any], Blocker]]:
    past = {"step": step, "last_day": "2023-09-19"}
    return [
        ({"opens": OPENING}, Blocker(code="not_open", params={"step": step}, clears_on=OPENING)),
        ({"closed": LAST}, Blocker(code="closed_since", params=past, fix="ask:admin")),
        (
            {"late_since": LAST, "reason": None},
            Blocker(code="late_reason_missing", params=past, fix="reason"),
        ),
    ]


def lacking(kind: str, count: int) -> Blocker:
    return Blocker(code="materials_missing", params={"kind": kind, "count": count}, fix=f"attach:{kind}")


MATERIALS: list[tuple[dict[str, Any], Blocker]] = [
    ({"materials": {"video": 1}}, lacking("photo", 1)),
    ({"requires": {"photo": 5}}, lacking("photo", 3)),
    ({"materials": {"photo": 1}}, lacking("video|news_link", 1)),
]
COUNT = Blocker(code="participants_missing", fix="edit:participants")

FAR = (
    {"season": Season(date(2024, 9, 15), date(2024, 9, 21)), "changes": DATES},
    Blocker(
        code="out_of_season",
        params={"far": "2023-09-16", "start": "2024-09-15", "end": "2024-09-21", "years": 1},
        fix="edit:dates",
    ),
)
PAST = (
    {"changes": DATES},
    Blocker(code="dates_past", params={"end": "2023-09-17"}, fix="edit:dates"),
)
AHEAD = (
    {"today": date(2023, 9, 16), "changes": DATES},
    Blocker(code="dates_ahead", params={"end": "2023-09-17"}, fix="edit:dates"),
)
LOST = (
    {"materials": {"photo": 2}, "lost": frozenset({"video"})},
    Blocker(
        code="still_needed", params={"kind": "video|news_link", "count": 1}, fix="attach:video|news_link"
    ),
)
SAME = ({"changes": frozenset()}, Blocker(code="nothing_changed", fix="edit:dates"))

CASES: dict[tuple[str, str], list[tuple[dict[str, Any], Blocker]]] = {
    ("planned", "register"): [*ENTRY, FAR, *in_time("register"), *MATERIALS],
    ("registered", "hold"): [
        *ENTRY[3:6],
        (
            {"today": date(2023, 9, 16), "reason": None},
            Blocker(code="not_over", clears_on=date(2023, 9, 17), fix="reason"),
        ),
        (
            {"today": date(2023, 9, 15), "reason": None},
            Blocker(code="not_over", clears_on=date(2023, 9, 17), fix="edit:dates"),
        ),
        (
            {"today": date(2023, 9, 15)},
            Blocker(code="not_begun", clears_on=date(2023, 9, 16), fix="edit:dates"),
        ),
        *in_time("hold"),
        *MATERIALS,
    ],
    ("held", "complete_info"): [
        ({"online_url": None}, Blocker(code="online_address_missing", fix="edit:online_url")),
        *in_time("complete_info"),
        *MATERIALS,
    ],
    ("info_completed", "summarize"): [
        ({"participants": None}, COUNT),
        ({"participants": 0}, COUNT),
        *in_time("summarize"),
        *MATERIALS,
    ],
    ("summarized", "commend"): [
        ({"recommended_by": None}, Blocker(code="not_recommended", fix="recommend")),
        ({"award": ""}, Blocker(code="award_missing", fix="edit:award")),
    ],
    **{
        pair: [NO_REASON]
        for pair in [
            ("planned", "cancel"),
            ("registered", "cancel"),
            ("cancelled", "reinstate"),
            ("registered", "return"),
            ("held", "return"),
            ("info_completed", "return"),
            ("summarized", "return"),
        ]
    },
    ("held", "detach"): [NO_REASON, LOST],
    ("planned", "edit"): [ENTRY[0], ENTRY[5], PAST],
    ("registered", "edit"): [*ENTRY[:2], *ENTRY[3:], PAST],
    ("held", "edit"): [*ENTRY[:2], *ENTRY[3:], FAR, AHEAD],
    ("planned", "postpone"): [*ENTRY[3:6], SAME, PAST],
    ("registered", "postpone"): [*ENTRY[3:6], SAME, PAST],
    ("held", "hand_over"): [ENTRY[2]],
}
REPORT_CASES = {
    ("due", "submit"): [*in_time("submit"), *MATERIALS],
    ("submitted", "return"): [NO_REASON],
    ("due", "waive"): [NO_REASON],
    ("waived", "reinstate"): [NO_REASON],
    ("submitted", "hand_over"): [ENTRY[2]],
    ("due", "edit"): ENTRY[:2],
}
ALL = [
    pytest.param((lifecycle, *pair), change, blocker, id=f"{lifecycle.name}.{pair[1]}-{blocker.code}")
    for lifecycle, table in ((ACTIVITY, CASES), (REPORT, REPORT_CASES))
    for pair, changes in table.items()
    for change, blocker in changes
]


@pytest.mark.parametrize(("step", "change", "blocker"), ALL)
def test_taking_one_thing_away_gives_exactly_its_blocker(
    facts: Facts, step: tuple[Lifecycle, str, str], change: dict[str, Any], blocker: Blocker
) -> None:
    decision = decide(*step, facts._replace(**change))

    assert decision.blockers == (blocker,)


@pytest.mark.parametrize("lifecycle", LIFECYCLES, ids=lambda each: each.name)
def test_nothing_stands_against_a_step_when_nothing_is_missing(lifecycle: Lifecycle, facts: Facts) -> None:
    found = [decide(lifecycle, step.source, step.trigger, facts) for step in lifecycle.steps]

    assert found == [Decision(dest=step.dest) for step in lifecycle.steps]


def test_every_reason_is_given_at_once(facts: Facts) -> None:
    bare = Facts(
        today=date(2023, 8, 1), opens=date(2023, 8, 21), requires={"application_form": 1, "photo": 2}
    )

    codes = [blocker.code for blocker in decide(ACTIVITY, "planned", "register", bare).blockers]

    assert codes == [
        "title_missing",
        "unit_missing",
        "coordinator_mail_missing",
        "dates_missing",
        "place_missing",
        "not_open",
        "materials_missing",
        "materials_missing",
    ]


@pytest.mark.parametrize("change", ENTRY)
def test_an_activity_is_entered_only_whole(facts: Facts, change: tuple[dict[str, Any], Blocker]) -> None:
    assert entry_blockers(ACTIVITY, facts._replace(**change[0])) == (change[1],)


def test_a_report_is_owed_even_where_nobody_can_be_reached(facts: Facts) -> None:
    assert entry_blockers(REPORT, facts._replace(coordinator_mail=None)) == ()


@pytest.mark.parametrize("early", [0, 1])
def test_an_activity_may_be_confirmed_on_its_last_day_or_ended_early_with_a_reason(
    facts: Facts, early: int
) -> None:
    that_day = facts._replace(
        today=date(2023, 9, 17) - timedelta(days=early), reason="暴雨" if early else None
    )

    assert decide(ACTIVITY, "registered", "hold", that_day).possible


def test_the_first_and_the_last_day_both_count_as_open(facts: Facts) -> None:
    today = facts.today

    edge = facts._replace(opens=today, closed=today, late_since=today, reason=None)

    assert decide(ACTIVITY, "planned", "register", edge).possible


def test_an_offline_activity_needs_no_address_online(facts: Facts) -> None:
    assert decide(ACTIVITY, "held", "complete_info", facts._replace(online=False, online_url=None)).possible


some_text = st.none() | st.sampled_from(["", " ", "x"])
some_day = st.none() | st.dates(date(2023, 9, 1), date(2023, 9, 30))
some_counts = st.dictionaries(
    st.sampled_from(["photo", "video", "video|news_link"]), st.integers(0, 3), max_size=3
)
any_facts = st.builds(
    Facts,
    today=st.dates(date(2023, 9, 1), date(2023, 9, 30)),
    title=st.sampled_from(["", "题"]),
    unit=some_text,
    coordinator_mail=some_text,
    starts_on=some_day,
    ends_on=some_day,
    place=some_text,
    online=st.booleans(),
    online_url=some_text,
    participants=st.none() | st.integers(0, 9),
    materials=some_counts,
    requires=some_counts,
    reason=some_text,
    recommended_by=some_text,
    award=some_text,
    opens=some_day,
    closed=some_day,
    late_since=some_day,
)
any_step = st.sampled_from([(each, step.source, step.trigger) for each in LIFECYCLES for step in each.steps])


@given(any_step, any_facts)
def test_asking_changes_nothing_and_answers_the_same_twice(
    step: tuple[Lifecycle, str, str], facts: Facts
) -> None:
    before = deepcopy(facts)

    first, second = decide(*step, facts), decide(*step, facts)

    assert first == second
    assert facts == before


@given(any_step, any_facts, st.text(min_size=1).filter(str.strip))
def test_giving_a_reason_answers_every_blocker_that_asks_for_one(
    step: tuple[Lifecycle, str, str], facts: Facts, reason: str
) -> None:
    decision = decide(*step, facts._replace(reason=reason))

    assert [blocker for blocker in decision.blockers if blocker.fix == "reason"] == []


@given(any_step, any_facts)
def test_on_the_day_a_blocker_names_it_is_gone(step: tuple[Lifecycle, str, str], facts: Facts) -> None:
    for blocker in decide(*step, facts).blockers:
        if blocker.clears_on:
            later = decide(*step, facts._replace(today=blocker.clears_on))
            assert blocker not in later.blockers
