"""When reminders leave."""

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from config.catalogue import catalogue
from config.firings import ROOM, Firing, due_on, plan
from config.ladder import DEFAULT
from config.resolve import resolve
from config.schedule import CaseKind, Milestone, Name, Precision, Role, Schedule, Source, When, Window
from config.workdays import WorkCalendar
from tests.config.conftest import MakeSchedule

CN = WorkCalendar()
ZH = Name(zh="提交", en="Hand in")
HOURS = st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0))
ZONES = st.sampled_from(["Asia/Shanghai", "Asia/Urumqi", "Asia/Kolkata", "UTC"])
DAYS = st.dates(date(2021, 1, 1), date(2026, 10, 1))
TABLES = st.dictionaries(st.dates(date(2023, 8, 1), date(2023, 11, 30)), st.booleans(), max_size=10)


def a_day(day: date) -> When:
    return When(text=str(day), precision=Precision.DAY, start=day, day=day)


def a_schedule(milestone: Milestone, **more: object) -> Schedule:
    fields: dict[str, object] = {"id": "a", "code": "A", "title": "t", "region": "350500", "issuer": "i"}
    return Schedule(**{**fields, "line": ("a",), "milestones": (milestone,), **more})  # type: ignore[arg-type]


def a_milestone(due: When, opens: When | None = None) -> Milestone:
    return Milestone(key="m", name=ZH, kind=CaseKind.ACTIVITY, due=due, opens=opens, ladder=DEFAULT)


def days_of(schedule: Schedule, calendar: WorkCalendar = CN) -> dict[str, str]:
    return {firing.rung: str(firing.day) for firing in plan(schedule, calendar)}


def test_a_date_in_the_holiday_is_reminded_on_working_days_before_and_after(due: MakeSchedule) -> None:
    assert days_of(due("2023-09-30")) == {
        "-7": "2023-09-20",
        "-3": "2023-09-26",
        "-1": "2023-09-28",
        "0": "2023-09-28",
        "+1": "2023-10-07",
        "+3": "2023-10-09",
        "+8": "2023-10-16",
        "+13": "2023-10-23",
        "+18": "2023-10-30",
        "+23": "2023-11-06",
        "closing": "2023-11-13",
    }


def test_a_make_up_saturday_is_a_day_for_reminders(due: MakeSchedule) -> None:
    found = days_of(due("2023-10-10"))

    assert {key: found[key] for key in ("-3", "-1", "0")} == {
        "-3": "2023-10-07",
        "-1": "2023-10-09",
        "0": "2023-10-10",
    }


def test_a_firing_says_all_that_a_sweep_needs(due: MakeSchedule) -> None:
    found = plan(due("2023-09-28"), CN, revisions={"summary": 2})

    assert found[0] == Firing(
        notice="city-2023",
        milestone="summary",
        rung="-7",
        revision=2,
        at=datetime(2023, 9, 19, 1, tzinfo=UTC),
        day=date(2023, 9, 19),
        due=date(2023, 9, 28),
        anchors=None,
        roles=(Role.COORDINATOR,),
        template="reminder",
        provisional=False,
    )


def test_a_deadline_before_the_sending_hour_is_reminded_the_day_before(due: MakeSchedule) -> None:
    assert days_of(due("2023-09-28 08:00"))["0"] == "2023-09-27"
    assert days_of(due("2023-09-28 09:00"))["0"] == "2023-09-28"
    assert days_of(due("2023-09-30 08:00"))["0"] == "2023-09-28"


def test_an_opening_on_a_day_off_is_told_on_the_next_working_day(due: MakeSchedule) -> None:
    assert days_of(due("tbd", "    opens: 2023-10-01\n")) == {"opening": "2023-10-07"}


def test_an_opening_after_the_sending_hour_is_told_the_day_after(due: MakeSchedule) -> None:
    assert days_of(due("tbd", "    opens: 2023-09-20 14:00\n")) == {"opening": "2023-09-21"}


def test_a_fuzzy_opening_is_told_on_its_first_day(due: MakeSchedule) -> None:
    assert days_of(due("tbd", "    opens: late 2023-08\n")) == {"opening": "2023-08-21"}


def test_an_open_date_reminds_nobody(due: MakeSchedule) -> None:
    assert plan(due("tbd"), CN) == ()


def test_firings_stand_in_the_order_of_time() -> None:
    found = plan(resolve("quanzhou-2023", catalogue()), CN)

    assert [firing.at for firing in found] == sorted(firing.at for firing in found)


def test_dates_in_an_unpublished_year_are_provisional(due: MakeSchedule) -> None:
    assert {firing.provisional for firing in plan(due("2040-09-28"), CN)} == {True}
    assert {firing.provisional for firing in plan(due("2023-09-28"), CN)} == {False}


