"""Word documents: what stands there once changes are accepted, tables, boxes, numbers."""

from io import BytesIO

import docx
import pytest

from engine.documents.refused import Unreadable
from engine.documents.word import read_package
from tests.engine.documents.made import SENTENCE, packed, paragraph, row, run, word


def text(body: str, **parts: str) -> str:
    return read_package(word(body, **parts)).text


def doubts(body: str, **parts: str) -> list[str]:
    return [one.zh for one in read_package(word(body, **parts)).doubts]


def test_a_document_of_words_own_library_is_read_with_its_table() -> None:
    made, out = docx.Document(), BytesIO()
    made.add_paragraph("关于举办活动的通知")
    table = made.add_table(2, 2)
    for cell, content in zip(table._cells, ["时间", "事项", "9月1日前", "登记"], strict=True):
        cell.text = content
    made.sections[0].header.paragraphs[0].text = "页眉"
    made.save(out)

    assert read_package(out.getvalue()).text == "关于举办活动的通知\n时间\t事项\n9月1日前\t登记"


def test_what_tracked_changes_delete_is_left_out_and_what_they_insert_is_kept() -> None:
    body = (
        f"<w:p>{run('请于')}<w:del><w:r><w:delText>8月30日</w:delText></w:r></w:del>"
        f"<w:ins>{run('9月5日')}</w:ins>{run('前报送。')}</w:p>"
    )

    assert text(body) == "请于9月5日前报送。"
    assert doubts(body) == ["有 1 处修订中删除的文字没有读。"]


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next() -> None:
    body = paragraph("请于9月", "<w:rPr><w:del/></w:rPr>") + paragraph("5日前报送。")

    assert text(body) == "请于9月5日前报送。"


@pytest.mark.parametrize("mark", ["<w:strike/>", "<w:dstrike w:val='1'/>", "<w:rStyle w:val='Gone'/>"])
def test_what_is_struck_out_is_left_out_and_said(mark: str) -> None:
    off = "<w:strike w:val='false'/>"
    body = f"<w:p>{run('请于')}{run('8月30日', mark)}{run('9月5日前', off)}</w:p>"
    style = "<w:style w:styleId='Gone'><w:rPr><w:strike/></w:rPr></w:style>"

    assert text(body, styles=style) == "请于9月5日前"
    assert doubts(body, styles=style) == ["有 1 处划掉的文字没有读。"]


def test_hidden_text_is_left_out_and_said() -> None:
    body = f"<w:p>{run('看得见')}{run('看不见', '<w:vanish/>')}</w:p>"

    assert (text(body), doubts(body)) == ("看得见", ["有 1 处隐藏的文字没有读。"])


def test_merged_cells_stand_once() -> None:
    merged = "<w:tcPr><w:vMerge w:val='restart'/></w:tcPr>" + paragraph("报送")
    gone = "<w:tcPr><w:vMerge/></w:tcPr>" + paragraph("")
    body = f"<w:tbl>{row(merged, '8月')}{row(gone, '9月')}</w:tbl>"

    assert text(body) == "报送\t8月\n\t9月"


def test_a_deleted_row_is_left_out() -> None:
    gone = row("8月").replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>")

    assert text(f"<w:tbl>{gone}{row('9月')}</w:tbl>") == "9月"


def test_a_table_that_lays_out_the_page_gives_lines() -> None:
    cell = paragraph("一、时间") + paragraph("9月5日")

    assert text(f"<w:tbl>{row(cell)}</w:tbl>") == "一、时间\n9月5日"


