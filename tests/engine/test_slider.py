"""The time slider: any day as it was, is, or would be; it tells what then happens, and changes nothing."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from config.catalogue import catalogue
from config.errors import UserError
from config.schedule import Role
from engine.actors import SYSTEM, Actor, Grant
from engine.asof import as_of, counts
from engine.audit import rehearsal
from engine.audit.day_mails import ANYTHING, COMING, Cause, DayMail
from engine.database import Database
from engine.listing import CaseFilter, list_cases
from engine.preview import preview
from engine.schedules import schedule_of
from engine.slider import Mark, MarkKind, Moment, Tense, day_of, slider_range
from engine.tables import message, metadata
from tests.engine.post import Post
from tests.engine.world import FORMS, LI, NOTICE, NOW, OFFICE, SCHOOL, WANG, World, at

TODAY = at(9, 14, 11)
MIDNIGHT = datetime(2023, 8, 30, 16, tzinfo=UTC)


@pytest.fixture
def season(world: World) -> World:
    """Give a season until 14 September: some activities registered, mails sent, one cancelled since."""
    refs = world.enter(3)
    refs += world.enter(1, title="船模比赛", region="350503", unit=SCHOOL, coordinator=LI)
    for day in (at(8, 21), at(8, 23), at(8, 30), at(9, 6)):
        world.sweep(day)
        world.deliver(Post(), day)
    world.do("register", refs[0], materials=FORMS, now=at(9, 7))
    world.do("cancel", refs[3], reason="台风", now=at(9, 12))
    world.sweep(TODAY)
    return world


def look(world: World, when: date | datetime, actor: Actor = SYSTEM, cause: Cause = ANYTHING) -> Moment:
    return day_of(world.database, actor, when, now=TODAY, base_url=OFFICE.base_url, cause=cause)


def told(mails: Sequence[DayMail]) -> list[tuple[datetime, int, str, int]]:
    return sorted((one.at, one.person_id, one.template, one.cases) for one in mails)


def test_a_past_day_is_as_it_was_at_its_end(season: World) -> None:
    moment = look(season, date(2023, 8, 30))

    with season.database.read() as conn:
        folded = counts(as_of(conn, MIDNIGHT))
    assert (moment.tense, moment.day) == (Tense.PAST, date(2023, 8, 30))
    assert moment.at == MIDNIGHT - timedelta(microseconds=1)
    assert {state: count for (_, state), count in moment.states.items()} == folded
    assert ("activity", "cancelled") not in moment.states


def test_the_mails_of_a_past_day_are_those_sent_on_it(season: World) -> None:
    sent = season.rows(message, state="sent")

    for day in (21, 23, 30):
        moment = look(season, date(2023, 8, day))
        of_day = [row for row in sent if row.sent_at.date() == date(2023, 8, day)]
        assert moment.mails_total == len(moment.mails) == len(of_day)
        assert {one.number for one in moment.mails} == {row.id for row in of_day}
    first = look(season, date(2023, 8, 21)).mails[0]
    assert (first.state, first.name, first.cases) == ("sent", "王敏", 4)
    assert first.subject


def test_what_was_late_is_told_of_then_even_if_done_or_cancelled_since(season: World) -> None:
    then, now = look(season, at(8, 31)), look(season, TODAY)

    activities = {one.ref for one in then.late if one.kind == "activity"}
    assert activities == {f"QZ-2023-000{n}" for n in (1, 2, 3, 4)}
    assert {one.ref for one in now.late if one.kind == "activity"} == {"QZ-2023-0002", "QZ-2023-0003"}
    first = next(one for one in then.late if one.ref == "QZ-2023-0004")
    assert (first.title, first.unit, first.coordinator, first.state) == (
        "船模比赛",
        SCHOOL,
        "李强",
        "planned",
    )
    assert [(late.milestone, late.days) for late in first.late] == [("activity_form", 1)]


def test_a_past_moment_tells_what_the_list_told_at_that_moment(world: World) -> None:
    refs = world.enter(4)
    world.do("register", *refs[:2], materials=FORMS, now=at(8, 22))
    expected = {}
    for day in (29, 31):
        with world.database.read() as conn:
            page = list_cases(conn, CaseFilter(late=True), now=at(8, day), per_page=500)
        expected[day] = {one.ref: one.late for one in page.items}
    world.do("register", *refs[2:], materials=FORMS, now=at(9, 2))

    found = {day: {one.ref: one.late for one in look(world, at(8, day)).late} for day in expected}

    assert found == expected
    assert expected[31]


def test_today_is_as_it_is_now(season: World) -> None:
    moment = look(season, date(2023, 9, 14))

    with season.database.read() as conn:
        page = list_cases(conn, CaseFilter(late=True), now=TODAY, per_page=500)
    assert (moment.at, moment.tense) == (TODAY, Tense.NOW)
    assert {one.ref: one.late for one in moment.late} == {one.ref: one.late for one in page.items}
    assert moment.late_total == page.total


def test_a_coming_day_has_the_states_of_now_and_what_is_late_by_then(season: World) -> None:
    moment = look(season, date(2023, 10, 12))

    with season.database.read() as conn:
        page = list_cases(conn, CaseFilter(late=True), now=moment.at, per_page=500)
    assert (moment.tense, moment.states) == (Tense.COMING, look(season, TODAY).states)
    assert {one.ref: one.late for one in moment.late} == {one.ref: one.late for one in page.items}
    assert moment.late_total > look(season, TODAY).late_total


def test_the_mails_of_every_coming_day_are_those_of_the_preview(season: World) -> None:
    end = at(10, 20)
    coming = preview(season.database, start=TODAY, end=end, base_url=OFFICE.base_url)
    expected: dict[date, list[tuple[datetime, int, str, int]]] = {}
    for one in coming:
        for number, letter in one.letters:
            refs = {item.ref for item in letter.items}
            line = one.at, number, letter.template, len(refs)
            expected.setdefault(one.at.date(), []).append(line)

    days = [date(2023, 9, 14) + timedelta(days=n) for n in range(36)]
    found = {day: told([m for m in look(season, day).mails if m.state == COMING]) for day in days}

    assert {day: mails for day, mails in found.items() if mails} == {
        day: sorted(mails) for day, mails in expected.items()
    }
    assert len(expected) > 3


def test_late_entries_are_told_as_the_preview_tells_them(season: World) -> None:
    season.enter(1, title="补登的", now=TODAY)
    coming = preview(season.database, start=TODAY, end=at(9, 16), base_url=OFFICE.base_url)
    expected = [(one.at, number, letter.template) for one in coming for number, letter in one.letters]

    mails = look(season, date(2023, 9, 15)).mails

    assert [(one.at, one.person_id, one.template) for one in mails] == expected
    assert "already_due" in {one.template for one in mails}


def everything(database: Database) -> dict[str, list[object]]:
    with database.read() as conn:
        return {
            table.name: list(conn.execute(table.select().order_by(*table.primary_key.columns)))
            for table in metadata.sorted_tables
        }


def test_looking_at_any_day_changes_and_sends_nothing(season: World) -> None:
    before = everything(season.database)

    for day in (date(2023, 8, 22), date(2023, 9, 14), date(2023, 9, 28), date(2023, 10, 12)):
        look(season, day)

    assert everything(season.database) == before


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_on_sqlite_a_writer_does_not_wait_for_the_slider(season: World) -> None:
    with rehearsal.rehearsal(season.database) as played, season.database.write() as conn:
        played.execute(message.delete())
        conn.exec_driver_sql("UPDATE meta SET value = 'written meanwhile' WHERE key = 'origin'")

    assert len(season.rows(message)) > 0


def test_one_notice_alone_can_be_looked_at(season: World) -> None:
    season.apply(catalogue()["national-2023"], notice="national-2023", now=TODAY)

    whole, mine = look(season, date(2023, 9, 28)), look(season, date(2023, 9, 28), cause=Cause(NOTICE))
    other = look(season, date(2023, 9, 28), cause=Cause("national-2023"))

    assert sum(whole.states.values()) == sum(mine.states.values()) + sum(other.states.values())
    assert {one.ref[:2] for one in mine.late} == {"QZ"}
    with pytest.raises(UserError):
        look(season, date(2023, 9, 28), cause=Cause("nothing"))


@pytest.mark.parametrize("day", [date(2023, 8, 30), date(2023, 9, 28)])
def test_the_mails_of_one_milestone_alone_can_be_looked_at(season: World, day: date) -> None:
    whole = {one.person_id for one in look(season, day).mails}
    with season.database.read() as conn:
        milestones = [one.key for one in schedule_of(conn, NOTICE).milestones]

    found = {key: look(season, day, cause=Cause(NOTICE, key)) for key in milestones}

    readers = {key: {one.person_id for one in moment.mails} for key, moment in found.items()}
    assert set().union(*readers.values()) == whole
    assert 0 < len([key for key, people in readers.items() if people]) < len(milestones)
    assert all(moment.mails_total == len(readers[key]) for key, moment in found.items())


def test_nobody_sees_beyond_their_region(season: World) -> None:
    stranger = Actor(name="person:9", person_id=9, grants=(Grant(role=Role.AUDITOR, region="510100"),))

    for day in (date(2023, 8, 30), date(2023, 9, 14), date(2023, 9, 28)):
        moment = look(season, day, stranger)
        assert (moment.states, moment.late_total, moment.mails_total) == ({}, 0, 0)
        wang = season.person(WANG)
        assert {one.person_id for one in look(season, day, wang).mails} <= {wang.person_id}


def test_the_range_runs_from_the_first_change_to_the_day_after_the_last_reminder(season: World) -> None:
    with season.database.read() as conn:
        found = slider_range(conn, NOTICE)

    assert found.first <= NOW.astimezone(UTC).date()
    assert found.last == max(mark.day for mark in found.marks) + timedelta(days=1)
    assert [mark.day for mark in found.marks] == sorted(mark.day for mark in found.marks)
    summary = next(mark for mark in found.marks if mark.name and mark.name.zh == "提交活动总结")
    assert (summary.kind, summary.day) == (MarkKind.DUE, date(2023, 9, 30))
    assert Mark(day=date(2023, 8, 21), kind=MarkKind.FIRINGS, notice=NOTICE, count=3) in found.marks


def test_a_home_without_a_notice_has_no_days(sqlite: Database) -> None:
    with sqlite.read() as conn, pytest.raises(UserError) as refused:
        slider_range(conn)

    assert refused.value.code == "slider.empty"
