from datetime import UTC, date, datetime

import orjson
import pytest
from sqlalchemy import func, select

from engine.database import open_database
from engine.simulate import Season, check_season, simulate
from engine.tables import firing, ledger, message, sweep

from .conftest import SettingsOf

DOWN, UP = datetime(2021, 10, 11, 12, tzinfo=UTC), datetime(2021, 10, 21, 12, tzinfo=UTC)
"""Over the reminders of 13, 18, 19 and 21 October."""


@pytest.fixture
def season(settings_of: SettingsOf) -> Season:
    return simulate(
        settings_of("home"),
        year=2021,
        activities=30,
        seed=6,
        end=date(2021, 10, 21),
        outages=[(DOWN, UP)],
    )


def test_after_an_outage_each_person_gets_one_mail_about_today(season: Season) -> None:
    database = open_database(f"sqlite:///{(season.home / 'duban.db').as_posix()}")
    with database.read() as conn:
        ours = conn.scalar(select(sweep.c.id).where(sweep.c.at == UP))
        missed = conn.execute(select(firing).where(firing.c.at.between(DOWN, UP))).all()
        mails = conn.execute(select(message).where(message.c.sweep_id == ours)).all()
        told = select(ledger.c.person_id).where(ledger.c.sweep_id == ours, ledger.c.outcome == "mailed")
        people = set(conn.scalars(told))
        accounted = set(conn.scalars(select(ledger.c.firing_id).where(ledger.c.sweep_id == ours)))
        meanwhile = conn.scalar(
            select(func.count())
            .select_from(message)
            .where(message.c.sent_at.between(DOWN, UP.replace(hour=11)))
        )
    assert check_season(database, season.home / "mail") == []
    database.close()

    assert len({row.at for row in missed}) == 4
    assert {row.sweep_id for row in missed} == {ours}
    assert {row.id for row in missed if row.due == date(2021, 10, 22)} <= accounted
    assert sorted(mail.person_id for mail in mails) == sorted(people)
    assert meanwhile == 0
    letters = [orjson.loads(mail.content) for mail in mails if mail.state == "sent"]
    assert {letter["at"][:10] for letter in letters} == {"2021-10-21"}
    to_come = {(item["due"], item["days_left"]) for letter in letters for item in letter["items"]}
    assert {due: left for due, left in to_come if left} == {"2021-10-22": 1}
