"""Help pages: complete, in both languages, and quick."""

import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.command import Root
from cli.helptext import COMMANDS
from cli.names import HEADINGS, LABELS
from cli.param_texts import PARAMS, param_help
from cli.refusals import REFUSALS
from cli.texts import TEXTS
from cli.tree import GROUPS, MODULES, SECTIONS
from tests.cli.conftest import Duban

ROOT = Path(__file__).parents[2]
HEAVY = (
    "alembic",
    "apscheduler",
    "jinja2",
    "openpyxl",
    "pydantic",
    "rich",
    "ruamel",
    "sqlalchemy",
    "typer",
    "yagmail",
)


def _commands() -> Iterator[tuple[str, Any]]:
    root = Root(name="duban")
    for word in MODULES:
        command = root.get_command(None, word)
        if word in GROUPS:
            yield from ((f"{word} {name}", one) for name, one in command.commands.items())
        else:
            yield word, command


def test_every_command_is_on_a_help_page_and_every_line_of_help_is_a_commands() -> None:
    actual = {path for path, _ in _commands()} | GROUPS

    assert actual == set(COMMANDS)


def test_the_first_page_names_every_first_word_once() -> None:
    listed = [name for section in SECTIONS for name in section.commands]

    assert sorted(listed) == sorted(MODULES)


def test_every_parameter_says_what_it_is_for() -> None:
    unsaid = [
        (path, word)
        for path, command in _commands()
        for param in command.params
        for word in [param.metavar if param.param_type_name == "argument" else param.opts[0]]
        if not (param_help(path, word, "zh") and param_help(path, word, "en"))
    ]

    assert unsaid == []


@pytest.mark.parametrize("catalogue", [COMMANDS, PARAMS, HEADINGS, LABELS, TEXTS, REFUSALS])
def test_every_text_is_there_in_both_languages_with_the_same_gaps(catalogue: dict[str, Any]) -> None:
    def gaps(text: str) -> set[str]:
        return {part.split("}")[0] for part in text.split("{")[1:]}

    uneven = [
        key for key, name in catalogue.items() if gaps(name.zh) != gaps(name.en) or not name.zh or not name.en
    ]

    assert uneven == []


@pytest.mark.parametrize(("lang", "word"), [("zh", "用法：duban 命令"), ("en", "Usage: duban COMMAND")])
def test_the_first_page_speaks_the_language_asked_for(duban: Duban, lang: str, word: str) -> None:
    said = duban("--help", "--lang", lang)

    assert (said.code, word in said.out, said.err) == (0, True, "")


def test_the_language_comes_from_the_environment(duban: Duban, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUBAN_LANG", "en")

    assert "Usage: duban notice" in duban("notice").out


@pytest.mark.parametrize("path", sorted(COMMANDS))
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_command_has_its_own_page(duban: Duban, path: str, lang: str) -> None:
    said = duban(*path.split(), "--help", "--lang", lang)

    assert said.code == 0
    assert said.out.splitlines()[0] == COMMANDS[path].in_(lang)


def test_the_first_page_imports_nothing_heavy() -> None:
    code = (
        "import sys; from cli.main import run; run(['--help']); "
        f"print(sorted(set({HEAVY!r}) & {{name.partition('.')[0] for name in sys.modules}}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "[]"


def test_no_command_is_imported_before_it_is_used() -> None:
    code = (
        "import sys; from cli.main import run; run(['workflow', 'diagram', '--help']); "
        "print([name for name in sys.modules if name.startswith('cli.commands.')])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "['cli.commands.workflow']"


def test_the_version_is_that_of_the_project(duban: Duban) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    assert duban("--version").out == f"duban {project['version']}\n"
