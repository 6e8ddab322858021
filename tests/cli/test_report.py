"""``duban report``: figures, gaps, a package, and a report handed in with it."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.cli.conftest import Duban

LATER = "2023-09-29T10:00+08:00"
LIN = "lin@example.cn"
COUNTY, FILING, NOTICE = "QZ-2023-R003", "QZ-2023-R001", "quanzhou-2023"


def test_figures_are_told(duban: Duban, running: Path) -> None:
    said = duban("report", "show", COUNTY.lower(), at=LATER)

    assert (said.code, said.err) == (0, "")
    assert "活动 2 项，已开展 0 项，取消 0 项；2 个单位。" in said.out


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("words", [("show", COUNTY), ("show", NOTICE), ("coverage", NOTICE)])
def test_every_answer_is_there_in_both_languages(
    duban: Duban, running: Path, words: tuple[str, ...], lang: str
) -> None:
    said = duban("report", *words, "--lang", lang, at=LATER)

    assert (said.code, said.err, "{" in said.out) == (0, "", False)
    assert duban("report", *words, "--json", at=LATER).json


def test_who_has_not_filed_is_listed(duban: Duban, running: Path) -> None:
    told = duban("report", "coverage", NOTICE, "--json", at=LATER).json

    assert sorted(one["ref"] for one in told["owing"]) == [f"QZ-2023-R00{n}" for n in range(1, 6)]
    assert "泉州市物理学会" in [one["unit"] for one in told["silent"]]


def test_a_package_is_written_to_a_new_file_only(duban: Duban, running: Path, tmp_path: Path) -> None:
    first = duban("report", "build", NOTICE, "-o", "q.zip", at=LATER)
    second = duban("report", "build", NOTICE, "--output", "q.zip", at=LATER)

    assert (first.code, second.code) == (0, 1)
    with ZipFile(tmp_path / "q.zip") as package:
        assert "index.html" in package.namelist()


def test_a_report_is_handed_in_and_frozen(duban: Duban, running: Path, tmp_path: Path) -> None:
    done = duban("report", "submit", COUNTY, "--json", at=LATER).json
    again = duban("report", "submit", COUNTY, at=LATER)

    given = duban("report", "build", COUNTY, "-o", "f.zip", "--json", at="2023-10-08T10:00+08:00").json

    assert (given["frozen"], given["sha256"]) == (True, done["sha256"])
    assert (again.code, "已报送" in again.err) == (1, True)


def test_links_are_chosen_by_their_numbers(duban: Duban, running: Path) -> None:
    news = ("--material", "news_link=https://example.cn/1", "--material", "news_link=https://example.cn/2")
    duban("do", "attach", "QZ-2023-0001", *news, at=LATER)
    before = duban("report", "links", COUNTY, "--json", at=LATER).json
    numbers = [one["number"] for one in before]

    said = duban("report", "links", COUNTY, "--choose", str(numbers[1]), "--as", LIN, at=LATER)
    after = duban("report", "links", COUNTY, "--json", at=LATER).json

    assert (said.code, "写进报告的 1 条" in said.out) == (0, True)
    assert ([one["chosen"] for one in before], [one["chosen"] for one in after]) == (
        [True, False],
        [False, True],
    )


def test_what_is_missing_is_told_and_ends_with_three(duban: Duban, running: Path) -> None:
    said = duban("report", "submit", FILING, at=LATER)

    assert (said.code, said.out) == (3, "")
    assert "缺 1 份活动登记表" in said.err


@pytest.mark.parametrize("what", ["QZ-2023-0001", "nothing", "QZ-2023-R999"])
def test_what_is_no_report_is_refused(duban: Duban, running: Path, what: str) -> None:
    said = duban("report", "show", what, at=LATER)

    assert (said.code, said.out) == (1, "")
    assert said.err


def test_nobody_elsewhere_learns_of_it(duban: Duban, running: Path) -> None:
    said = duban("report", "show", "QZ-2023-R004", "--as", "chen@example.cn", at=LATER)

    assert (said.code, "没有编号" in said.err) == (1, True)
