"""Small notices for the tests of the config room."""

from collections.abc import Callable

import pytest
from hypothesis import settings

from config.resolve import resolve
from config.schedule import Schedule

# The first example builds tables that are then kept, so a time per example says nothing.
settings.register_profile("config", deadline=None)
settings.load_profile("config")

HEAD = """\
id: {id}
code: XY-2023
title: 关于举办活动的通知
issuer: 某市科协
region: "{region}"
"""

Make = Callable[..., str]
MakeSchedule = Callable[..., Schedule]


@pytest.fixture
def notice() -> Make:
    """Return a factory: ``notice("milestones: {…}", id="child-2023")`` gives the YAML text of a notice."""

    def make(body: str = "", *, id: str = "city-2023", region: str = "350500") -> str:
        return HEAD.format(id=id, region=region) + body

    return make


@pytest.fixture
def schedule(notice: Make) -> MakeSchedule:
    """Return a factory: the schedule of a notice without parents."""

    def make(body: str = "") -> Schedule:
        return resolve("city-2023", {"city-2023": notice(body)})

    return make


@pytest.fixture
def due(schedule: MakeSchedule) -> MakeSchedule:
    """Return a factory: a schedule whose one milestone ``summary`` is due on the date given."""

    def make(when: str, more: str = "") -> Schedule:
        return schedule(
            "windows:\n  week: {name: {zh: 活动周, en: Week}, start: 2023-09-17, end: 2023-09-23}\n"
            "milestones:\n"
            "  summary:\n"
            "    name: {zh: 提交总结, en: Summary}\n"
            f"    for: activity\n    reaches: summarized\n    due: {when}\n{more}"
        )

    return make