def test_a_friday_and_its_weekend_share_one_reminder(due: MakeSchedule) -> None:
    found = plan(due("held + 5 working days"), CN)
    on_time = [firing for firing in found if firing.rung == "0" and firing.day == date(2023, 9, 22)]

    assert [(firing.anchors, firing.due) for firing in on_time] == [
        ((date(2023, 9, 15), date(2023, 9, 17)), None)
    ]


def test_calendar_days_after_the_last_day_may_end_on_a_day_off(due: MakeSchedule) -> None:
    when = due("held + 10 days").milestones[0].due

    assert due_on(when, date(2023, 9, 20), CN) == date(2023, 9, 30)
    assert due_on(when, None, CN) is None


@given(day=DAYS, until=HOURS, send_at=HOURS, zone=ZONES, table=TABLES)
def test_no_reminder_before_the_date_leaves_after_the_deadline(
    *, day: date, until: time | None, send_at: time | None, zone: str, table: dict[date, bool]
) -> None:
    due = When(text="x", precision=Precision.TIME, start=day, day=day, until=until)
    schedule = a_schedule(a_milestone(due), zone=zone, send_at=send_at or time(9), days=table)
    midnight = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone))
    deadline = datetime.combine(day, until, ZoneInfo(zone)) if until else midnight

    found = plan(schedule, WorkCalendar(days=table))

    assert [f.rung for f in found if f.rung in ("-7", "-3", "-1", "0")] == ["-7", "-3", "-1", "0"]
    assert all(f.at <= deadline for f in found if f.rung in ("-7", "-3", "-1", "0"))
    assert all(f.at >= deadline for f in found if f.rung.startswith("+"))


@given(day=DAYS, opens=DAYS, send_at=HOURS, zone=ZONES, table=TABLES)
def test_every_reminder_leaves_at_the_hour_of_a_working_day(
    *, day: date, opens: date, send_at: time | None, zone: str, table: dict[date, bool]
) -> None:
    calendar = WorkCalendar(days=table)
    schedule = a_schedule(a_milestone(a_day(day), a_day(opens)), zone=zone, send_at=send_at or time(9))

    for firing in plan(schedule, calendar):
        local = firing.at.astimezone(ZoneInfo(zone))
        assert (local.date(), local.time()) == (firing.day, schedule.send_at)
        assert firing.at.tzinfo is UTC
        assert calendar.is_working(firing.day)


@given(start=DAYS, length=st.integers(0, 30), after=st.integers(0, 15), working=st.booleans(), table=TABLES)
def test_every_last_day_is_covered_once_by_every_rung(
    *, start: date, length: int, after: int, working: bool, table: dict[date, bool]
) -> None:
    calendar = WorkCalendar(days=table)
    due = When(text="held + n", precision=Precision.RELATIVE, after=after, working=working)
    end = start + timedelta(days=length)
    window = Window(key="w", name=ZH, start=a_day(start), end=a_day(end), source=Source(notice="a"))
    covered = defaultdict(list)

    for firing in plan(a_schedule(a_milestone(due), windows=(window,)), calendar):
        assert firing.anchors
        first, last = firing.anchors
        covered[firing.rung] += [first + timedelta(days=n) for n in range((last - first).days + 1)]

    span = [start - ROOM + timedelta(days=n) for n in range((end - start + 2 * ROOM).days + 1)]
    assert dict(covered) == {rung.key: span for rung in DEFAULT if rung.on == "due"}


@given(DAYS, st.integers(0, 15), st.booleans())
def test_a_relative_date_is_reminded_like_the_same_absolute_one(
    held: date, after: int, working: bool
) -> None:
    relative = When(text="held + n", precision=Precision.RELATIVE, after=after, working=working)
    window = Window(key="w", name=ZH, start=a_day(held), end=a_day(held), source=Source(notice="a"))
    due = due_on(relative, held, CN)
    assume(due is not None)

    found = plan(a_schedule(a_milestone(relative), windows=(window,)), CN)
    for_held = {f.rung: f.at for f in found if f.anchors and f.anchors[0] <= held <= f.anchors[1]}

    assert due
    assert for_held == {f.rung: f.at for f in plan(a_schedule(a_milestone(a_day(due))), CN)}


@pytest.mark.parametrize("notice_id", sorted(catalogue()))
def test_no_firing_of_a_shipped_notice_happens_twice(notice_id: str) -> None:
    found = plan(resolve(notice_id, catalogue()), CN)
    keys = [(f.milestone, f.rung, f.revision, f.occurrence) for f in found]

    assert len(keys) == len(set(keys))


def test_admins_get_a_summary_on_each_working_day_of_the_season() -> None:
    found = plan(a_schedule(a_milestone(a_day(date(2023, 9, 30))), daily=True), CN)
    summaries = [f.day for f in found if f.rung == "daily"]

    others = [f.day for f in found if f.rung != "daily"]
    season = (min(others) + timedelta(days=n) for n in range((max(others) - min(others)).days + 1))
    assert summaries == [day for day in season if CN.is_working(day)]
