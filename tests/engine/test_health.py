"""What the service says of itself, to people and to machines, and the settings that can be tried."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from config.settings import Settings, load_settings
from engine.clock import stamp
from engine.database import Database
from engine.health import Health, health
from engine.meta import set_meta
from engine.metrics import Count, metrics
from engine.settings_shown import settings_shown
from engine.trial_mails import send_test_mail
from notifications.outcome import Answer
from tests.engine.post import LATER, Post
from tests.engine.world import World, at

WHEN = at(8, 21)
PLENTY = (100 * 1024**3, 0, 50 * 1024**3)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(home=tmp_path, mail_url=f"folder:{tmp_path / 'mail'}")


def look(
    world: World, settings: Settings, *, minutes: int = 0, disk: tuple[int, int, int] = PLENTY
) -> Health:
    """Return the health so many minutes after the heartbeat before last."""
    now = WHEN + timedelta(minutes=minutes)
    with world.database.write() as conn:
        set_meta(conn, "heartbeat", stamp(now - timedelta(seconds=30)))
    return health(world.database, settings, now=now, disk=lambda _home: disk)


def red(found: Health) -> list[str]:
    return [sign.name for sign in found.signs if not sign.is_well]


def test_all_is_well_while_the_heart_beats(world: World, settings: Settings) -> None:
    found = look(world, settings)

    assert found.is_well
    assert [sign.name for sign in found.signs] == ["database", "heartbeat", "sweep", "outbox", "disk"]


def test_a_service_that_never_ran_is_not_well(world: World, settings: Settings) -> None:
    assert "heartbeat" in red(health(world.database, settings, now=WHEN))


@pytest.mark.parametrize(("seconds", "expected"), [(89, []), (91, ["heartbeat"])])
def test_ninety_seconds_without_a_heartbeat_are_too_long(
    world: World, settings: Settings, seconds: int, expected: list[str]
) -> None:
    with world.database.write() as conn:
        set_meta(conn, "heartbeat", stamp(WHEN - timedelta(seconds=seconds)))

    assert red(health(world.database, settings, now=WHEN, disk=lambda _home: PLENTY)) == expected


@pytest.mark.parametrize(
    "disk", [(10 * 1024**3, 0, 199 * 1024**2), (100 * 1024**3, 0, 1024**3)], ids=["few bytes", "small share"]
)
def test_a_disk_nearly_full_is_red(world: World, settings: Settings, disk: tuple[int, int, int]) -> None:
    assert red(look(world, settings, disk=disk)) == ["disk"]


def test_a_home_that_is_gone_is_red(world: World, settings: Settings) -> None:
    lost = settings.model_copy(update={"home": settings.home / "nowhere"})

    assert "disk" in red(health(world.database, lost, now=WHEN))


def test_a_mail_that_could_go_and_does_not_is_red_after_a_quarter_of_an_hour(
    world: World, settings: Settings
) -> None:
    world.enter()
    world.sweep(WHEN)

    assert red(look(world, settings, minutes=14)) == []
    assert red(look(world, settings, minutes=16)) == ["outbox"]


def test_a_mail_that_waits_for_its_next_try_is_not_stuck(world: World, settings: Settings) -> None:
    world.enter()
    world.sweep(WHEN)
    tried = WHEN + timedelta(minutes=20)
    world.deliver(Post([LATER]), tried)

    assert red(look(world, settings, minutes=21)) == []


def test_a_long_queue_that_moves_is_not_stuck(world: World, settings: Settings) -> None:
    world.enter()
    world.sweep(WHEN)
    world.deliver(Post(), WHEN + timedelta(minutes=20))
    world.enter(1, unit="丰泽实验小学", region="350503", coordinator="li@example.cn")
    world.sweep(at(9, 1))

    assert "outbox" not in red(look(world, settings, minutes=25))


def test_a_reminder_that_nobody_settles_is_red(world: World, settings: Settings) -> None:
    assert red(look(world, settings, minutes=20)) == ["sweep"]


def test_a_database_that_does_not_answer_is_told_in_words(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "broken.db").write_text("not a database at all, " * 100)
    database = Database(f"sqlite:///{tmp_path / 'broken.db'}")

    found = health(database, settings, now=WHEN, disk=lambda _home: PLENTY)
    database.close()

    assert red(found) == ["database"]
    assert "数据库" in found.signs[0].text.zh


@pytest.fixture
def queries(world: World) -> Iterator[list[str]]:
    """Return the queries made on the world's database, as they come."""
    made: list[str] = []

    def note(*told: object) -> None:
        made.append(str(told[2]))

    event.listen(world.database._engine, "before_cursor_execute", note)
    yield made
    event.remove(world.database._engine, "before_cursor_execute", note)


def test_looking_takes_at_most_four_queries(world: World, settings: Settings, queries: list[str]) -> None:
    world.enter(3)
    queries.clear()

    health(world.database, settings, now=WHEN)

    assert 0 < len(queries) <= 4


def test_the_numbers_of_the_service_are_counted(world: World) -> None:
    world.enter(2)
    world.sweep(WHEN)
    with world.database.write() as conn:
        set_meta(conn, "heartbeat", stamp(WHEN))

    with world.database.read() as conn:
        found = metrics(conn, now=WHEN + timedelta(seconds=10))

    assert found.cases[0] == Count(labels=(("kind", "activity"), ("state", "planned")), count=2)
    assert found.messages == (Count(labels=(("state", "queued"),), count=1),)
    assert (found.heartbeat_age, found.last_sweep_age, found.firings_overdue) == (10, 10, 0)
    assert found.firings_pending > 0
    assert found.history_rows > 0


def test_cases_late_are_counted(world: World) -> None:
    world.enter(2)

    with world.database.read() as conn:
        assert metrics(conn, now=at(8, 31)).late_cases >= 2
        assert metrics(conn, now=WHEN).late_cases == 0


def test_settings_are_shown_without_secrets(tmp_path: Path) -> None:
    shown = settings_shown(
        load_settings(
            home=tmp_path,
            database_url="postgresql://duban:geheim@db.example.cn/duban",
            mail_url="smtps://duban:geheim@mail.example.cn:465",
        )
    )

    found = {one.variable: one for one in shown}
    assert found["DUBAN_MAIL_URL"].value == "smtps://***@mail.example.cn:465"
    assert found["DUBAN_MAIL_URL"].is_set
    assert not found["DUBAN_LANG"].is_set
    assert all("geheim" not in one.value for one in shown)


def test_a_test_mail_tells_what_the_transport_answered(settings: Settings) -> None:
    trial = send_test_mail(settings, "li@example.cn", lang="zh", now=WHEN)

    assert trial.outcome.answer is Answer.ACCEPTED
    assert trial.text.zh == "邮件服务器已收下，请到收件箱查看。"
    assert len(list((settings.home / "mail").glob("*.eml"))) == 1


def test_a_server_that_is_not_there_is_told_in_words(settings: Settings) -> None:
    away = load_settings(home=settings.home, mail_url="smtp://127.0.0.1:9")

    trial = send_test_mail(away, "li@example.cn", lang="zh", now=WHEN)

    assert trial.outcome.answer is Answer.NOT_ACCEPTED
    assert trial.text.zh.startswith("没有发出去")
