"""The due dates as a calendar file."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from notifications.calendar_part import calendar, uid
from notifications.letter import Letter
from notifications.samples import sample_digest, sample_letter


def events(letter: Letter) -> list[tuple[str, date, str]]:
    written = calendar(letter)
    assert written is not None
    whole = Calendar.from_ical(written)
    return [(str(event["UID"]), event["DTSTART"].dt, str(event["SUMMARY"])) for event in whole.walk("VEVENT")]


def test_a_reminder_carries_its_last_working_day() -> None:
    letter = sample_letter("reminder")

    assert events(letter) == [
        (uid(letter.items[0]), date(2023, 9, 28), "提交总结：食品安全在身边：社区科普讲堂")
    ]


def test_the_event_is_published_with_an_alarm_that_morning() -> None:
    whole = Calendar.from_ical(calendar(sample_letter("reminder")) or b"")
    [event], [alarm] = whole.walk("VEVENT"), whole.walk("VALARM")

    assert (whole["METHOD"], event["DTSTAMP"].dt) == ("PUBLISH", datetime(2023, 9, 25, 1, 0, tzinfo=UTC))
    assert (event["DTEND"].dt, alarm["TRIGGER"].dt) == (date(2023, 9, 29), timedelta(hours=9))


def test_one_case_and_milestone_have_one_uid_in_every_mail_and_language() -> None:
    zh, en = sample_letter("reminder", "zh").items[0], sample_letter("reminder", "en").items[0]

    assert uid(zh) == uid(en)
    assert uid(replace(zh, key="info")) != uid(zh)


def test_a_later_mail_counts_as_a_newer_version_of_the_event() -> None:
    letter = sample_letter("reminder")
    first, later = (
        Calendar.from_ical(calendar(replace(letter, at=letter.at + timedelta(days=days))) or b"").walk(
            "VEVENT"
        )[0]
        for days in (0, 1)
    )

    assert int(later["SEQUENCE"]) > int(first["SEQUENCE"])


def test_a_digest_carries_its_twenty_most_urgent_dates() -> None:
    letter = sample_digest(count=60)
    items = tuple(
        replace(item, act_by=date(2023, 10, 30) - timedelta(n % 30)) for n, item in enumerate(letter.items)
    )

    days = [day for _, day, _ in events(replace(letter, items=items))]

    assert days == sorted(item.act_by for item in items if item.act_by)[:20]


@pytest.mark.parametrize("kind", ["overdue", "closing", "commendation", "daily", "test", "returned"])
def test_what_is_past_or_no_date_is_not_in_the_calendar(kind: str) -> None:
    assert calendar(sample_letter(kind)) is None
