"""What a notice is about, as its own title calls it: 2023年全国科普日活动."""

import re

from config.regions import NATION, region
from config.schedule import Schedule

_DATED = re.compile(r"\d{4}年[^年《》]{0,30}?活动")
_HELD = re.compile(r"(?:举办|开展|组织|做好|印发|参加)(?:好)?《?([^年《》]{2,30}?活动)")
_NO_NAME = "活动"


def event_of(schedule: Schedule, place: str) -> str:
    """Return the event with its year, without the name of the region that a paper names before it."""
    found = _DATED.search(schedule.title)
    called = found[0] if found else _year(schedule) + _undated(schedule.title)
    name = region(place).name
    return called if place == NATION else called.replace(name, "")


def headed(schedule: Schedule, place: str) -> str:
    """Return how the title of a region's paper begins: 泉州市2023年全国科普日活动."""
    return ("" if place == NATION else region(place).name) + event_of(schedule, place)


def _undated(title: str) -> str:
    found = _HELD.search(title)
    return found[1] if found else _NO_NAME


def _year(schedule: Schedule) -> str:
    day = schedule.issued and (schedule.issued.day or schedule.issued.start)
    return f"{day.year}年" if day else ""
