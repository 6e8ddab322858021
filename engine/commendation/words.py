"""What a list says in plain words: each criterion with its points, what rules out, how a tie is settled."""

from collections.abc import Callable, Mapping

from config.criteria import AwardRules, Measure, Quota, Scale
from config.schedule import Name
from engine.commendation.candidates import place_word
from engine.commendation.ranking import POINT, Score

MEASURES: Mapping[Measure, Name] = {
    Measure.ACTIVITIES: Name(zh="活动", en="activities"),
    Measure.PARTICIPANTS: Name(zh="参与", en="participants"),
    Measure.MEDIA: Name(zh="媒体报道", en="media links"),
    Measure.PUNCTUALITY: Name(zh="按时", en="in time"),
    Measure.REACH: Name(zh="重点人群", en="audiences"),
    Measure.COMPLETENESS: Name(zh="材料齐全", en="materials"),
}

TIE = Name(
    zh="总分相同的，按条件的先后比各项的数；仍相同的并列，名额不够分时由人工决定。",
    en="Equal points are settled by the figures, criterion by criterion as listed; who is equal there too"
    " shares a place, and a person decides where places do not go round.",
)
"""The rule for ties, as it is shown and printed."""

_FIGURES: Mapping[Measure, Callable[[Score], Name]] = {
    Measure.ACTIVITIES: lambda one: Name(zh=f"活动 {one.value:,} 场", en=f"{one.value:,} activities"),
    Measure.PARTICIPANTS: lambda one: Name(zh=f"参与 {one.value:,} 人", en=f"{one.value:,} participants"),
    Measure.MEDIA: lambda one: Name(zh=f"媒体报道 {one.value:,} 条", en=f"{one.value:,} media links"),
    Measure.PUNCTUALITY: lambda one: Name(
        zh=f"{one.asked} 个节点中 {one.done} 个按时", en=f"{one.done} of {one.asked} milestones in time"
    ),
    Measure.REACH: lambda one: Name(
        zh=f"{one.asked} 类重点人群覆盖 {one.done} 类", en=f"{one.done} of {one.asked} audiences reached"
    ),
    Measure.COMPLETENESS: lambda one: Name(
        zh=f"应有材料 {one.asked} 件齐了 {one.done} 件", en=f"{one.done} of {one.asked} materials there"
    ),
}


def points_said(points: int) -> str:
    """Return hundredths of points as people write them: ``20``, ``20.5``."""
    return f"{points / POINT:.2f}".rstrip("0").rstrip(".")


def total_said(points: int) -> str:
    """Return the points of a candidate, always with both decimals: they stand under one another."""
    return f"{points / POINT:.2f}"


def figure_said(score: Score) -> Name:
    """Return the figure of a criterion: 参与 1,200 人."""
    return _FIGURES[score.measure](score)


def score_said(score: Score, region: str) -> Name:
    """Return what a criterion gave: 参与 1,200 人：20/25 分，全市第 3; nothing reached has no place."""
    figure, points, most = figure_said(score), points_said(score.points), points_said(score.most)
    place = Name(zh="", en="")
    if score.value:
        place = Name(zh=f"，{place_word(region)}第 {score.place}", en=f", no. {score.place} of all")
    return Name(
        zh=f"{figure.zh}：{points}/{most} 分{place.zh}", en=f"{figure.en}: {points}/{most} points{place.en}"
    )


def quota_said(quota: Quota, candidates: int) -> Name:
    """Return how many may be commended, and why so many."""
    limit = quota.limit(candidates)
    if quota.places is not None:
        zh, en = f"名额 {quota.places} 个", f"{quota.places} places"
    elif quota.percent is not None:
        zh = f"名额 {limit} 个（{candidates} 个候选的 {quota.percent}%）"
        en = f"{limit} places ({quota.percent}% of {candidates} candidates)"
    else:
        zh, en = f"每个县最多 {quota.per_county} 个", f"at most {quota.per_county} of each county"
    if quota.each_county:
        zh += f"，每个县至少 {quota.each_county} 个"
        en += f", at least {quota.each_county} of each county"
    return Name(zh=zh, en=en)


def criterion_said(rules: AwardRules) -> tuple[Name, ...]:
    """Return each criterion with its points and how a figure becomes points."""
    return tuple(
        Name(
            zh=f"{MEASURES[one.measure].zh} {one.weight} 分（{_SCALES[one.scale].zh}）",
            en=f"{MEASURES[one.measure].en}: {one.weight} points ({_SCALES[one.scale].en})",
        )
        for one in rules.criteria
    )


_SCALES: Mapping[Scale, Name] = {
    Scale.BEST: Name(zh="按最好的折算", en="in proportion to the best"),
    Scale.MEDIAN: Name(
        zh="达到中位数得一半，两倍中位数得满分", en="half for the median, all for twice the median"
    ),
    Scale.STEPS: Name(zh="分档", en="by steps"),
    Scale.SHARE: Name(zh="按比例", en="by the share reached"),
}
