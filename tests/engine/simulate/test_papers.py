"""A season's papers: read back as they were meant, taken in as they say, rolled up to the last activity."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import orjson
import pytest
from sqlalchemy import Connection

from config.catalogue import catalogue
from config.resolve import resolve
from engine.database import open_database
from engine.simulate import Season
from engine.simulate.paper_checks import papers_hold, signed_twice
from engine.simulate.papers import FOLDER, RECORD
from engine.simulate.reading_room import dates_of, read_back

Check = Callable[[], list[str]]


@pytest.fixture
def home(season: Season, tmp_path: Path) -> Path:
    return Path(shutil.copytree(season.home, tmp_path / "copy"))


@pytest.fixture
def conn(home: Path) -> Iterator[Connection]:
    database = open_database(f"sqlite:///{(home / 'duban.db').as_posix()}")
    with database.read() as opened:
        yield opened
    database.close()


def record_of(home: Path) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = orjson.loads((home / FOLDER / RECORD).read_bytes())
    return found


def rewrite(home: Path, part: str, **values: object) -> None:
    record = record_of(home)
    record[part][0] |= values
    (home / FOLDER / RECORD).write_bytes(orjson.dumps(record))


@pytest.mark.parametrize("notice", ["jiangmen-2021", "quanzhou-2023", "xinxiang-2023"])
def test_a_notice_on_paper_is_read_back_with_the_dates_of_its_schedule(notice: str, tmp_path: Path) -> None:
    schedule = resolve(notice, catalogue())

    read = read_back(schedule, catalogue(), tmp_path)

    assert (read.missed, read.extra, read.dates) == ((), (), len(dates_of(schedule)))
    assert read.file.read_bytes()[:2] == b"PK"


def test_some_sheets_come_back_and_all_are_taken_in_as_they_say(season: Season) -> None:
    sheets = season.papers["sheets"]

    assert [one["returned"] for one in sheets] == [1, 0, 1]
    assert all(one["wrong"] == () and one["refs"] for one in sheets)


def test_applications_are_filled_in_and_handed_in(season: Season) -> None:
    applications = season.papers["applications"]

    assert [one["ref"] for one in applications] == [one["refs"][0] for one in season.papers["sheets"]]
    assert all(one["wrong"] == () for one in applications)
    assert season.steps["attach"] >= len(applications)


def test_a_county_hands_its_package_in_and_the_whole_notice_has_one(season: Season, home: Path) -> None:
    packages = season.papers["packages"]

    assert [(one["region"], one["frozen"]) for one in packages] == [("440703", True), ("440700", False)]
    assert all((home / one["file"]).read_bytes()[:2] == b"PK" for one in packages)


def test_whoever_is_commended_was_signed_for_twice(season: Season, conn: Connection) -> None:
    assert season.steps["commend"] > 0
    assert list(signed_twice(conn)) == []


def test_a_commendation_without_its_second_signature_is_found(home: Path, conn: Connection) -> None:
    with closing(sqlite3.connect(home / "duban.db")) as raw, raw:
        raw.execute("DROP TRIGGER history_no_delete")
        raw.execute("DELETE FROM history WHERE subject LIKE 'commendation:%' AND trigger = 'approve'")

    assert all("no list that two admins signed" in told for told in signed_twice(conn))
    assert list(signed_twice(conn)) != []


def test_papers_that_say_what_the_cases_say_are_in_order(home: Path, conn: Connection) -> None:
    assert list(papers_hold(conn, home)) == []


def test_an_altered_package_is_found(home: Path, conn: Connection) -> None:
    for file in (home / FOLDER / "packages").glob("*.zip"):
        file.write_bytes(file.read_bytes() + b" ")

    assert [told.partition(" of ")[0] for told in papers_hold(conn, home)] == ["the package"] * 2


def test_an_activity_that_a_package_leaves_out_is_found(home: Path, conn: Connection) -> None:
    with closing(sqlite3.connect(home / "duban.db")) as raw, raw:
        raw.execute("UPDATE case_ SET state = 'closed' WHERE state = 'cancelled'")

    assert [told.split(":")[0] for told in papers_hold(conn, home)] == [
        "the package of jiangmen-2021 counts 24 activities, there are 25"
    ]


@pytest.mark.parametrize(
    ("part", "values", "words"),
    [
        ("notices", {"missed": [["due", "2021-09-24 – 2021-09-24"]]}, "read with other dates"),
        ("sheets", {"wrong": ["JM-2021-0001: 'a' instead of 'b'"]}, "not taken in as it says"),
        ("applications", {"wrong": ["JM-2021-0001 has another title"]}, "not taken in as it says"),
        ("sheets", {"refs": ["JM-2021-0999"]}, "was never entered"),
        ("packages", {"subject": "JM-2021-R001"}, "not handed in with the package"),
    ],
)
def test_what_went_otherwise_on_paper_is_told(
    home: Path, conn: Connection, *, part: str, values: dict[str, object], words: str
) -> None:
    rewrite(home, part, **values)

    told = list(papers_hold(conn, home))
    assert (len(told), words in told[0]) == (1, True)
