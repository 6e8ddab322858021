"""One decision of the lifecycle: where a step leads and everything that stands against it."""

import gc
from collections.abc import Callable, Iterator
from datetime import date

from transitions import Machine

from bench.measure import Cost, Figure, Scale, in_turn, timed
from workflows.decide import decide, step_of
from workflows.facts import Facts
from workflows.lifecycle import Guard
from workflows.registry import lifecycle

GOAL = 10.0
"""Microseconds."""

LIFE = lifecycle("activity")
READY = Facts(
    today=date(2023, 9, 1),
    title="食品安全在身边：社区科普讲堂",
    unit="7",
    coordinator_mail="wang@example.cn",
    starts_on=date(2023, 9, 17),
    ends_on=date(2023, 9, 18),
    place="文化广场",
    materials={"application_form": 1, "platform_listing": 1},
    requires={"application_form": 1, "platform_listing": 1},
    opens=date(2023, 8, 21),
)
LACKING = Facts(
    today=date(2023, 9, 25),
    starts_on=date(2023, 9, 17),
    ends_on=date(2023, 9, 18),
    materials={"photo": 1},
    requires={"photo": 2, "video|news_link": 1},
)


def run(scale: Scale) -> Iterator[Figure]:
    """Measure a step that may be done and one that is blocked."""
    guards = len(_guards("planned", "register"))
    asked = f"register, {guards} guards, nothing against it"
    yield _figure("decision, free", asked, ("planned", "register", READY), scale)
    yield _figure(
        "decision, blocked", "complete_info, two materials missing", ("held", "complete_info", LACKING), scale
    )


def _figure(name: str, measures: str, asked: tuple[str, str, Facts], scale: Scale) -> Figure:
    state, trigger, facts = asked
    guards = _guards(state, trigger)
    times = in_turn(
        scale.pick(9, 2),
        {
            "floor": lambda _: _each(
                scale, lambda: [blocker for guard in guards for blocker in guard(facts)]
            ),
            "ours": lambda _: _each(scale, lambda: decide(LIFE, state, trigger, facts)),
        },
    )
    ours = times.best("ours") * 1e6
    return Figure(
        name=name,
        measures=f"one decision: {measures}",
        floor=f"{times.best('floor') * 1e6:.2f} µs",
        ours=f"{ours:.2f} µs",
        ratio=times.ratio("floor", "ours"),
        goal=f"≤ {GOAL:.0f} µs",
        met=ours <= GOAL,
        notes=(
            "Floor: the same guards called one after the other. Both: the best round, for noise only adds.",
            f"State machines in this process after all decisions: {machines()}"
            " (one a lifecycle version, none a case).",
        ),
        values=times.values() | {"machines": machines()},
    )


def _guards(state: str, trigger: str) -> tuple[Guard, ...]:
    step = step_of(LIFE, state, trigger)
    return step.guards if step else ()


def _each(scale: Scale, work: Callable[[], object]) -> Cost:
    times = scale.pick(20_000, 200)

    def repeated() -> None:
        for _ in range(times):
            work()

    return timed(repeated, times)


def machines() -> int:
    """Return how many state machines this process holds."""
    return sum(isinstance(one, Machine) for one in gc.get_objects())
