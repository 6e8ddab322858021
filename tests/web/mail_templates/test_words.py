import re
from pathlib import Path

import pytest

import web
from web.desks.admin.templates_values import value_groups
from web.words import TEXTS
from web.words.mail_templates import TEXTS as OURS

ROOM = Path(web.__file__).parent
SOURCES = [
    *sorted((ROOM / "templates" / "mail_templates").glob("*.html")),
    *sorted((ROOM / "desks" / "admin").glob("templates*.py")),
]
KEY = re.compile(r'"((?:mail_templates|common)\.[a-z0-9_]+)"')
VALUES = {group.key for group in value_groups()} | {
    one.key for group in value_groups() for one in group.values
}


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: file.name)
def test_every_message_that_a_file_names_is_there(file: Path) -> None:
    named = {key for key in KEY.findall(file.read_text("utf-8")) if not key.endswith("_")}

    assert named - TEXTS.keys() == set()


def test_every_value_that_a_template_may_use_is_explained_and_no_other() -> None:
    told = {key for key in OURS if key.startswith(("mail_templates.value_", "mail_templates.of_"))}

    assert told == VALUES


def test_no_message_is_left_over() -> None:
    text = "".join(file.read_text("utf-8") for file in SOURCES)

    assert {key for key in OURS if f'"{key}"' not in text} - VALUES == set()


@pytest.mark.parametrize("key", sorted(OURS))
def test_a_message_has_the_same_gaps_in_both_languages_and_shouts_in_neither(key: str) -> None:
    zh, en = OURS[key]

    assert set(re.findall(r"{(\w+)", zh)) == set(re.findall(r"{(\w+)", en))
    assert not set("!！") & set(zh + en)
