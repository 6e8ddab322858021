"""Dates moved without words of their own, and what is said of the date first set."""

import pytest

from config.catalogue import catalogue
from config.moved import moved_note, with_moved
from config.resolve import resolve
from config.schedule import Name

NOTICE = "xinxiang-2023"
SAID = "about held + 5 working days"


@pytest.mark.parametrize(
    ("first", "note"),
    [
        (1, Name(zh="活动结束后 1 个工作日", en="1 working day after the activity's last day")),
        (4, Name(zh="活动结束后 4 个工作日", en="4 working days after the activity's last day")),
    ],
)
def test_the_date_first_set_is_told_as_it_is_said(first: int, note: Name) -> None:
    old, new = (
        resolve(NOTICE, {**catalogue(), NOTICE: catalogue()[NOTICE].replace(SAID, said)})
        for said in (f"held + {first} working days", "held + 9 working days")
    )

    found = [moved_note(one) for one in with_moved(old, new).milestones]

    [told] = [one for one in found if one]
    assert (note.zh in told.zh, note.en in told.en) == (True, True)
