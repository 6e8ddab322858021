"""Who comes first and who is chosen: properties that hold for any figures, criteria and quota."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.criteria import Award, AwardRules, Criterion, Measure, Quota, Scale
from engine.commendation.ranking import WHOLE, Candidate, Ranked, Wishes, choose, rank, undecided

MEASURES = (Measure.PARTICIPANTS, Measure.MEDIA, Measure.PUNCTUALITY)
STEPS = ((1, 20), (100, 60), (1000, 100))


def criterion(measure: Measure, scale: Scale, weight: int = 10) -> Criterion:
    return Criterion(measure=measure, weight=weight, scale=scale, steps=STEPS)


def rules(*criteria: Criterion, quota: Quota | None = None) -> AwardRules:
    places = quota or Quota(places=3)
    return AwardRules(award=Award.ACTIVITY, title="优秀活动", quota=places, criteria=criteria)


def candidate(key: str, *values: int, county: str = "350502") -> Candidate:
    return Candidate(key=key, county=county, values=dict(zip(MEASURES, values, strict=False)))


figures = st.one_of(st.integers(0, 5), st.integers(0, 1_000_000))
criteria_of = st.tuples(
    st.builds(criterion, st.just(Measure.PARTICIPANTS), st.sampled_from(Scale), st.integers(1, 50)),
    st.builds(criterion, st.just(Measure.MEDIA), st.sampled_from(Scale), st.integers(1, 50)),
    st.builds(criterion, st.just(Measure.PUNCTUALITY), st.just(Scale.SHARE), st.integers(1, 50)),
)
everybody = st.lists(
    st.tuples(figures, figures, st.integers(0, WHOLE), st.sampled_from(["350502", "350503", "350504"])),
    max_size=12,
).map(lambda rows: [candidate(f"QZ-{n:02d}", *row[:3], county=row[3]) for n, row in enumerate(rows)])
quotas = st.one_of(
    st.builds(Quota, places=st.integers(1, 15), each_county=st.integers(0, 3)),
    st.builds(Quota, percent=st.integers(1, 100), each_county=st.integers(0, 3)),
    st.builds(Quota, per_county=st.integers(1, 4)),
)


def places(ranked: tuple[Ranked, ...]) -> dict[str, int]:
    return {one.key: one.place for one in ranked}


@given(everybody, criteria_of, st.data())
def test_more_of_anything_never_ranks_lower(
    found: list[Candidate], criteria: tuple[Criterion, ...], data: st.DataObject
) -> None:
    if not found:
        return
    index = data.draw(st.integers(0, len(found) - 1))
    measure = data.draw(st.sampled_from([Measure.PARTICIPANTS, Measure.MEDIA]))
    one = found[index]
    better = replace(one, values={**one.values, measure: one.values[measure] + data.draw(figures)})

    before = rank(found, rules(*criteria))
    after = rank([*found[:index], better, *found[index + 1 :]], rules(*criteria))

    assert places(after)[one.key] <= places(before)[one.key]


@given(everybody, criteria_of, quotas, st.randoms(use_true_random=False))
def test_the_order_of_what_comes_in_makes_no_difference(
    found: list[Candidate], criteria: tuple[Criterion, ...], quota: Quota, chance: object
) -> None:
    shuffled = sorted(found, key=lambda _: chance.random())  # type: ignore[attr-defined]  # hypothesis' own

    one, other = rank(found, rules(*criteria)), rank(shuffled, rules(*criteria))

    assert (one, choose(one, quota)) == (other, choose(other, quota))


@given(everybody, criteria_of, quotas, st.data())
def test_a_quota_is_never_exceeded_whatever_people_wish(
    found: list[Candidate], criteria: tuple[Criterion, ...], quota: Quota, data: st.DataObject
) -> None:
    keys = st.sampled_from([one.key for one in found] or ["nobody"])
    wishes = Wishes(
        added=tuple(data.draw(st.lists(keys, unique=True))),
        removed=frozenset(data.draw(st.lists(keys))),
        places=data.draw(st.dictionaries(keys, st.integers(1, 20))),
    )

    chosen = choose(rank(found, rules(*criteria)), quota, wishes)

    counties = [one.county for one in found if one.key in chosen]
    assert len(chosen) == len(set(chosen)) <= quota.limit(len(found))
    assert quota.per_county is None or all(counties.count(one) <= quota.per_county for one in counties)
    assert not wishes.removed & set(chosen)


@given(everybody, criteria_of)
def test_no_points_lie_outside_of_what_a_criterion_gives(
    found: list[Candidate], criteria: tuple[Criterion, ...]
) -> None:
    scores = [score for one in rank(found, rules(*criteria)) for score in one.scores]

    assert all(0 <= score.points <= score.most for score in scores)


def test_each_scale_gives_the_points_that_it_says() -> None:
    found = [candidate("a", 1000, 4), candidate("b", 250, 2), candidate("c", 50, 0)]

    def points(scale: Scale) -> list[int]:
        return [one.points for one in rank(found, rules(criterion(Measure.PARTICIPANTS, scale)))]

    assert points(Scale.BEST) == [1000, 250, 50]
    assert points(Scale.MEDIAN) == [1000, 500, 100]
    assert points(Scale.STEPS) == [1000, 600, 200]


def test_equal_points_go_by_the_figures_and_equal_figures_share_a_place() -> None:
    found = [candidate("d", 1200), candidate("c", 2000), candidate("b", 1500), candidate("a", 1500)]

    ranked = rank(found, rules(criterion(Measure.PARTICIPANTS, Scale.STEPS)))

    assert len({one.points for one in ranked}) == 1
    assert [(one.key, one.place, one.shared) for one in ranked] == [
        ("c", 1, False),
        ("a", 2, True),
        ("b", 2, True),
        ("d", 4, False),
    ]


@pytest.mark.parametrize(
    ("quota", "wishes", "open_"),
    [
        (Quota(places=2), Wishes(), {"b", "c", "d"}),
        (Quota(places=1), Wishes(), set()),
        (Quota(places=4), Wishes(), set()),
        (Quota(places=2), Wishes(added=("c",)), set()),
        (Quota(places=2), Wishes(removed=frozenset({"b"})), {"c", "d"}),
        (Quota(places=2), Wishes(removed=frozenset({"c", "d"})), set()),
        (Quota(per_county=1), Wishes(), set()),
        (Quota(places=2, each_county=1), Wishes(), set()),
        (Quota(places=3, per_county=2), Wishes(), {"b", "c"}),
    ],
    ids=[
        "cut",
        "above",
        "all",
        "one added",
        "one removed",
        "others removed",
        "county",
        "each county",
        "full",
    ],
)
def test_a_quota_that_cuts_through_a_place_leaves_it_to_a_person(
    quota: Quota, wishes: Wishes, open_: set[str]
) -> None:
    tie = [candidate("b", 8), candidate("c", 8), candidate("d", 8, county="350503")]
    ranked = rank([candidate("a", 9), *tie], rules(criterion(Measure.PARTICIPANTS, Scale.BEST)))

    assert undecided(ranked, choose(ranked, quota, wishes), quota, wishes) == open_


def test_a_place_for_each_county_that_does_not_go_round_is_left_to_a_person() -> None:
    tie = [candidate(key, 8, county=f"35050{county}") for county, key in enumerate("bcd", 2)]
    ranked = rank(tie, rules(criterion(Measure.PARTICIPANTS, Scale.BEST)))
    quota = Quota(places=2, each_county=1)

    assert undecided(ranked, choose(ranked, quota), quota) == {"b", "c", "d"}


def test_every_county_gets_its_places_first() -> None:
    found = [candidate("a", 9), candidate("b", 8), candidate("c", 7), candidate("d", 1, county="350503")]
    ranked = rank(found, rules(criterion(Measure.PARTICIPANTS, Scale.BEST)))

    assert choose(ranked, Quota(places=2)) == ("a", "b")
    assert choose(ranked, Quota(places=2, each_county=1)) == ("a", "d")


def test_who_is_added_takes_the_place_of_the_last_and_who_is_removed_leaves_it_to_the_next() -> None:
    ranked = rank(
        [candidate("a", 9), candidate("b", 8), candidate("c", 7)],
        rules(criterion(Measure.PARTICIPANTS, Scale.BEST)),
    )

    assert choose(ranked, Quota(places=2), Wishes(added=("c",))) == ("a", "c")
    assert choose(ranked, Quota(places=2), Wishes(removed=frozenset({"a"}))) == ("b", "c")
    assert choose(ranked, Quota(places=2), Wishes(places={"b": 1})) == ("b", "a")


def test_a_share_of_the_candidates_is_rounded_down_but_never_to_nobody() -> None:
    assert [Quota(percent=20).limit(n) for n in (0, 1, 4, 9, 10)] == [0, 1, 1, 1, 2]
