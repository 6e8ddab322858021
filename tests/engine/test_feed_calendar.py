"""The calendar that a telephone subscribes to: what is owed, moved where a date moves, nothing of others."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from icalendar import Calendar

from config.catalogue import catalogue
from engine.feed_calendar import feed
from engine.tables import case, person
from tests.engine.world import FORMS, LI, NOTICE, NOW, PROOF, WANG, World, at

URL = "https://duban.example.cn"
RELATIVE = """\
id: tiny-2023
code: TN-2023
title: 小通知
issuer: 某市科协
region: "350500"
windows:
  week: {name: {zh: 集中开展, en: Main week}, start: 2023-09-17, end: 2023-09-23}
milestones:
  after: {name: {zh: 会后, en: After}, for: activity, due: held + 3 working days, needs: {summary: 1}}
"""


def taken(world: World, email: str = WANG, now: datetime = NOW) -> bytes:
    [row] = world.rows(person, email=email)
    with world.database.read() as conn:
        return feed(conn, row.id, now=now, base_url=URL + "/")


def events(world: World, **asked: Any) -> dict[str, Any]:
    calendar = Calendar.from_ical(taken(world, **asked))
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}


def of_case(world: World, ref: str, **asked: Any) -> dict[str, date]:
    found = events(world, **asked)
    return {uid.removeprefix(f"{ref}-"): event["dtstart"].dt for uid, event in found.items() if ref in uid}


def test_every_date_still_to_be_met_is_an_event_on_its_last_working_day(world: World) -> None:
    [ref] = world.enter()

    # 30 September is a day off in 2023, and so are the days before it down to the 28th
    assert of_case(world, ref) == {
        "register@test": date(2023, 9, 28),
        "activity_form@test": date(2023, 8, 30),
        "information@test": date(2023, 9, 28),
        "summary@test": date(2023, 9, 28),
    }


def test_an_event_says_what_when_where_and_rings_the_morning_before(world: World) -> None:
    [ref] = world.enter()

    event = events(world)[f"{ref}-activity_form@test"]

    assert str(event["summary"]) == "活动登记表备案：科学课 1"
    assert str(event["description"]).splitlines() == [
        "还缺：1 份登记表",
        "截止：8月30日（泉州市全民科学素质工作领导小组关于举办2023年全国科普日活动的通知 六（一））",
        f"{URL}/cases/{ref}",
    ]
    assert (str(event["url"]), event["dtend"].dt) == (f"{URL}/cases/{ref}", date(2023, 8, 31))
    [alarm] = event.walk("VALARM")
    assert alarm["trigger"].dt == timedelta(hours=-15)
    assert (int(event["sequence"]), event["last-modified"].dt) == (0, NOW)


def test_what_was_sent_back_is_not_called_ready_but_says_why(world: World) -> None:
    [ref] = world.enter()
    world.do("register", ref, materials=FORMS, now=at(8, 22))
    world.do("hold", ref, now=at(9, 18, 18))
    world.do("complete_info", ref, materials=PROOF, now=at(9, 20))
    world.do("return", ref, reason="照片不清楚", now=at(9, 21))

    told = str(events(world, now=at(9, 21))[f"{ref}-information@test"]["description"]).splitlines()

    assert told[:2] == ["已退回，请按意见改正后再“完善信息”", "被退回：照片不清楚"]


def test_what_is_done_is_no_longer_there(world: World) -> None:
    [ref] = world.enter()
    world.do("register", ref, materials=FORMS, now=at(8, 22))

    assert sorted(of_case(world, ref, now=at(8, 23))) == ["information@test", "summary@test"]


def test_a_cancelled_case_and_one_handed_over_are_no_longer_there(world: World) -> None:
    first, second = world.enter(2)
    li = world.rows(person, email=LI)[0].id
    world.do("cancel", first, reason="下雨")
    world.do("hand_over", second, changes={"coordinator_id": li})

    assert (of_case(world, first), of_case(world, second)) == ({}, {})
    assert len(of_case(world, second, email=LI)) == 4


def test_a_moved_date_moves_its_event_and_raises_its_sequence(world: World) -> None:
    [ref] = world.enter()
    uid = f"{ref}-summary@test"
    before = events(world)[uid]
    text = catalogue()[NOTICE].replace("due: {at: 2023-09-30, cite:", "due: {at: 2023-10-13, cite:")
    world.apply(text, now=at(9, 1))

    after = events(world, now=at(9, 2))[uid]

    assert (before["dtstart"].dt, after["dtstart"].dt) == (date(2023, 9, 28), date(2023, 10, 13))
    assert int(after["sequence"]) > int(before["sequence"])
    assert after["last-modified"].dt == at(9, 1) > before["last-modified"].dt


def test_a_date_counted_from_the_last_day_moves_with_it(world: World) -> None:
    world.apply(RELATIVE, notice="tiny-2023")
    [ref] = world.enter()
    with world.database.write() as conn:
        conn.execute(case.update().where(case.c.ref == ref).values(notice="tiny-2023"))
    uid = f"{ref}-after@test"
    before = events(world)[uid]
    world.do("postpone", ref, changes={"ends_on": date(2023, 9, 20)}, now=at(9, 1))

    after = events(world)[uid]

    assert (before["dtstart"].dt, after["dtstart"].dt) == (date(2023, 9, 21), date(2023, 9, 25))
    assert (int(before["sequence"]), int(after["sequence"])) == (0, 1)


def test_the_same_facts_are_the_same_bytes(world: World) -> None:
    world.enter(3)

    assert taken(world) == taken(world, now=NOW + timedelta(hours=5))


def test_a_calendar_says_how_often_to_look_again(world: World) -> None:
    text = taken(world).decode()

    for line in (
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
        "X-WR-TIMEZONE:Asia/Shanghai",
    ):
        assert f"{line}\r\n" in text


def test_it_speaks_the_persons_language_and_names_nobody(world: World) -> None:
    [ref] = world.enter()
    with world.database.write() as conn:
        conn.execute(person.update().where(person.c.email == WANG).values(lang="en"))

    told = str(events(world)[f"{ref}-activity_form@test"]["description"])

    assert told.splitlines()[0] == "missing: 1 application form"
    assert not [one.name for one in world.rows(person) if one.name in taken(world).decode()]


def test_who_left_or_never_was_gets_an_empty_calendar(world: World) -> None:
    world.enter()
    with world.database.write() as conn:
        conn.execute(person.update().where(person.c.email == WANG).values(active=False))
        nobody = feed(conn, 999, now=datetime(2023, 9, 1, tzinfo=UTC), base_url=URL)

    assert events(world) == {}
    assert list(Calendar.from_ical(nobody).walk("VEVENT")) == []
