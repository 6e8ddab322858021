"""Versions of a notice with their reasons, and two of them side by side."""

from config.catalogue import catalogue
from engine.planning import ScheduleChange, apply_planned, edit_schedule
from engine.version_lines import compared, version_lines
from tests.engine.world import ADMIN, NOTICE, NOW, World

QUANZHOU = catalogue()[NOTICE]
LATER = edit_schedule(QUANZHOU, {"milestones.summary.due": "2023-10-20"})


def test_each_version_says_who_applied_it_and_why_and_can_be_compared(world: World) -> None:
    change = ScheduleChange(notice=NOTICE, text=LATER, expect_version=1, reason="市里推迟")
    with world.database.write() as conn:
        apply_planned(conn, change, actor=world.person(ADMIN), now=NOW)

    with world.database.read() as conn:
        lines = version_lines(conn, NOTICE)
        two = compared(conn, NOTICE, 1, 2)

    assert [(one.version.version, one.version.who, one.reason) for one in lines] == [
        (2, "周管理员", "市里推迟"),
        (1, None, None),
    ]
    assert [one.place for one in two.fields] == ["milestones.summary.due"]
    assert (two.old_text, two.new_text) == (QUANZHOU, LATER)
