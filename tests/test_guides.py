"""The guides of the three desks call things what the pages call them, and show every picture there is."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from web.words import TEXTS
from workflows.registry import LIFECYCLES

DOCS = Path(__file__).parent.parent / "docs"
DESKS = ("coordinator", "admin", "admin-mails", "admin-people", "admin-papers", "auditor")
LANGS = ("zh", "en")
MOST = 120_000

_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_GAP = re.compile(r"\{[^}]*\}")
_SHOWN = re.compile(r"pictures/(?:zh|en)/([\w-]+)\.png")

every_guide = pytest.mark.parametrize("name", DESKS)
every_language = pytest.mark.parametrize("lang", LANGS)


def text_of(lang: str, name: str) -> str:
    return (DOCS / lang / f"{name}.md").read_text("utf-8")


def patterns(lang: str) -> Iterator[str]:
    """Give what the pages say, with anything in the gaps of a message."""
    for both in TEXTS.values():
        pieces = _GAP.split(both[LANGS.index(lang)])
        if len("".join(pieces)) > 1:
            yield ".+".join(re.escape(piece) for piece in pieces)
    for lifecycle in LIFECYCLES:
        yield from (re.escape(getattr(name, lang)) for name in lifecycle.triggers.values())


@every_language
@every_guide
def test_a_guide_names_only_what_a_page_says(lang: str, name: str) -> None:
    said = re.compile("|".join(patterns(lang)))

    named = [" ".join(phrase.split()) for phrase in _BOLD.findall(text_of(lang, name))]

    assert [phrase for phrase in named if not said.fullmatch(phrase)] == []


@every_language
def test_every_picture_is_small_and_shown_in_the_guides_of_its_language(lang: str) -> None:
    pictures = {file.stem: file.stat().st_size for file in (DOCS / "pictures" / lang).glob("*.png")}

    shown = {name for guide in DESKS for name in _SHOWN.findall(text_of(lang, guide))}

    assert shown == set(pictures)
    assert [name for name, size in pictures.items() if size > MOST] == []


@every_guide
def test_both_languages_show_the_same_pictures_of_their_own(name: str) -> None:
    chinese, english = text_of("zh", name), text_of("en", name)

    assert _SHOWN.findall(chinese) == _SHOWN.findall(english)
    assert "pictures/en/" not in chinese
    assert "pictures/zh/" not in english
