"""Every message that the pages of cases name is there in both languages, and none is left over."""

import re
from pathlib import Path

import pytest

import web
from web.words import TEXTS
from web.words.case import TEXTS as CASE
from web.words.my import TEXTS as MY

ROOM = Path(web.__file__).parent
SOURCES = [
    *sorted((ROOM / "templates" / "my").glob("*.html")),
    *sorted((ROOM / "templates" / "case").glob("*.html")),
    *sorted((ROOM / "desks" / "case").glob("*.py")),
    *sorted((ROOM / "desks" / "coordinator").glob("*.py")),
]
KEY = re.compile(r'"((?:case|my|common)\.[a-z0-9_.]+)"')
BUILT = re.compile(r"(case\.(head|ask|button)|my\.(group|todo))_\w+")


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_every_message_that_a_file_names_is_there(file: Path) -> None:
    named = {key for key in KEY.findall(file.read_text("utf-8")) if not key.endswith("_")}

    assert named - TEXTS.keys() == set()


def test_no_message_is_left_over() -> None:
    text = "".join(file.read_text("utf-8") for file in SOURCES)

    assert {key for key in CASE | MY if f'"{key}"' not in text and not BUILT.fullmatch(key)} == set()


@pytest.mark.parametrize("key", sorted(CASE | MY))
def test_a_message_has_the_same_gaps_in_both_languages_and_shouts_in_neither(key: str) -> None:
    zh, en = (CASE | MY)[key]

    assert set(re.findall(r"{(\w+)", zh)) == set(re.findall(r"{(\w+)", en))
    assert not set("!！") & set(zh + en)
