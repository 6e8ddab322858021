"""What papers call the event of a notice: by its own title, with the year, once with the place."""

from dataclasses import replace
from datetime import date

import pytest

from config.catalogue import catalogue
from config.resolve import resolve
from config.schedule import Precision, Schedule, When
from engine.event import headed


def notice(name: str) -> Schedule:
    return resolve(name, catalogue())


@pytest.mark.parametrize(
    ("name", "place", "begins"),
    [
        ("national-2023", "000000", "2023年全国科普日活动"),
        ("national-2023", "350000", "福建省2023年全国科普日活动"),
        ("quanzhou-2023", "350500", "泉州市2023年全国科普日活动"),
        ("xinxiang-2023", "410700", "新乡市2023年全国科普日活动"),
        ("jiangmen-2021", "440700", "江门市2021年全国科普日活动"),
        ("chengdu-2023", "510100", "成都市2023年全国科普日活动"),
    ],
)
def test_a_paper_names_place_year_and_event(name: str, place: str, begins: str) -> None:
    assert headed(notice(name), place) == begins


def test_a_title_without_a_year_takes_that_of_the_notice() -> None:
    issued = When(text="2027-03-01", precision=Precision.DAY, start=date(2027, 3, 1), day=date(2027, 3, 1))
    undated = replace(notice("quanzhou-2023"), title="关于开展科技周活动的通知", issued=issued)

    assert headed(undated, "350500") == "泉州市2027年科技周活动"


def test_a_title_without_an_event_names_activities() -> None:
    bare = replace(notice("quanzhou-2023"), title="工作通知", issued=None)

    assert headed(bare, "350500") == "泉州市活动"
