"""The messages of the overview, of the lists, of people and of imports: all there, none left over."""

import re
from pathlib import Path
from string import Formatter

import pytest

import web
from web.words import TEXTS, cases, imports, overview, people

ROOM = Path(web.__file__).parent
ROOMS = ("overview", "cases", "people", "units", "imports")
TEMPLATES = [file for room in ROOMS for file in sorted((ROOM / "templates" / room).glob("*.html"))]
HANDLERS = [*(ROOM / "desks" / "lists").glob("*.py"), *(ROOM / "desks" / "admin").glob("*.py")]
OURS = overview.TEXTS | cases.TEXTS | people.TEXTS | imports.TEXTS
KEY = re.compile(r'"((?:overview|cases|people|imports)\.[a-z0-9_]+)"')


def test_every_message_that_is_named_is_there() -> None:
    named = {key for file in (*TEMPLATES, *HANDLERS) for key in KEY.findall(file.read_text("utf-8"))}

    assert {key for key in named if not key.endswith("_")} - TEXTS.keys() == set()


def test_no_message_is_left_over() -> None:
    text = "".join(file.read_text("utf-8") for file in (*TEMPLATES, *HANDLERS))
    begun = tuple(re.findall(r'"((?:overview|cases|people|imports)\.[a-z_]+_)["{]', text))

    left = {key for key in OURS if f'"{key}"' not in text and not key.startswith(begun)}

    assert left == set()


@pytest.mark.parametrize("key", sorted(OURS))
def test_a_message_has_the_same_gaps_in_both_languages(key: str) -> None:
    zh, en = ({name for _, name, _, _ in Formatter().parse(text) if name} for text in OURS[key])

    assert zh == en
    assert "!" not in "".join(OURS[key]) and "！" not in OURS[key][0]
