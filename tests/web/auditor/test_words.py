"""The desk's messages: each is there, used, and the same in both languages; every step has a name."""

import re
from pathlib import Path

import pytest

import web
from engine.audit.messages import SENTENCES
from engine.audit.subjects import Kind
from web.desks.auditor.steps import steps_of
from web.words import TEXTS
from web.words.history import TEXTS as HISTORY
from web.words.verify import TEXTS as VERIFY

ROOM = Path(web.__file__).parent
SOURCES = [
    *sorted((ROOM / "templates" / "history").glob("*.html")),
    *sorted((ROOM / "templates" / "verify").glob("*.html")),
    *sorted((ROOM / "desks" / "auditor").glob("*.py")),
]
KEY = re.compile(r'"((?:history|verify|common)\.[a-z0-9_.]+)"')
BUILT = re.compile(r"history\.(kind|subject|step|export|activity|report)(_|$)")
OURS = HISTORY | VERIFY


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: file.name)
def test_every_message_that_a_file_names_is_there(file: Path) -> None:
    named = {key for key in KEY.findall(file.read_text("utf-8")) if not key.endswith(("_", "."))}

    assert named - TEXTS.keys() == set()


def test_no_message_is_left_over() -> None:
    text = "".join(file.read_text("utf-8") for file in SOURCES)

    assert {key for key in OURS if f'"{key}"' not in text and not BUILT.match(key)} == set()


@pytest.mark.parametrize("key", sorted(OURS))
def test_a_message_has_the_same_gaps_in_both_languages_and_shouts_in_neither(key: str) -> None:
    zh, en = OURS[key]

    assert set(re.findall(r"{(\w+)", zh)) == set(re.findall(r"{(\w+)", en))
    assert not set("!！") & set(zh + en)


def test_every_kind_of_subject_and_every_step_that_history_tells_of_has_a_name() -> None:
    kinds = {key for kind in Kind for key in (f"history.kind_{kind}", f"history.subject_{kind}")}
    told = {key.rstrip("+").split(".")[1] for key in SENTENCES if key.partition(".")[0] in tuple(Kind)}

    assert kinds - OURS.keys() == set()
    assert told - dict(steps_of(None)).keys() == {"move", "force"}
