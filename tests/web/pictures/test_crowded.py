"""Pictures of much, of little and of nothing stay readable."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import combinations

import pytest

from tests.web.pictures.reading import drawings, labels
from tests.web.pictures.samples import FIRST, TODAY
from web.pictures.bars import Bar, Bars, bars_picture, share_picture
from web.pictures.burnup import Burnup, DueDay, Layer, burnup_picture
from web.pictures.heat import Cell, Column, Heat, Row, heat_picture
from web.pictures.ladder import Ladder, Step, ladder_picture
from web.pictures.path import Path, Standing, Station, path_picture
from web.pictures.season import Flag, Season, WindowBar, season_picture
from web.pictures.sparkslider import Slider, SliderDay, slider_picture

LONG = "联合承办单位报送重点活动安排表、登记表、汇总表及影像资料（盖章扫描件和电子版）"
WORDY = "Provinces, cities and national societies hand in the registration forms and their summary sheets"


def many(count: int) -> Iterable[date]:
    return (FIRST + timedelta(days=n) for n in range(count))


CROWDED = {
    "season": season_picture(
        Season(
            windows=(
                WindowBar(name=LONG, start=FIRST, end=TODAY),
                WindowBar(name="日", start=TODAY, end=TODAY),
            ),
            flags=tuple(Flag(name=WORDY, due=day, opens=FIRST, note=LONG) for day in many(60)),
            today=FIRST,
        ),
        key="s",
        lang="zh",
    ),
    "whole year": season_picture(
        Season(windows=(WindowBar(name="全年", start=date(2023, 1, 1), end=date(2024, 2, 29)),), flags=()),
        key="s",
        lang="zh",
    ),
    "ladder": ladder_picture(
        Ladder(
            name=LONG,
            due=FIRST,
            steps=tuple(Step(name=WORDY, day=day, who=(LONG, WORDY)) for day in many(3)),
            today=FIRST,
        ),
        key="l",
        lang="en",
    ),
    "path": path_picture(
        Path(
            stations=tuple(
                Station(name=WORDY, standing=Standing.LATE, due=day, late="1,234 working days late")
                for day in many(8)
            )
        ),
        key="p",
        lang="en",
    ),
    "heat": heat_picture(
        Heat(
            columns=tuple(Column(name=LONG, due=day) for day in many(10)),
            rows=tuple(Row(name=WORDY, cells=(Cell(late=99, total=100),) * 10) for _ in range(30)),
        ),
        key="h",
        lang="zh",
    ),
    "burnup": burnup_picture(
        Burnup(
            first=FIRST,
            layers=tuple(Layer(name=f"{n} {LONG}", counts=(1,) * 200) for n in range(8)),
            milestones=tuple(DueDay(name=LONG, due=day) for day in many(20)),
            today=TODAY,
        ),
        key="b",
        lang="zh",
    ),
    "bars": bars_picture(
        Bars(bars=(Bar(name=LONG, count=10**6), Bar(name=WORDY, count=0))), key="c", lang="zh"
    ),
    "shares": share_picture(
        Bars(bars=(Bar(name="逾期", count=10**6), Bar(name="按时", count=1))), key="t", lang="zh"
    ),
}
BARE = {
    "season": season_picture(Season(windows=(), flags=()), key="s", lang="zh"),
    "ladder": ladder_picture(Ladder(name="总结", due=TODAY, steps=()), key="l", lang="zh"),
    "path": path_picture(Path(stations=()), key="p", lang="zh"),
    "heat": heat_picture(Heat(columns=(), rows=()), key="h", lang="zh"),
    "burnup": burnup_picture(
        Burnup(first=FIRST, layers=(Layer(name="已登记", counts=(0,)),)), key="b", lang="zh"
    ),
    "bars": bars_picture(Bars(bars=()), key="c", lang="zh"),
    "slider": slider_picture(
        Slider(first=TODAY, last=TODAY, days=(SliderDay(day=TODAY),)), key="d", lang="zh"
    ),
}


@pytest.mark.parametrize("name", CROWDED)
def test_even_in_a_crowd_no_label_lies_on_another_or_is_cut_off(name: str) -> None:
    for drawing in drawings(CROWDED[name]):
        width = float(drawing.attrib["viewBox"].split()[2])
        found = labels(drawing)

        assert [(a.said, b.said) for a, b in combinations(found, 2) if a.meets(b)] == []
        assert [each.said for each in found if each.left < -1 or each.right > width + 1] == []


@pytest.mark.parametrize("name", BARE)
def test_a_picture_of_nothing_has_a_size(name: str) -> None:
    for drawing in drawings(BARE[name]):
        assert float(drawing.attrib["height"]) > 0
