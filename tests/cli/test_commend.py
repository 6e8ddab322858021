"""``duban commend``: from the figures to the sheet, signed by two admins."""

from pathlib import Path

import pytest

from tests.cli.conftest import Duban

LIN, GUO = "lin@example.cn", "guo@example.cn"
AT = "2023-10-12T10:00+08:00"
MORE = "姓名,邮箱,电话,角色,地区,单位\n郭主任,guo@example.cn,,管理员,泉州市,\n"


@pytest.fixture
def season(duban: Duban, running: Path) -> Duban:
    """Return a command line in a home with one summarized activity and a second admin."""
    (running.parent / "more.csv").write_text(MORE, "utf-8")
    for words in (
        ("person", "import", str(running.parent / "more.csv")),
        ("do", "register", "QZ-2023-0001", "--material", "application_form=https://example.cn/a"),
    ):
        duban(*words)
    step = ("QZ-2023-0001", "--reason", "x", "--force")
    assert duban("do", "summarize", *step, at="2023-09-29T10:00+08:00").code == 0
    assert duban("do", "edit", "QZ-2023-0001", "--set", "participants=300", at=AT).code == 0
    return duban


def test_a_list_is_drawn_up_signed_twice_and_printed(season: Duban, running: Path) -> None:
    assert season("commend", "propose", "quanzhou-2023", "--as", LIN, at=AT).code == 0
    assert season("commend", "put-forward", "quanzhou-2023", "--as", LIN, at=AT).code == 0
    approved = season("commend", "approve", "quanzhou-2023", "--as", GUO, at=AT)
    sheet = running.parent / "sheet.docx"
    written = season("commend", "sheet", "quanzhou-2023", str(sheet), at=AT)

    assert (approved.out, approved.err) == ("已审定：1 项活动已表扬，1 封邮件待发。\n", "")
    assert (written.code, sheet.read_bytes()[:2]) == (0, b"PK")
    assert season("history", "verify", at=AT).code == 0


def test_whoever_put_the_list_forward_cannot_approve_it(season: Duban) -> None:
    season("commend", "propose", "quanzhou-2023", "--as", LIN, at=AT)
    season("commend", "put-forward", "quanzhou-2023", "--as", LIN, at=AT)

    said = season("commend", "approve", "quanzhou-2023", "--as", LIN, at=AT)

    assert (said.code, "另一位管理员" in said.err) == (1, True)


def test_the_operator_signs_only_in_the_name_of_a_person(season: Duban) -> None:
    season("commend", "propose", "quanzhou-2023", at=AT)

    said = season("commend", "put-forward", "quanzhou-2023", at=AT)

    assert (said.code, "--as" in said.err) == (1, True)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_list_says_how_every_place_came_about(season: Duban, lang: str) -> None:
    said = season("commend", "show", "quanzhou-2023", "--all", "--lang", lang, at=AT)

    words = {"zh": "参与 300 人：15/30 分，全市第 1", "en": "300 participants: 15/30 points, no. 1 of all"}
    assert words[lang] in said.out


def test_an_adjustment_needs_its_reason(season: Duban) -> None:
    season("commend", "propose", "quanzhou-2023", at=AT)

    said = season("commend", "adjust", "quanzhou-2023", "remove", "QZ-2023-0001", at=AT)

    assert (said.code, "理由" in said.err) == (1, True)


def test_json_has_the_whole_list(season: Duban) -> None:
    found = season("commend", "show", "quanzhou-2023", "--json", at=AT).json

    assert [(one["award"], len(one["candidates"])) for one in found["awards"]] == [
        ("unit", 1),
        ("activity", 1),
        ("person", 1),
    ]
