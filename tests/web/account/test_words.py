import re
from pathlib import Path

import pytest

import web
from web.words import TEXTS
from web.words.account import TEXTS as OURS

ROOM = Path(web.__file__).parent
TEMPLATES = sorted((ROOM / "templates" / "account").glob("*.html"))
SOURCES = [*TEMPLATES, *sorted((ROOM / "desks" / "account").glob("*.py"))]
KEY = re.compile(r'"((?:account|common|error)\.[a-z0-9_.]+)"')


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: file.name)
def test_every_message_that_a_file_names_is_there(file: Path) -> None:
    named = {key for key in KEY.findall(file.read_text("utf-8")) if not key.endswith("_")}

    assert named - TEXTS.keys() == set()


def test_no_message_is_left_over() -> None:
    text = "".join(file.read_text("utf-8") for file in SOURCES)

    assert {key for key in OURS if f'"{key}"' not in text and not key.startswith("account.right_")} == set()


@pytest.mark.parametrize("key", sorted(OURS))
def test_a_message_has_the_same_gaps_in_both_languages_and_shouts_in_neither(key: str) -> None:
    zh, en = OURS[key]

    assert set(re.findall(r"{(\w+)", zh)) == set(re.findall(r"{(\w+)", en))
    assert not set("!！") & set(zh + en)
