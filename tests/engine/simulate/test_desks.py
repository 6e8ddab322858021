"""The desks of a demonstration: what its people find when they sit down."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from engine.database import Database
from engine.mail_actions import drafts
from engine.returned import returned_among
from engine.simulate.desks import keep_desks
from engine.simulate.fresh import MARK
from engine.tables import case, material
from tests.engine.world import ADMIN, FORMS, OFFICE, PROOF, World, at
from tests.homes import copy_of

SAT_DOWN = at(9, 25, 10)


@pytest.fixture
def home(homes: Mapping[bool, Path], tmp_path: Path) -> Path:
    """Return the home of a season that stands at half past eight of that morning, with nothing done."""
    folder = copy_of(homes, tmp_path / "home", founded=True)
    (folder / MARK).touch()
    return folder


@pytest.fixture
def season(home: Path) -> Iterator[World]:
    """Return its city."""
    database = Database(f"sqlite:///{home / 'duban.db'}")
    yield World(database)
    database.close()


def desks(season: World, home: Path) -> World:
    season.sweep(at(9, 22))
    keep_desks(season.database, home, home / "desks", office=OFFICE, at=SAT_DOWN)
    return World(Database(f"sqlite:///{home / 'desks' / 'duban.db'}"))


def test_the_citys_mails_of_that_morning_wait_for_its_admin(season: World, home: Path) -> None:
    city = desks(season, home)

    with city.database.read() as conn:
        waiting = drafts(conn, city.person(ADMIN)).items
    assert {(one.template, one.at) for one in waiting} == {("overdue", at(9, 25))}
    assert {one.name for one in waiting} == {"王敏", "赵组长", "周管理员"}
    city.database.close()


def test_what_was_sent_back_gets_no_pictures_and_stays_to_be_mended(season: World, home: Path) -> None:
    back, other = season.enter(2)
    season.do("register", back, other, materials=FORMS, now=at(8, 22))
    season.do("hold", back, other, now=at(9, 18, 18))
    season.do("complete_info", back, materials=PROOF, now=at(9, 20))
    season.do("return", back, reason="照片不清楚", now=at(9, 21))

    city = desks(season, home)

    with city.database.read() as conn:
        assert returned_among(conn, [back, other], "complete_info") == {back: "照片不清楚"}
    pictured = {one.case_id for one in city.rows(material) if one.name == "现场全景.jpg"}
    assert pictured == {row.id for row in city.rows(case, ref=other)}
    city.database.close()
