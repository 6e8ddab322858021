"""``duban notice rollover``: a draft on the screen, in files, as JSON; then last year's activities again."""

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Duban

ROLL = ("notice", "rollover", "quanzhou-2023", "--year", "2024")
LATER = "2024-06-03T09:00+08:00"


def test_the_draft_is_printed_and_nothing_is_changed(duban: Duban, running: Path) -> None:
    said = duban(*ROLL)

    assert (said.code, said.err) == (0, "")
    assert "\nid: quanzhou-2024\n" in said.out
    assert "quanzhou-2024" not in duban("notice", "list").out


def test_drafts_are_written_with_those_above_and_can_be_applied(duban: Duban, running: Path) -> None:
    said = duban(*ROLL, "-o", "next.yaml", at=LATER)

    assert (
        "9月第三个星期日"
        in duban("notice", "rollover", "national-2023", "--year", "2024", "-o", "n.yaml").out
    )
    assert said.out.splitlines()[-2:] == [
        "  duban notice plan national-2024.yaml",
        "  duban notice plan next.yaml",
    ]
    assert duban("notice", "lint", "next.yaml", "national-2024.yaml", at=LATER).code == 0
    for file in ("national-2024.yaml", "next.yaml"):
        assert duban("notice", "apply", file, at=LATER).code == 0


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", ("2023年8月30日 周三", "2024年8月28日 周三")),
        ("en", ("Wed 30 Aug 2023", "Wed 28 Aug 2024")),
    ],
)
def test_guesses_are_told_in_words(duban: Duban, running: Path, lang: str, words: tuple[str, ...]) -> None:
    said = duban(*ROLL, "-o", "next.yaml", "--lang", lang).out

    assert [one for one in words if one not in said] == []
    assert not re.search(r"milestones\.|windows\.|\d{4}-\d{2}-", said)


def test_a_file_that_is_there_is_not_written_over(duban: Duban, running: Path) -> None:
    Path("national-2024.yaml").write_text("mine", "utf-8")

    said = duban(*ROLL, "--output", "next.yaml")

    assert (said.code, "已经有文件 national-2024.yaml" in said.err) == (1, True)
    assert not Path("next.yaml").exists()


def test_activities_are_copied_once_the_new_notice_is_in_force(duban: Duban, running: Path) -> None:
    refused = duban(*ROLL, "--activities", at=LATER)
    hold = ("do", "hold", "QZ-2023-0001", "--force", "--reason", "补录", "--as", "lin@example.cn")
    assert duban(*hold, at="2023-09-19T10:00+08:00").code == 0
    duban(*ROLL, "-o", "next.yaml", at=LATER)
    for file in ("national-2024.yaml", "next.yaml"):
        duban("notice", "apply", file, at=LATER)

    first, second = (duban(*ROLL, "--activities", "--json", at=LATER).json for _ in range(2))

    assert (refused.code, "quanzhou-2024 还没有应用" in refused.err) == (1, True)
    assert first == {"created": ["QZ-2024-0001"], "already": 0}
    assert second == {"created": [], "already": 1}
    assert "复制自 QZ-2023-0001" in duban("history", "list", "QZ-2024-0001", at=LATER).out


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_json_has_the_draft_its_guesses_and_its_parents(duban: Duban, home: Path, lang: str) -> None:
    found = duban(*ROLL, "--json", "--lang", lang).json

    assert [one["id"] for one in found["parents"]] == ["national-2024"]
    assert found["guesses"][0]["after"] == "late 2024-08"
    assert {"zh", "en"} == set(found["season"])


def test_a_year_that_is_not_later_is_refused(duban: Duban, home: Path) -> None:
    said = duban("notice", "rollover", "quanzhou-2023", "--year", "2023")

    assert (said.code, said.out) == (1, "")
    assert "请写 2024 至 2100 之间的年份" in said.err
