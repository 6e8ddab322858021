"""Searching the history: what is asked for, the newest first, and nothing beyond one's regions."""

from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from sqlalchemy import event, select

from config.catalogue import catalogue
from config.schedule import Role
from engine.actors import SYSTEM, Actor, Grant
from engine.asof import By
from engine.audit.export import export_changes
from engine.audit.search import AuditLine, ChangeFilter, find_changes
from engine.audit.subjects import Kind
from engine.export import Format
from engine.tables import unit
from tests.engine.post import Post
from tests.engine.world import ADMIN, FORMS, LI, NOTICE, SCHOOL, UNIT, WANG, World, at


@pytest.fixture
def season(world: World) -> World:
    """Give a city in which something of every kind has happened."""
    refs = world.enter(3)
    world.enter(1, title="船模比赛", region="350503", unit=SCHOOL, coordinator=LI)
    world.do("register", *refs[:2], materials=FORMS, now=at(8, 22), actor=world.person(WANG))
    world.do("return", refs[0], reason="登记表100%没有盖章", now=at(8, 23), actor=world.person(ADMIN))
    world.do("register", refs[2], force=True, reason="平台故障", now=at(8, 24), actor=world.person(ADMIN))
    world.do("cancel", refs[1], reason="台风", occurred_at=at(8, 24, 15), now=at(8, 27))
    world.sweep(at(8, 28))
    world.deliver(Post(), at(8, 28, 10))
    return world


def auditor(region: str) -> Actor:
    return Actor(name="person:99", person_id=99, grants=(Grant(role=Role.AUDITOR, region=region),))


def found(world: World, asker: Actor = SYSTEM, **wanted: object) -> list[AuditLine]:
    """Return everything that a filter finds, a page of three after the other."""
    with world.database.read() as conn:
        page = find_changes(conn, asker, ChangeFilter(**wanted), limit=3)  # type: ignore[arg-type]
        lines = list(page.lines)
        while page.following is not None:
            page = find_changes(conn, asker, ChangeFilter(**wanted), after=page.following, limit=3)  # type: ignore[arg-type]
            lines += page.lines
    return lines


def subjects(lines: list[AuditLine]) -> set[str]:
    return {line.subject for line in lines}


def steps(lines: list[AuditLine]) -> list[tuple[str, str]]:
    return [(line.ref, line.change.trigger) for line in lines]


def test_all_changes_come_newest_first_page_by_page_and_none_twice(season: World) -> None:
    with season.database.read() as conn:
        total = conn.exec_driver_sql("SELECT count(*) FROM history").scalar_one()

    ids = [line.change.id for line in found(season)]

    assert ids == sorted(ids, reverse=True)
    assert len(set(ids)) == len(ids) == total


def test_a_line_says_what_it_is_about_and_who_did_it(season: World) -> None:
    (line,) = found(season, subject="qz-2023-0001", trigger="return")

    assert (line.kind, line.ref, line.about, line.unit) == (Kind.CASE, "QZ-2023-0001", "科学课 1", UNIT)
    assert (line.lifecycle, line.change.who, line.change.reason) == (
        "activity",
        "周管理员",
        "登记表100%没有盖章",
    )


def test_a_kind_of_subject_can_be_asked_for(season: World) -> None:
    for kind in (Kind.CASE, Kind.NOTICE, Kind.PERSON, Kind.UNIT, Kind.MAIL, Kind.LIFECYCLE):
        lines = found(season, kind=kind)
        assert {line.kind for line in lines} == {kind}
    assert found(season, kind=Kind.TEMPLATE) == []


def test_who_did_it_is_found_by_number_by_part_of_the_name_and_as_the_system(season: World) -> None:
    wang = season.person(WANG)
    expected = [("QZ-2023-0002", "register"), ("QZ-2023-0001", "register")]

    assert steps(found(season, actor=wang.person_id)) == expected
    assert steps(found(season, actor="王")) == expected
    assert {line.change.actor for line in found(season, actor="system")} == {"system"}


