"""Changes as files: the same filter, the same regions, the root with them, formulas asleep."""

import csv
import json
from io import BytesIO, StringIO
from xml.etree import ElementTree as Xml
from zipfile import ZipFile

import pytest

from engine.home import Home
from tests.engine.world import World, at
from tests.web.auditor.conftest import FIRST, SECOND
from tests.web.browser import Browser


def table(content: bytes) -> tuple[list[dict[str, str]], str]:
    """Return the rows of an exported table and the file that goes with it."""
    with ZipFile(BytesIO(content)) as packed:
        name, beside = packed.namelist()
        rows = list(csv.DictReader(StringIO(packed.read(name).decode("utf-8-sig"))))
        return rows, packed.read(beside).decode()


def test_a_table_holds_the_changes_of_the_filter_and_the_root(auditor: Browser) -> None:
    answer = auditor.get("/history/export?format=csv&kind=case&forced=1")
    rows, beside = table(answer.content)

    assert [(row["subject"], row["trigger"]) for row in rows] == [(f"case:{SECOND}", "register")]
    assert beside.startswith("root ")
    assert "partial" in beside
    assert answer.headers["content-disposition"] == ('attachment; filename="duban-history-20230930-1000.zip"')


def test_a_formula_does_not_run(auditor: Browser, past: World) -> None:
    past.do("note", FIRST, reason="=HYPERLINK(1)", now=at(9, 30))
    rows, _ = table(auditor.get("/history/export?format=csv&step=note").content)

    assert [row["reason"] for row in rows] == ["'=HYPERLINK(1)"]


def test_data_end_with_the_root(auditor: Browser) -> None:
    answer = auditor.get("/history/export?format=jsonl&kind=case&who=王敏")
    *rows, last = map(json.loads, answer.text.splitlines())

    assert {row["subject"] for row in rows} == {f"case:{FIRST}"}
    assert (last["rows"], last["partial"], len(last["root"])) == (3, True, 64)


def test_process_mining_gets_a_trace_for_each_case(auditor: Browser) -> None:
    log = Xml.fromstring(auditor.get("/history/export?format=xes").content)

    assert len(log.findall("{http://www.xes-standard.org/}trace")) == 5


def test_nothing_of_another_region_is_in_a_file(stranger_auditor: Browser) -> None:
    text = stranger_auditor.get("/history/export?format=jsonl").text

    assert "case:" not in text
    assert "quanzhou" not in text


@pytest.mark.parametrize("query", ["", "format=exe", "format=csv&since=2023-02-31"])
def test_a_format_that_is_none_leads_back(query: str, auditor: Browser) -> None:
    answer = auditor.get(f"/history/export?{query}")

    assert answer.headers["location"].startswith("/history")
    assert "没有导出" in auditor.follow(answer).text


def test_nothing_is_left_on_the_disk(auditor: Browser, home: Home) -> None:
    auditor.get("/history/export?format=csv")

    assert list((home.path / "tmp").iterdir()) == []
