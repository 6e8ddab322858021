"""What a list says of a candidate: its merits on the sheet, how its points came about on the page."""

import pytest

from config.criteria import Measure
from engine.commendation.listed import Line
from engine.commendation.merits import merits_said
from engine.commendation.ranking import Score
from engine.commendation.words import score_said, total_said


def score(measure: Measure, done: int, asked: int = 0) -> Score:
    value = 10_000 * done // asked if asked else done
    return Score(measure=measure, value=value, points=0, most=1500, place=1, done=done, asked=asked)


def line(*scores: Score, reason: str | None = None) -> Line:
    return Line(
        key="k", name="n", below="b", county="350502", place=1, points=1, scores=scores, reason=reason
    )


def test_merits_tell_what_was_reached() -> None:
    told = merits_said(
        line(
            score(Measure.PARTICIPANTS, 2630),
            score(Measure.ACTIVITIES, 10),
            score(Measure.MEDIA, 4),
            score(Measure.PUNCTUALITY, 40, 42),
            score(Measure.REACH, 2, 3),
            score(Measure.COMPLETENESS, 5, 5),
        )
    )

    assert told.zh == (
        "举办活动10场，参与公众2630人次，获媒体报道4条，95%的环节按时完成，覆盖重点人群2类，活动材料齐全。"
    )


def test_merits_tell_nothing_against_a_candidate() -> None:
    told = merits_said(
        line(
            score(Measure.ACTIVITIES, 1),
            score(Measure.MEDIA, 0),
            score(Measure.PUNCTUALITY, 2, 4),
            score(Measure.REACH, 0, 3),
            score(Measure.COMPLETENESS, 30, 50),
        )
    )

    assert told.zh == "举办活动1场。"


def test_whoever_has_no_figures_did_what_was_asked() -> None:
    assert merits_said(line(reason="示范性强。")).zh == "按要求开展活动并提交总结。示范性强。"


def test_nothing_reached_has_no_place() -> None:
    said = score_said(score(Measure.REACH, 0, 3), "350500")

    assert (said.zh, said.en) == ("3 类重点人群覆盖 0 类：0/15 分", "0 of 3 audiences reached: 0/15 points")


@pytest.mark.parametrize(("points", "said"), [(7160, "71.60"), (7162, "71.62"), (8800, "88.00")])
def test_totals_have_both_decimals(points: int, said: str) -> None:
    assert total_said(points) == said