def test_forced_steps_and_steps_back_are_found(season: World) -> None:
    assert steps(found(season, forced=True)) == [("QZ-2023-0003", "register")]
    assert steps(found(season, back=True)) == [("QZ-2023-0002", "cancel"), ("QZ-2023-0001", "return")]


def test_a_change_entered_late_is_found_by_either_of_its_times(season: World) -> None:
    day = {"kind": Kind.CASE, "since": at(8, 24, 14), "until": at(8, 24, 16)}

    assert found(season, **day) == []
    assert steps(found(season, by=By.OCCURRED, **day)) == [("QZ-2023-0002", "cancel")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("台风", {"case:QZ-2023-0002"}),
        ("100%没", {"case:QZ-2023-0001"}),
        ("100_没", set()),
        ("qz-2023-0004", {"case:QZ-2023-0004"}),
        ("船模", {"case:QZ-2023-0004"}),
        ("退回", {"case:QZ-2023-0001"}),
        ("登记表 QZ-2023-0001", {"case:QZ-2023-0001"}),
        ("台风 QZ-2023-0001", set()),
    ],
)
def test_a_text_is_found_in_reasons_numbers_and_titles(text: str, expected: set[str], season: World) -> None:
    assert subjects(found(season, kind=Kind.CASE, text=text)) == expected


def test_a_text_is_found_in_the_names_of_units_and_people(season: World) -> None:
    li = season.person(LI)

    assert subjects(found(season, text="丰泽实验")) == {f"unit:{unit_id(season)}", "case:QZ-2023-0004"}
    assert {li.name, "case:QZ-2023-0004"} <= subjects(found(season, text="李强"))


def unit_id(world: World) -> int:
    with world.database.read() as conn:
        return conn.scalars(select(unit.c.id).where(unit.c.name == SCHOOL)).one()


def test_an_auditor_sees_their_region_its_notices_and_those_above_and_nothing_else(season: World) -> None:
    season.apply(catalogue()["national-2023"], notice="national-2023")
    season.apply(catalogue()["chengdu-2023"], notice="chengdu-2023")

    seen = subjects(found(season, auditor("350503")))

    assert {one for one in seen if one.startswith("notice:")} == {f"notice:{NOTICE}", "notice:national-2023"}
    cases = {one for one in seen if one.startswith("case:QZ")}
    assert cases and all(line.unit == SCHOOL for line in found(season, auditor("350503"), kind=Kind.CASE))
    assert season.person(LI).name in seen
    assert season.person(WANG).name not in seen
    assert subjects(found(season, Actor(name="person:98", person_id=98))) == set()


def test_a_region_narrows_what_the_city_sees(season: World) -> None:
    school = found(season, auditor("350500"), region="丰泽区", kind=Kind.CASE)

    assert {line.unit for line in school} == {SCHOOL}
    assert {line.unit for line in found(season, auditor("350500"), kind=Kind.CASE)} == {SCHOOL, UNIT}
    assert found(season, auditor("350503"), region="350502") == []


@pytest.fixture
def statements(season: World) -> Iterator[list[str]]:
    """Count the statements that go to the database."""
    told: list[str] = []
    with season.database.read() as conn:
        event.listen(conn.engine, "before_cursor_execute", lambda *args: told.append(args[2]))
    yield told


def test_a_page_takes_at_most_four_queries(season: World, statements: list[str]) -> None:
    with season.database.read() as conn:
        statements.clear()
        page = find_changes(conn, auditor("350500"), ChangeFilter(), limit=50)

    assert len(page.lines) > 20
    assert len(statements) <= 4


def test_what_was_found_goes_into_a_file_that_says_it_is_a_part(season: World, tmp_path: Path) -> None:
    path = tmp_path / "part.jsonl"
    with season.database.read() as conn:
        root = export_changes(conn, auditor("350500"), ChangeFilter(back=True), path, format=Format.JSONL)

    *rows, last = map(orjson.loads, path.read_bytes().splitlines())
    assert [(row["subject"], row["trigger"]) for row in rows] == [
        ("case:QZ-2023-0001", "return"),
        ("case:QZ-2023-0002", "cancel"),
    ]
    assert last == {"root": root, "rows": 2, "partial": True}
