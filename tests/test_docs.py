"""What the pages say is so: their links lead somewhere, their commands exist, their examples work."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cli.helptext import COMMANDS
from cli.main import run
from cli.tree import GROUPS, MODULES
from config.noticefile import json_schema, parse
from config.settings import PREFIX, Settings
from workflows.diagram import mermaid
from workflows.registry import lifecycle
from workflows.wording import MATERIALS

ROOT = Path(__file__).parent.parent
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
GUIDES = sorted((ROOT / "docs").rglob("*.md"))
PAGES = (*READMES, ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md", *GUIDES)
EXAMPLES = ROOT / "docs" / "examples"
SCHEDULES = (ROOT / "docs/zh/2-schedule.md", ROOT / "docs/en/2-schedule.md")
OPERATING = (ROOT / "docs/zh/6-operate.md", ROOT / "docs/en/6-operate.md")
JULY = datetime(2027, 7, 21, 2, tzinfo=UTC)

_LINK = re.compile(r"\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)")
_CODE = re.compile(r"```[a-z]*\n(.*?)```|`([^`\n]+)`", re.DOTALL)
_COMMAND = re.compile(r"(?<![\w./-])duban +([a-z][a-z-]*)(?: +([a-z][a-z-]*))?([^\n#`]*)")
_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
_MACHINE = re.compile(r"(?<![\w.])/(?:work|tmp|root|home|Users)/")

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def text_of(page: Path) -> str:
    return page.read_text("utf-8")


def code_of(page: Path) -> str:
    return "\n".join(block or inline for block, inline in _CODE.findall(text_of(page)))


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", text_of(page), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


def commands_in(page: Path) -> Iterator[tuple[str, str]]:
    """Give every command that a page names, and the words after it."""
    for first, second, rest in _COMMAND.findall(code_of(page)):
        path = f"{first} {second}" if first in GROUPS and second else first
        yield path, rest if path != first else f"{second}{rest}"


@every_page
def test_every_link_of_a_page_leads_to_a_file_and_a_heading(page: Path) -> None:
    broken = [
        (target, anchor)
        for target, anchor in _LINK.findall(text_of(page))
        if not (page.parent / target).exists()
        or (anchor and anchor not in anchors(page.parent / target if target else page))
    ]

    assert broken == []


@every_page
def test_every_command_a_page_names_exists(page: Path) -> None:
    unknown = [path for path, _ in commands_in(page) if path not in COMMANDS]

    assert unknown == []


@every_page
def test_every_option_a_page_gives_a_command_is_one_of_its_own(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = []
    for path, rest in set(commands_in(page)):
        run([*path.split(), "--help"])
        known = set(_OPTION.findall(capsys.readouterr().out))
        wrong += [f"{path} {option}" for option in _OPTION.findall(rest) if option not in known]

    assert wrong == []


@every_page
def test_no_page_names_a_place_on_somebodys_machine(page: Path) -> None:
    assert _MACHINE.findall(text_of(page)) == []


@every_page
def test_every_make_target_a_page_names_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), re.MULTILINE))

    named = set(re.findall(r"(?:^|`)make ([a-z]+)\b", code_of(page), re.MULTILINE))

    assert named - targets == set()


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_both_readmes_name_the_two_commands_that_set_up_everything(page: Path) -> None:
    assert [command for command in ("make run", "make test") if command not in code_of(page)] == []


def test_both_languages_have_the_same_guides() -> None:
    chinese = {page.name for page in (ROOT / "docs/zh").glob("*.md")}
    english = {page.name for page in (ROOT / "docs/en").glob("*.md")}

    assert english - chinese == {"7-design.md"}
    assert chinese - english == set()


def test_the_page_of_commands_names_every_command() -> None:
    page = code_of(ROOT / "docs" / "commands.md").replace("|", " ")

    missing = [path for path in COMMANDS if path not in GROUPS and path.split()[-1] not in page]

    assert missing == []
    assert {path.split()[0] for path in COMMANDS} == set(MODULES)


@pytest.mark.parametrize("page", SCHEDULES, ids=lambda page: page.parent.name)
def test_the_page_on_schedules_names_every_key_and_every_material(page: Path) -> None:
    schema = json_schema()
    keys = set(schema["properties"])
    for model in schema["$defs"].values():
        keys |= set(model.get("properties", {}))

    code = code_of(page)

    assert {key for key in keys if not re.search(rf"\b{key}\b", code)} == set()
    assert {kind for kind in MATERIALS if f"`{kind}`" not in text_of(page)} == set()


@pytest.mark.parametrize("page", SCHEDULES, ids=lambda page: page.parent.name)
def test_the_schedule_on_the_page_is_one_that_can_be_read(page: Path) -> None:
    block = re.search(r"```yaml\n(.*?)```", text_of(page), re.DOTALL)

    assert block is not None
    assert parse(block[1]).notice.id == "zhangzhou-2027"


@pytest.mark.parametrize("page", OPERATING, ids=lambda page: page.parent.name)
def test_the_page_on_operating_names_every_setting(page: Path) -> None:
    settings = [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]

    assert [name for name in settings if f"| `{name}` |" not in text_of(page)] == []


@pytest.mark.parametrize("name", ["activity", "report", "message"])
def test_the_pictures_of_lifecycles_are_those_that_the_command_draws(name: str) -> None:
    drawn = mermaid(lifecycle(name), "en").strip().splitlines()

    picture = "\n".join(line for line in drawn if "note late answer" not in line)

    assert picture in text_of(ROOT / "docs/en/7-design.md")


@pytest.mark.parametrize(
    "picture", sorted((ROOT / "docs/pictures").glob("*.png")), ids=lambda picture: picture.name
)
def test_a_picture_is_small_and_shown(picture: Path) -> None:
    assert picture.stat().st_size <= 200_000
    assert [page.name for page in READMES if picture.name in text_of(page)] != []


def test_the_first_season_can_be_followed_with_the_files_of_the_examples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DUBAN_HOME", str(tmp_path / "var"))
    monkeypatch.delenv("DUBAN_LANG", raising=False)
    monkeypatch.chdir(EXAMPLES)
    steps = [
        "init",
        "unit import units.csv",
        "person import people.csv",
        "notice lint zhangzhou-2027.yaml",
        "notice plan zhangzhou-2027.yaml",
        "notice apply zhangzhou-2027.yaml",
        "activity import activities.csv",
        "activity list",
        "remind preview --to 2027-09-15",
    ]

    codes = [run(step.split(), clock=lambda: JULY) for step in steps]

    assert codes == [0] * len(steps)
    assert "7 个提醒，共 17 封邮件；没有发送任何邮件。" in capsys.readouterr().out
