"""The versions of a schedule, their differences, and where each value comes from."""

import pytest

from config.catalogue import catalogue
from config.errors import UserError
from engine.actors import Actor
from engine.apply import apply_notice
from engine.notice_versions import (
    EffectiveValue,
    differences_between,
    effective_values,
    schedule_of_version,
    text_of_version,
    versions_of,
)
from engine.planning import edit_schedule
from engine.schedules import schedule_of
from tests.engine.world import ADMIN, NOTICE, NOW, World

QUANZHOU = catalogue()[NOTICE]
LATER = edit_schedule(QUANZHOU, {"milestones.summary.due": "2023-10-20", "daily": "on"})


@pytest.fixture
def changed(world: World) -> World:
    """Give a world with two versions, the second by its admin."""
    admin: Actor = world.person(ADMIN)
    with world.database.write() as conn:
        apply_notice(conn, NOTICE, LATER, actor=admin, now=NOW)
    return world


def test_versions_say_who_applied_them(changed: World) -> None:
    with changed.database.read() as conn:
        found = versions_of(conn, NOTICE)

    assert [(one.version, one.who, one.at) for one in found] == [(2, "周管理员", NOW), (1, None, NOW)]


def test_any_two_versions_can_be_compared(changed: World) -> None:
    with changed.database.read() as conn:
        forth = differences_between(conn, NOTICE, 1, 2)
        back = differences_between(conn, NOTICE, 2, 1)
        everything = differences_between(conn, NOTICE, 0, 1)

    assert [(one.place, one.before, one.after) for one in forth] == [
        ("daily", "false", "true"),
        ("milestones.summary.due", "2023-09-30", "2023-10-20"),
    ]
    assert [(one.before, one.after) for one in back] == [(one.after, one.before) for one in forth]
    assert {one.before for one in everything} == {None}


def test_each_version_keeps_its_text(changed: World) -> None:
    with changed.database.read() as conn:
        assert [text_of_version(conn, NOTICE, number) for number in (1, 2)] == [QUANZHOU, LATER]


@pytest.mark.parametrize("version", [0, 3])
def test_a_version_that_is_not_there_is_said_so(changed: World, version: int) -> None:
    with changed.database.read() as conn, pytest.raises(UserError) as refused:
        schedule_of_version(conn, NOTICE, version)

    assert refused.value.code == "version.unknown"


def test_every_value_knows_where_it_comes_from_and_in_which_words(world: World) -> None:
    with world.database.read() as conn:
        found = {one.place: one for one in effective_values(schedule_of(conn, NOTICE))}

    assert found["milestones.information.due"] == EffectiveValue(
        place="milestones.information.due",
        value="2023-09-30",
        notice=NOTICE,
        clause="六（二）",
        cite="请各活动举办单位于2023年9月30日前",
        note=None,
        inherited=False,
        is_open=False,
    )
    assert (found["send_at"].notice, found["send_at"].inherited) == ("duban", True)
    assert found["milestones.report.due"].notice == "national-2023"
