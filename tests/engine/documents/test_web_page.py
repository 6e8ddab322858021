"""Web pages: what a person sees of them, line by line."""

import pytest

from engine.documents.web_page import read_page


def text(page: str) -> str:
    return read_page(page.encode()).text


def test_blocks_end_lines_and_what_is_not_shown_is_left_out() -> None:
    page = (
        "<html><head><title>门户</title><style>p{}</style></head><body><nav>首页</nav><h1>通知</h1>"
        "<script>alert(1)</script><p>一、时间<br>9月5日</p><div style='display: none'>隐</div><!--x-->"
        "</body></html>"
    )

    assert text(page) == "通知\n一、时间\n9月5日"


def test_a_break_of_the_source_inside_chinese_is_none_of_the_text() -> None:
    assert text("<p>请于9月5日\n   前报送，see\n the  site</p>") == "请于9月5日前报送，see the site"


def test_a_table_has_its_cells_parted_by_tabs() -> None:
    page = "<table><tr><th>时间<th>事项<tr><td><p>9月5日</p>前<td>登记</table>"

    assert text(page) == "时间\t事项\n9月5日 前\t登记"


def test_a_table_that_lays_out_the_page_gives_lines() -> None:
    page = "<table><tr><td></td><td><h1>通知</h1><p>9月5日</p></td></tr></table>"

    assert text(page) == "通知\n9月5日"


@pytest.mark.parametrize(
    "struck",
    [
        "<s>8月</s>",
        "<del>8月</del>",
        "<strike>8月</strike>",
        "<b style='text-decoration:line-through'>8月</b>",
    ],
)
def test_what_is_struck_out_is_left_out_and_said(struck: str) -> None:
    found = read_page(f"<p>{struck}9月</p>".encode())

    assert (found.text, [one.zh for one in found.doubts]) == ("9月", ["有 1 处划掉的文字没有读。"])


@pytest.mark.parametrize(
    ("charset", "said"),
    [("gb18030", "gb2312"), ("utf-8", "gb2312"), ("big5", "big5"), ("gbk", "utf-8"), ("utf-8", "utf-7")],
)
def test_the_bytes_count_for_more_than_what_the_page_says_of_itself(charset: str, said: str) -> None:
    page = f"<meta charset={said}><p>請於九月前報送</p>"

    assert read_page(page.encode(charset)).text == "請於九月前報送"


def test_a_page_nested_deeper_than_any_stack_is_read() -> None:
    assert text("<div><span>" * 4_000 + "底") == "底"


def test_the_lines_of_a_pre_are_kept() -> None:
    assert text("<pre>一\n二  三</pre>四") == "一\n二  三\n四"
