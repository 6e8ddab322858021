"""``duban notice read``: from a document to what it asks, as a page, as JSON, as a draft."""

from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from bench.startup import heavy_imports
from config.noticefile import parse
from tests.cli.conftest import Duban
from tests.engine.documents.made import paragraph, pdf, row, run, word

LINES = (
    "泉州市科学技术协会关于举办2023年全国科普日活动的通知",
    "泉科协〔2023〕18号",
    "各县（市、区）科协：",
    "一、活动主题",
    "提升全民科学素质，助力科技自立自强",
    "二、活动时间",
    "2023年9月17-23日在全市范围内集中开展。",
    "三、有关要求",
    "（一）请各活动举办单位于8月30日前通过全国科普日平台登记活动。",
    "（二）请各县（市、区）科协于2023年9月31日前将活动总结发送至市科协邮箱。",
    "（三）各县（市、区）科协汇总表报送时间另行通知。",
    "泉州市科学技术协会",
    "2023年8月18日",
)
TEXT = "\n".join(LINES)
DOCX = word("".join(paragraph(line) for line in LINES))
PDF = pdf(LINES)
PAGE = f"<html><body>{''.join(f'<p>{line}</p>' for line in LINES)}</body></html>".encode()


@pytest.fixture
def notice(home: Path, tmp_path: Path) -> Path:
    """Write a notice as text."""
    path = tmp_path / "tz.txt"
    path.write_text(TEXT, "utf-8")
    return path


@pytest.mark.parametrize(
    "data", [TEXT.encode("gbk"), DOCX, PDF, PAGE], ids=["txt in gbk", "docx", "pdf", "html"]
)
def test_a_notice_reads_the_same_from_every_kind_of_document(
    duban: Duban, notice: Path, tmp_path: Path, data: bytes
) -> None:
    (tmp_path / "other").write_bytes(data)

    plain, other = (duban("notice", "read", name, "--json").json for name in ("tz.txt", "other"))

    assert {key: value for key, value in other.items() if key != "document"} == {
        key: value for key, value in plain.items() if key != "document"
    }


def test_the_json_has_the_fields_of_the_labels_and_exact_cites(duban: Duban, notice: Path) -> None:
    read = duban("notice", "read", "tz.txt", "--json").json

    assert read["title"] == LINES[0]
    assert read["doc_date"] == "2023-08-18"
    assert [(one["start"], one["end"]) for one in read["windows"]] == [("2023-09-17", "2023-09-23")]
    assert "2023-08-30" in [one["date"] for one in read["deadlines"]]
    assert [one for one in (*read["windows"], *read["deadlines"]) if one["quote"] not in TEXT] == []
    assert read["document"] == {"name": "tz.txt", "kind": "txt", "pages": None}


def test_the_page_tells_dates_doubts_and_the_next_step(duban: Duban, notice: Path) -> None:
    said = duban("notice", "read", "tz.txt", "--cites")

    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(LINES[0])
    for words in ("2023-09-17 周日", "2023-08-30 周三", "9月31日", "另行通知", "没有写入，不会提醒"):
        assert words in said.out
    assert "“（一）请各活动举办单位于8月30日前通过全国科普日平台登记活动。”" in said.out


@pytest.mark.parametrize(("lang", "columns"), [("zh", "80"), ("en", "100")])
def test_the_page_is_there_in_both_languages(
    duban: Duban, notice: Path, monkeypatch: pytest.MonkeyPatch, *, lang: str, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)

    said = duban("notice", "read", "tz.txt", "--cites", "--lang", lang)

    assert (said.code, said.err, "{" in said.out) == (0, "", False)


def test_what_was_left_out_of_a_document_is_said(duban: Duban, home: Path, tmp_path: Path) -> None:
    struck = f"<w:p>{run('请于')}{run('8月1日', '<w:strike/>')}{run('2023年9月1日前报送总结。')}</w:p>"
    (tmp_path / "a.docx").write_bytes(word(struck + f"<w:tbl>{row('时间', '事项')}</w:tbl>"))

    assert "请注意：有 1 处划掉的文字没有读。" in duban("notice", "read", "a.docx").out
    assert duban("notice", "read", "a.docx", "--json").json["doubts"][0] == "有 1 处划掉的文字没有读。"


def test_a_notice_is_read_from_standard_input(
    duban: Duban, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(DOCX)))

    read = duban("notice", "read", "-", "--json").json

    assert (read["title"], read["document"]["kind"]) == (LINES[0], "docx")


def test_the_year_is_asked_for_only_where_the_notice_says_none(
    duban: Duban, home: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("关于报送活动总结的通知\n请各单位于9月20日前报送总结。\n", "utf-8")

    read = duban("notice", "read", "a.txt", "--year", "2031", "--json").json

    assert [one["date"] for one in read["deadlines"]] == ["2031-09-20"]


def test_a_draft_is_written_and_can_be_read_as_a_notice(duban: Duban, notice: Path, tmp_path: Path) -> None:
    said = duban("notice", "read", "tz.txt", "--output", "draft.yaml")

    draft = parse((tmp_path / "draft.yaml").read_text("utf-8"), "draft.yaml").notice
    assert (said.code, draft.region) == (0, "350500")
    assert "duban notice plan draft.yaml" in said.out
    assert duban("notice", "show", "draft.yaml").code == 0


def test_a_draft_never_takes_the_place_of_a_file(duban: Duban, notice: Path, tmp_path: Path) -> None:
    (tmp_path / "draft.yaml").write_text("mine", "utf-8")

    said = duban("notice", "read", "tz.txt", "--output", "draft.yaml")

    assert (said.code, said.err) == (1, "已经有文件 draft.yaml，没有写入；请换一个文件名。\n")
    assert (tmp_path / "draft.yaml").read_text("utf-8") == "mine"


def test_a_draft_of_a_notice_from_nowhere_asks_for_its_region(
    duban: Duban, home: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("关于报送总结的通知\n请于2023年9月20日前报送总结。\n", "utf-8")

    refused = duban("notice", "read", "a.txt", "--output", "a.yaml")
    given = duban("notice", "read", "a.txt", "--output", "a.yaml", "--region", "鲤城区")

    assert (refused.code, "--region" in refused.err) == (1, True)
    assert (given.code, (tmp_path / "a.yaml").exists()) == (0, True)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_cannot_be_read_is_one_message(duban: Duban, home: Path, tmp_path: Path, lang: str) -> None:
    (tmp_path / "a.docx").write_bytes(DOCX[:50])

    for name in ("a.docx", "nowhere.pdf", "."):
        said = duban("notice", "read", name, "--lang", lang)

        assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)


def test_controls_in_a_notice_do_not_reach_the_terminal(duban: Duban, home: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT.replace("登记活动", "登记\x1b[31m\u202e活动"), "utf-8")

    said = duban("notice", "read", "a.txt", "--cites").out

    assert [char for char in said if char in "\x1b\u202e"] == []


def test_reading_a_notice_waits_for_no_database(home: Path, notice: Path) -> None:
    loaded = heavy_imports(("-m", "cli", "notice", "read", str(notice), "--json"))

    assert set(loaded).isdisjoint({"sqlalchemy", "jinja2", "fastapi", "pydantic_settings"})
