"""The messages of reminders, outbox, why, settings and guide: there, used, the same in both languages."""

import re
from pathlib import Path

import pytest

import web
from config.settings import Settings, load_settings
from engine.doctor import ELSEWHERE, examine
from engine.mails_view import Box
from engine.slider import Tense
from engine.template_names import KINDS
from engine.why import Reason
from notifications.outcome import Answer
from notifications.samples import KINDS as MAILS
from tests.engine.world import NOW
from web.words import TEXTS
from web.words.help import TEXTS as HELP
from web.words.mails import TEXTS as OUTBOX
from web.words.reminders import TEXTS as REMINDERS
from web.words.settings import TEXTS as SETTINGS
from web.words.why import TEXTS as WHY
from workflows.message import MessageState

ROOM = Path(web.__file__).parent
ROOMS = ("reminders", "mails", "why", "settings", "help")
SOURCES = [
    *(file for room in ROOMS for file in sorted((ROOM / "templates" / room).glob("*.html"))),
    *(file for room in ROOMS for file in sorted((ROOM / "desks" / "admin").glob(f"{room}*.py"))),
    ROOM / "desks" / "help.py",
]
KEY = re.compile(r'"((?:reminders|mails|why|settings|help|common)\.[a-zA-Z0-9_.]+)"')
BUILT = re.compile(
    r"help\.|mails\.(answer|box|kind|of|stands)_|reminders\.(day|note|states)_|settings\.(sign|check|level|tried|DUBAN)_"
    r"|settings\.secret_step_|why\.(head_)?[a-z_]+$"
)
OURS = HELP | OUTBOX | REMINDERS | SETTINGS | WHY


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: f"{file.parent.name}/{file.name}")
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


def test_everything_that_the_engine_tells_has_its_words() -> None:
    built = {f"mails.box_{box}" for box in Box} | {f"mails.answer_{box}" for box in Box}
    built |= {f"mails.of_{state}" for state in MessageState}
    built |= {f"mails.kind_{kind}" for kind in set(MAILS) - KINDS.keys()}
    built |= {f"reminders.{word}_{tense}" for word in ("day", "note") for tense in Tense}
    built |= {f"why.{reason}" for reason in Reason}
    built |= {f"why.head_{reason}" for reason in set(Reason) - {Reason.PLANNED}}
    built |= {f"settings.tried_{answer}" for answer in Answer}
    built |= {f"settings.DUBAN_{field.upper()}" for field in Settings.model_fields}

    assert built - OURS.keys() == set()


def test_every_check_that_is_shown_has_a_name(tmp_path: Path) -> None:
    found = {one.name for one in examine(load_settings(home=tmp_path), now=NOW)} - ELSEWHERE

    assert {f"settings.check_{name}" for name in found} - OURS.keys() == set()
