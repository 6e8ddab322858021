"""What pages say: every key that is used exists, whole in both languages, with the same gaps."""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from string import Formatter

import pytest

from tests.web.said import (
    CODE,
    KEY,
    TEMPLATES,
    given_in_python,
    given_in_template,
    in_python,
    in_template,
    quoted,
)
from web.templating import HERE
from web.words import TEXTS

ZH_STOPS = frozenset("，。；：？！（）")
EN_STOPS = re.compile(r"(?<=[\u4e00-\u9fff”）])[,;:?!()]|[,;:?!()](?=[\u4e00-\u9fff“（])")
ADDRESS = re.compile(r"[a-z+]+:\S+")
CHINESE = re.compile("[\u4e00-\u9fff]")


def missing(used: Iterator[str]) -> set[str]:
    """Return the keys (or patterns of keys) that nothing is written for."""
    return {key for key in used if not any(fnmatchcase(known, key) for known in TEXTS)}


def gaps(text: str) -> set[str]:
    """Return the gaps of a message."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(HERE)))
def test_every_key_that_a_handler_uses_exists(path: Path) -> None:
    assert missing(in_python(path)) == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(HERE)))
def test_every_key_that_a_template_says_exists(path: Path) -> None:
    assert missing(in_template(path)) == set()


@pytest.mark.parametrize("path", [*CODE, *TEMPLATES], ids=lambda path: str(path.relative_to(HERE)))
def test_every_gap_of_a_message_is_filled(path: Path) -> None:
    given = given_in_python(path) if path.suffix == ".py" else given_in_template(path)

    assert {key: gaps(TEXTS[key][1]) - filled for key, filled in given if open_gaps(key, filled)} == {}


def open_gaps(key: str, filled: set[str]) -> set[str]:
    """Return the gaps of a message that stay open: it could not be said at all."""
    return gaps(TEXTS[key][1]) - filled if key in TEXTS else set()


def test_the_scan_finds_keys_at_all() -> None:
    assert {key for path in TEMPLATES for key in in_template(path)} & {"common.help", "error.front"}
    assert {key for path in CODE for key in in_python(path)} & {"form.required", "form.number"}


def test_every_message_is_whole_in_both_languages() -> None:
    assert [key for key, (zh, en) in TEXTS.items() if not zh.strip() or not en.strip()] == []
    assert [key for key in TEXTS if not KEY.fullmatch(key)] == []


def test_both_languages_have_the_same_gaps() -> None:
    assert {key: (zh, en) for key, (zh, en) in TEXTS.items() if gaps(zh) != gaps(en)} == {}


def test_every_gap_has_a_name() -> None:
    assert [key for key, (zh, en) in TEXTS.items() if {"", "0"} & (gaps(zh) | gaps(en))] == []


def test_an_english_plural_names_both_forms() -> None:
    plurals = {
        key: [spec for _, _, spec, _ in Formatter().parse(en) if spec and "|" in spec]
        for key, (_, en) in TEXTS.items()
    }

    assert {key: found for key, found in plurals.items() if any(spec.count("|") != 1 for spec in found)} == {}


def test_chinese_sentences_have_chinese_stops() -> None:
    words = {key: ADDRESS.sub("", re.sub(r"\{.*?\}", "字", zh)) for key, (zh, _) in TEXTS.items()}

    assert {key: zh for key, zh in words.items() if EN_STOPS.search(zh)} == {}


def test_english_sentences_have_english_stops() -> None:
    chinese_names = {key for key, (_, en) in TEXTS.items() if re.search("[\u4e00-\u9fff]", en)}

    assert {
        key: en for key, (_, en) in TEXTS.items() if key not in chinese_names and set(ZH_STOPS) & set(en)
    } == {}


def test_nobody_is_shouted_at() -> None:
    words = {key: re.sub(r"\{.*?\}", "", zh + en) for key, (zh, en) in TEXTS.items()}

    assert {key for key, text in words.items() if set("！!") & set(text)} == set()


def test_no_message_holds_markup() -> None:
    assert {key for key, both in TEXTS.items() if any(re.search(r"</?[a-z]", text) for text in both)} == set()


def test_what_is_never_said_is_told_to_who_looks_after_the_texts() -> None:
    used = quoted()
    unused = sorted(key for key in TEXTS if not any(fnmatchcase(key, pattern) for pattern in used))

    print("never said:", *unused, sep="\n  ")  # for people to read: a failure only where the scan is blind
    assert len(unused) < len(TEXTS) / 2
