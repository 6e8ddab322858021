"""The days to go back to: those of the notices that somebody sees, until today."""

from datetime import date
from zoneinfo import ZoneInfo

from config.schedule import Role
from engine.actors import Actor, Grant
from engine.audit.season import season_seen
from engine.database import Database
from tests.engine.world import ADMIN, World, at

CHINA = ZoneInfo("Asia/Shanghai")
FAR = Actor(name="person:99", person_id=99, grants=(Grant(role=Role.AUDITOR, region="410700"),))


def test_the_season_runs_from_its_first_mark_until_today(world: World) -> None:
    with world.database.read() as conn:
        season = season_seen(conn, world.person(ADMIN), now=at(9, 28), local=CHINA)

    assert season is not None
    assert (season.first, season.last) == (date(2023, 8, 21), date(2023, 9, 28))
    due = {day.day: [name.zh for name in day.milestones] for day in season.days if day.milestones}
    assert due == {date(2023, 8, 30): ["报送登记表和汇总表备案", "活动登记表备案"]}
    assert sum(day.reminders for day in season.days) > 0


def test_before_the_season_and_elsewhere_there_is_nothing_to_go_back_to(world: World) -> None:
    with world.database.read() as conn:
        assert season_seen(conn, world.person(ADMIN), now=at(8, 1), local=CHINA) is None
        assert season_seen(conn, FAR, now=at(9, 28), local=CHINA) is None


def test_without_a_notice_there_is_no_season(database: Database) -> None:
    with database.read() as conn:
        assert season_seen(conn, FAR, now=at(9, 28), local=CHINA) is None
