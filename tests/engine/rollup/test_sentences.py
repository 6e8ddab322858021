"""What the report says in words, for regions of every sort."""

from dataclasses import replace
from pathlib import Path

import pytest

from config.regions import region
from engine.actors import SYSTEM
from engine.rollup.coverage import places_without
from engine.rollup.figures import Place
from engine.rollup.sentences import coverage, heading, parts_of, places
from engine.rollup.subject import Subject, subject_of
from tests.engine.rollup.season import figures
from tests.engine.world import NOTICE, World

PROVINCE, NATION = "350000", "000000"


@pytest.fixture
def subject(world: World) -> Subject:
    """Give the city's notice as what is rolled up."""
    with world.database.read() as conn:
        return subject_of(conn, NOTICE, actor=SYSTEM)


@pytest.mark.parametrize(
    ("place", "parts"),
    [
        (NATION, "省（区、市）"),
        (PROVINCE, "市"),
        ("510000", "市（州）"),
        ("110000", "区"),
        ("500000", "区（县）"),
        ("350500", "县（市、区）"),
        ("440700", "市（区）"),
        ("350502", "单位"),
    ],
)
def test_divisions_are_called_as_there_are_some(subject: Subject, place: str, parts: str) -> None:
    assert parts_of(replace(subject, region=place)) == parts


def test_the_nations_report_is_not_titled_by_a_place(subject: Subject) -> None:
    assert heading(replace(subject, region=NATION)) == "2023年全国科普日活动情况报告"


def test_what_the_region_itself_did_is_no_division(subject: Subject, world: World, tmp_path: Path) -> None:
    both = (Place("泉州市", 446, 423, 9), Place("省本级", 3, 2, 1, whole=True))
    found = replace(figures(world, tmp_path), places=both, without=())

    said = places(replace(subject, region=PROVINCE), found)

    assert said == "开展活动的市共1个：泉州市446项。另有省本级活动3项。"


@pytest.mark.parametrize(("place", "elsewhere"), [(NATION, "台湾省"), ("350500", "金门县")])
def test_places_that_no_notice_reaches_are_not_told_of(subject: Subject, place: str, elsewhere: str) -> None:
    without = [region(code).name for code in places_without(replace(subject, region=place), [])]

    assert (len(without) > 10, elsewhere in without) == (True, False)


def test_who_has_not_filed_is_counted_in_words_and_named_in_the_table(world: World, tmp_path: Path) -> None:
    said = coverage(replace(figures(world, tmp_path), silent=()))

    assert said == (
        "应报送2份，已报送0份，未报送2份，其中“报送登记表和汇总表备案”1份、“报送活动总结材料”1份，名单见下表。"
    )
