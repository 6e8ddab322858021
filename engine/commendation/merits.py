"""What speaks for a candidate, as a recommendation puts it: what was reached, not what was not."""

from collections.abc import Callable, Mapping

from config.criteria import Measure
from config.schedule import Name
from engine.commendation.listed import Line
from engine.commendation.ranking import Score

_MOSTLY = 90
"""From this share on, in percent, it is worth saying."""

_NOTHING_MORE = Name(
    zh="按要求开展活动并提交总结", en="held its activities as asked and handed in the summary"
)
"""What is true of every candidate."""


def merits_said(line: Line) -> Name:
    """Return the merits of a candidate in one sentence, and the reason of whoever put it where it is."""
    scores = sorted((one for one in line.scores if one.value), key=lambda one: _ORDER.index(one.measure))
    told = [found for one in scores if (found := _MERITS[one.measure](one))]
    told = told or [_NOTHING_MORE]
    zh, en = "，".join(one.zh for one in told) + "。", ", ".join(one.en for one in told) + "."
    if line.reason:
        zh, en = f"{zh}{line.reason.rstrip('。')}。", f"{en} {line.reason.rstrip('.')}."
    return Name(zh=zh, en=en)


def _count(zh: str, en: str) -> Callable[[Score], Name]:
    return lambda one: Name(zh=zh.format(one.value), en=en.format(one.value))


def _share(zh: tuple[str, str], en: tuple[str, str]) -> Callable[[Score], Name | None]:
    """Return a merit of a share: one wording for all of it, one for most of it."""

    def said(one: Score) -> Name | None:
        percent = 100 * one.done // one.asked if one.asked else 0
        if percent < _MOSTLY:
            return None
        whole = one.done >= one.asked
        return Name(
            zh=zh[0] if whole else zh[1].format(percent), en=en[0] if whole else en[1].format(percent)
        )

    return said


_MERITS: Mapping[Measure, Callable[[Score], Name | None]] = {
    Measure.ACTIVITIES: _count("举办活动{}场", "{} activities"),
    Measure.PARTICIPANTS: _count("参与公众{}人次", "{} participants"),
    Measure.MEDIA: _count("获媒体报道{}条", "{} media links"),
    Measure.PUNCTUALITY: _share(
        ("各环节均按时完成", "{}%的环节按时完成"), ("everything in time", "{}% in time")
    ),
    Measure.REACH: lambda one: Name(zh=f"覆盖重点人群{one.done}类", en=f"{one.done} audiences reached"),
    Measure.COMPLETENESS: _share(
        ("活动材料齐全", "活动材料齐全率{}%"), ("all materials there", "{}% of the materials there")
    ),
}

_ORDER = tuple(_MERITS)
"""In this order they read well, whatever the notice weighs first."""
