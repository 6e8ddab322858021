"""The ``commend`` part of a notice: what may be written, what is inherited, what is refused where."""

import pytest

from config.catalogue import catalogue
from config.commendation import commend_values
from config.criteria import DEFAULT_AWARDS, Award, AwardRules, Measure, Quota, Scale
from config.errors import UserError
from config.resolve import resolve
from config.stored import dump, load

CITY, NATION = "quanzhou-2023", "national-2023"


def awards(city: str = "", nation: str = "") -> tuple[AwardRules, ...] | None:
    """Return the awards of Quanzhou's notice with something added to it and to the one above it."""
    texts = dict(catalogue())
    texts[CITY] += f"\n{city}"
    texts[NATION] += f"\n{nation}"
    schedule = resolve(CITY, texts)
    assert load(dump(schedule)) == schedule
    return schedule.commend


def refusal(city: str) -> str:
    with pytest.raises(UserError) as refused:
        awards(city)
    assert refused.value.in_("zh").startswith(f"{CITY}.yaml:")
    return refused.value.in_("en")


def test_a_notice_that_says_nothing_goes_by_the_default() -> None:
    assert awards() is None
    assert [one.best for one in DEFAULT_AWARDS] == [100, 100, 100]


def test_an_award_is_inherited_value_by_value_and_the_nearest_word_wins() -> None:
    above = "commend: {units: {title: 先进集体, quota: {places: 5}}}"

    units, activities, people = awards("commend: {units: {quota: {percent: 30}}}", above) or ()

    assert (units.title, units.quota) == ("先进集体", Quota(percent=30))
    assert (activities, people) == DEFAULT_AWARDS[1:]


def test_an_award_can_be_turned_off() -> None:
    found = awards("commend: {people: off}") or ()

    assert [one.award for one in found] == [Award.UNIT, Award.ACTIVITY]


def test_criteria_are_read_with_their_scales_and_steps() -> None:
    text = """
commend:
  activities:
    quota: {per_county: 2}
    criteria:
      participants: {weight: 60, steps: {100: 40, 1000: 100}}
      media: {weight: 20, scale: best}
      reach: {weight: 20, audience: [farmers]}
"""
    [_, activities, _] = awards(text) or ()

    participants, media, reach = activities.criteria
    assert (participants.scale, participants.steps) == (Scale.STEPS, ((100, 40), (1000, 100)))
    assert (media.measure, media.scale) == (Measure.MEDIA, Scale.BEST)
    assert (reach.scale, reach.audience) == (Scale.SHARE, ("farmers",))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("commend: {units: {quota: {places: 5, percent: 3}}}", "exactly one of"),
        ("commend: {units: {quota: {}}}", "exactly one of"),
        ("commend: {units: {quota: {places: 0}}}", "at least 1"),
        ("commend: {units: {quotas: {places: 1}}}", "did you mean 'quota'"),
        ("commend: {schools: {quota: {places: 1}}}", "units, activities, people"),
        ("commend: {units: {criteria: {luck: {weight: 1}}}}", "one of"),
        ("commend: {units: {criteria: {media: {weight: 1, scale: share}}}}", "is a number, not a share"),
        ("commend: {units: {criteria: {media: {weight: 1, steps: {1: 9, 2: 3}}}}}", "must not be worth less"),
        ("commend: {units: {criteria: {media: {weight: 1, needs: {photo: 1}}}}}", "only completeness"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_place(text: str, said: str) -> None:
    assert said in refusal(text)


def test_a_changed_criterion_is_seen_as_a_difference() -> None:
    before = commend_values(awards("commend: {units: {quota: {places: 5}}}") or ())
    after = commend_values(awards("commend: {units: {quota: {places: 6}}}") or ())

    changed = {place for place in before if before[place] != after[place]}
    assert changed == {"commend.units.quota"}