def test_the_text_of_a_box_stands_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('附：9月5日前')}</w:txbxContent>"
    both = (
        f"<mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )

    assert text(f"<w:p>{run('正文')}<w:r>{both}</w:r></w:p>") == "正文\n附：9月5日前"


def test_links_fields_and_content_controls_are_read_through() -> None:
    field = "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    link = f"<w:hyperlink>{run('平台')}</w:hyperlink>"
    body = f"<w:p>{link}{field}<w:r><w:tab/></w:r>{run('网')}</w:p>"

    assert text(f"<w:sdt><w:sdtContent>{body}</w:sdtContent></w:sdt>") == "平台\t网"


LEVELS = (
    "<w:abstractNum w:abstractNumId='1'>"
    "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/>"
    "<w:lvlText w:val='%1、'/></w:lvl>"
    "<w:lvl w:ilvl='1'><w:numFmt w:val='chineseCounting'/><w:lvlText w:val='（%2）'/></w:lvl>"
    "<w:lvl w:ilvl='2'><w:numFmt w:val='decimal'/><w:lvlText w:val='%3.'/></w:lvl></w:abstractNum>"
    "<w:num w:numId='5'><w:abstractNumId w:val='1'/></w:num>"
)


def counted(content: str, level: int) -> str:
    return paragraph(content, f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='5'/></w:numPr>")


def test_the_numbers_that_word_makes_are_written_out() -> None:
    levels = [(0, "目的"), (1, "甲"), (1, "乙"), (2, "丙"), (0, "时间"), (1, "丁")]
    body = "".join(counted(content, level) for level, content in levels)

    assert text(body, numbering=LEVELS).split("\n") == [
        "一、目的",
        "（一）甲",
        "（二）乙",
        "1. 丙",
        "二、时间",
        "（一）丁",
    ]


def test_a_paragraph_is_numbered_by_its_style_and_an_empty_one_not_at_all() -> None:
    style = (
        "<w:style w:styleId='A'><w:pPr><w:numPr><w:numId w:val='5'/></w:numPr></w:pPr></w:style>"
        "<w:style w:styleId='B'><w:basedOn w:val='A'/></w:style>"
    )
    body = paragraph("", "<w:pStyle w:val='B'/>") + paragraph("总则", "<w:pStyle w:val='B'/>")

    assert text(body, styles=style, numbering=LEVELS) == "一、总则"


def test_styles_in_a_circle_end() -> None:
    style = "<w:style w:styleId='{}'><w:basedOn w:val='{}'/></w:style>"
    circle = style.format("A", "B") + style.format("B", "A")

    assert text(paragraph("正文", "<w:pStyle w:val='A'/>"), styles=circle) == "正文"


def test_a_document_of_pictures_is_a_scan_and_one_with_little_text_is_doubtful() -> None:
    picture = "<w:p><w:r><w:drawing><pic/></w:drawing></w:r></w:p>"

    with pytest.raises(Unreadable, match="scan"):
        text(picture)
    assert doubts(paragraph("通知") + picture) == ["文档里有 1 张图片，图片里的字没有读。"]


def test_a_document_type_is_refused_before_it_unfolds() -> None:
    laughs = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10 if n else 'ha'}'>" for n in range(12))
    bomb = word(paragraph("&a11;"), before=f"<!DOCTYPE w [{laughs}]>")

    with pytest.raises(Unreadable, match="unsafe"):
        read_package(bomb)


def test_an_outside_entity_is_refused() -> None:
    leak = word(paragraph("&x;"), before="<!DOCTYPE w [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>")

    with pytest.raises(Unreadable, match="unsafe"):
        read_package(leak)


def test_a_part_that_unpacks_to_far_too_much_is_refused() -> None:
    with pytest.raises(Unreadable, match="heavy"):
        read_package(packed({"word/document.xml": b" " * (40 * 2**20)}))


def test_other_parts_may_be_as_large_as_they_like() -> None:
    parts = {
        "word/media/a.bin": b"\0" * (64 * 2**20),
        "word/document.xml": f"<d><body><p><r><t>{SENTENCE}</t></r></p></body></d>",
    }

    assert read_package(packed(parts)).text == SENTENCE


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("xl/workbook.xml", "sheet"),
        ("ppt/presentation.xml", "slides"),
        ("OFD.xml", "ofd"),
        ("a.txt", "archive"),
    ],
)
def test_another_package_is_refused_as_what_it_is(name: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read_package(packed({name: "x"}))


def test_tables_nested_beyond_reason_are_refused() -> None:
    depth = 3000
    body = "<w:tbl><w:tr><w:tc>" * depth + paragraph("x") + "</w:tc></w:tr></w:tbl>" * depth

    with pytest.raises(Unreadable, match="damaged"):
        text(body)
