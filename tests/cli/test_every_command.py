"""Every command that shows something, once in each language, as a table and as JSON."""

from pathlib import Path

import pytest

from tests.cli.conftest import Duban

AT = "2023-09-01T09:05+08:00"
SHOWN = [
    ("doctor",),
    ("notice", "list"),
    ("notice", "show", "quanzhou-2023"),
    ("notice", "lint"),
    ("notice", "plan", "xinxiang-2023"),
    ("notice", "diff", "quanzhou-2023", "xinxiang-2023"),
    ("workflow", "check"),
    ("unit", "list"),
    ("person", "list"),
    ("activity", "list", "--kind", "all", "--late"),
    ("activity", "show", "QZ-2023-0001"),
    ("activity", "show", "QZ-2023-R001"),
    ("blockers", "QZ-2023-0001"),
    ("do", "note", "QZ-2023-0001", "--reason", "x"),
    ("remind", "preview"),
    ("remind", "preview", "--notice", "national-2023"),
    ("remind", "sweep"),
    ("mail", "list"),
    ("mail", "show", "1"),
    ("mail", "test", "li@example.cn"),
    ("why", "QZ-2023-0001"),
    ("why", "chen@example.cn"),
    ("history", "list", "QZ-2023-0001"),
    ("history", "list", "notice:quanzhou-2023"),
    ("history", "list", "person:1"),
    ("history", "list", "lifecycle:activity@1"),
    ("history", "verify"),
    ("history", "seal"),
    ("history", "as-of", "2023-08-25"),
]


@pytest.fixture
def swept(duban: Duban, running: Path) -> Duban:
    """Return a command line in a home whose first reminders wait to be sent."""
    duban("remind", "sweep", at="2023-08-21T09:00+08:00")
    return duban


@pytest.mark.parametrize("words", SHOWN, ids=" ".join)
@pytest.mark.parametrize(("lang", "columns"), [("zh", "80"), ("en", "100")])
def test_a_command_answers_in_every_language_and_width(
    swept: Duban, monkeypatch: pytest.MonkeyPatch, *, words: tuple[str, ...], columns: str, lang: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)

    said = swept(*words, "--lang", lang, at=AT)

    assert (said.code in (0, 1) if words == ("doctor",) else said.code == 0, said.err) == (True, "")
    assert said.out.strip()
    assert "{" not in said.out


@pytest.mark.parametrize("words", SHOWN, ids=" ".join)
def test_a_command_answers_in_json_with_the_same_keys_in_every_language(
    swept: Duban, words: tuple[str, ...]
) -> None:
    def keys(value: object) -> object:
        if isinstance(value, dict):
            return {key: keys(one) for key, one in value.items()}
        return [keys(one) for one in value[:1]] if isinstance(value, list) else None

    chinese, english = (swept(*words, "--json", "--lang", lang, at=AT).json for lang in ("zh", "en"))

    assert keys(chinese) == keys(english)


def test_a_season_is_played_and_told(duban: Duban, home: Path) -> None:
    short = ("simulate", "--activities", "3", "--from", "2023-09-01", "--to", "2023-09-08")

    told = duban(*short, "--json").json
    shown = duban(*short, "--lang", "en")

    assert (told["sound"], told["unsettled"], told["home"]) == (True, 0, str(home))
    assert (shown.code, shown.err) == (0, "")


def test_a_home_with_somebodys_work_is_never_played_over(duban: Duban, running: Path) -> None:
    said = duban("simulate")

    assert (said.code, said.out) == (1, "")
    assert "没有改动" in said.err
