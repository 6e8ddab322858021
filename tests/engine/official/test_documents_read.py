"""Documents as people fill them in are read by their labels."""

from pathlib import Path

import pytest

from engine.official.comparing import said_anew
from tests.engine.official.making import document, paragraph, rows
from tests.engine.official.town import read

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
HEAD = (("活动名称", "讲堂", "主办单位", "鲤城区科协"),)


def values(path: Path) -> dict[str, object]:
    """Return what the only document says."""
    reading = read(path)
    [line] = reading.lines
    return said_anew(reading.cells(line), reading.sheet, year=2023).values


def test_labels_may_be_broken_and_spaced(tmp_path: Path) -> None:
    content = paragraph("主要") + paragraph("活动") + paragraph("内容")
    body = rows(("活动　名称", "讲堂"), ("主 办单位", "鲤城区科协"), (content, "看和问"))

    assert values(document(tmp_path / "表.docx", body)) == {
        "title": "讲堂",
        "organiser": "鲤城区科协",
        "content": "看和问",
    }


@pytest.mark.parametrize(
    "mark",
    [
        '<w:sym w:font="Wingdings" w:char="F0FE"/>',
        "<w:sdt><w:sdtContent><w:r><w:t>☒</w:t></w:r></w:sdtContent></w:sdt>",
        "<w:t>√</w:t>",
        "<w:t>□√</w:t>",
    ],
)
def test_a_ticked_box_is_seen_however_it_was_ticked(tmp_path: Path, mark: str) -> None:
    ticked = f"<w:p><w:r>{mark}</w:r><w:r><w:t>展览展示 □互动体验 □其他（请注明）</w:t></w:r></w:p>"
    path = document(tmp_path / "表.docx", rows(*HEAD, ("主要活动类型", ticked)))

    assert values(path)["kind"] == ["exhibition"]


def test_what_was_struck_out_in_a_revision_does_not_count(tmp_path: Path) -> None:
    revised = (
        "<w:p><w:del><w:r><w:delText>旧</w:delText><w:t>旧</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>公园</w:t></w:r></w:ins></w:p>"
    )

    assert values(document(tmp_path / "表.docx", rows(*HEAD, ("活动地点", revised))))["place"] == "公园"


def test_another_prefix_of_the_same_names_is_read(tmp_path: Path) -> None:
    assert values(document(tmp_path / "表.docx", rows(*HEAD), prefix="x"))["title"] == "讲堂"


def test_a_label_in_a_row_of_its_own_is_answered_below(tmp_path: Path) -> None:
    body = rows(*HEAD, ("主要活动内容",), ("看和问",))

    assert values(document(tmp_path / "表.docx", body))["content"] == "看和问"


def test_a_label_never_seen_is_asked_about(tmp_path: Path) -> None:
    reading = read(document(tmp_path / "表.docx", rows(*HEAD, ("活动的地点", "公园"))))

    assert [(one.heading, one.item) for one in reading.guesses] == [("活动的地点", "place")]


def test_several_tables_of_one_document_are_several_activities(tmp_path: Path) -> None:
    body = rows(*HEAD) + paragraph("编号：QZ-2023-0007@2") + rows(("活动名称", "展览", "主办单位", "学会"))

    reading = read(document(tmp_path / "表.docx", body))

    assert [line.reference for line in reading.lines] == ["QZ-2023-0007@2", ""]


@pytest.mark.parametrize(
    "picture",
    [
        f'<w:drawing><a:blip xmlns:a="{DRAWING}"/></w:drawing>',
        '<w:pict><v:imagedata xmlns:v="urn:schemas-microsoft-com:vml"/></w:pict>',
    ],
)
def test_a_picture_that_is_not_read_is_told(tmp_path: Path, picture: str) -> None:
    path = document(tmp_path / "表.docx", rows(*HEAD) + f"<w:p><w:r>{picture}</w:r></w:p>")

    assert [one.zh for one in read(path).notes] == ["表.docx：有 1 张图片，没有读取；照片请在活动页面上传。"]
