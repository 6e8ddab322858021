"""Cases and schedules that other tests change in one point."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from config.schedule import CaseKind, Milestone, Name, Precision, Schedule, Source, When, Window
from workflows.facts import Facts


@pytest.fixture
def facts() -> Facts:
    """An activity of which nothing is missing for any step, three days after it ended."""
    return Facts(
        today=date(2023, 9, 20),
        title="科普进校园",
        unit="鲤城区科协",
        coordinator_mail="wang@example.cn",
        starts_on=date(2023, 9, 16),
        ends_on=date(2023, 9, 17),
        place="实验小学",
        online=True,
        online_url="https://live.example.cn/1",
        participants=120,
        materials={"photo": 2, "news_link": 1},
        requires={"photo": 1, "video|news_link": 1},
        reason="补登",
        recommended_by="泉州市科协",
        award="优秀活动",
    )


@pytest.fixture
def day() -> Callable[[int, int], When]:
    """Return a factory of days in 2023."""
    return _day


@pytest.fixture
def schedule() -> Schedule:
    """A city's schedule in which everything can be kept."""
    window = Window(
        key="week",
        name=Name(zh="集中开展", en="main days"),
        start=_day(9, 17),
        end=_day(9, 23),
        source=Source(notice="qz"),
    )
    register = _milestone("register", "registered", _day(8, 30))
    return Schedule(
        id="quanzhou-2023",
        code="QZ-2023",
        title="活动的通知",
        region="350500",
        issuer="泉州市科协",
        line=("quanzhou-2023",),
        windows=(window,),
        milestones=(
            replace(register, opens=_day(8, 21)),
            _milestone("information", "info_completed", _day(9, 30)),
            _milestone("summary", "summarized", _day(9, 30)),
            Milestone(
                key="sheet",
                name=Name(zh="汇总表", en="sheet"),
                kind=CaseKind.REPORT,
                due=_day(8, 30),
                units=("county/association",),
                needs={"summary_sheet": 1},
            ),
        ),
        requires={"complete_info": {"photo": 2}},
    )


def _day(month: int, number: int) -> When:
    exact = date(2023, month, number)
    return When(text=exact.isoformat(), precision=Precision.DAY, start=exact, day=exact)


def _milestone(key: str, reaches: str, due: When) -> Milestone:
    return Milestone(key=key, name=Name(zh=key, en=key), kind=CaseKind.ACTIVITY, due=due, reaches=reaches)
