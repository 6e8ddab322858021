import re
from pathlib import Path

import pytest

import web
from web.words import TEXTS
from web.words.notices import TEXTS as OURS

ROOM = Path(web.__file__).parent
SOURCES = [
    *sorted((ROOM / "templates" / "notices").glob("*.html")),
    *sorted((ROOM / "desks" / "notices").glob("*.py")),
]
KEY = re.compile(r'"((?:notices|common)\.[a-z0-9_]+)"')
MADE = (
    *("level_", "kind_", "role_", "when_", "month_", "next_", "place_", "value_"),
    *("window_", "milestone_", "plan_", "applied_"),
)
"""Keys that are put together: by a level, a role, a month, a place of the schedule, what happens."""


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: file.name)
def test_every_message_that_a_file_names_is_there(file: Path) -> None:
    named = {key for key in KEY.findall(file.read_text("utf-8")) if not key.endswith("_")}

    assert named - TEXTS.keys() == set()


def test_no_message_is_left_over() -> None:
    text = "".join(file.read_text("utf-8") for file in SOURCES)
    named = [key for key in OURS if not key.removeprefix("notices.").startswith(MADE)]

    assert {key for key in named if f'"{key}"' not in text} == set()


@pytest.mark.parametrize("key", sorted(OURS))
def test_a_message_has_the_same_gaps_in_both_languages_and_shouts_in_neither(key: str) -> None:
    zh, en = OURS[key]

    assert set(re.findall(r"{(\w+)", zh)) == set(re.findall(r"{(\w+)", en))
    assert not set("!！") & set(zh + en)
