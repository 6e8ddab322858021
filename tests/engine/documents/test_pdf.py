"""PDF documents: text by page, lines drawn through it, scans, locks."""

import pytest

from engine.documents.document import MAX_PAGES, Content, Kind
from engine.documents.pdf import read_pdf
from engine.documents.refused import Unreadable
from tests.engine.documents.made import LOCK, SENTENCE, pdf

PICTURE = "50 50 400 600"
"""A filled box in place of a scanned page."""


def test_pages_are_parted_by_a_form_feed() -> None:
    made = pdf(["关于举办活动的通知", SENTENCE], ["附件"])

    assert read_pdf(made) == Content(kind=Kind.PDF, text=f"关于举办活动的通知\n{SENTENCE}\f附件", pages=2)


def test_what_a_line_is_drawn_through_is_left_out_and_said() -> None:
    found = read_pdf(pdf(["请于8月30日9月5日前报送"], rules=["90 706 100 1"]))

    assert found.text == "请于9月5日前报送"
    assert [one.en for one in found.doubts] == ["1 passages that are struck out were left out."]


def test_words_with_a_space_between_are_struck_out_as_one() -> None:
    found = read_pdf(pdf(["请于8月 30日9月5日前报送"], rules=["90 706 120 1"]))

    assert (found.text, found.doubts[0].zh) == ("请于9月5日前报送", "有 1 处划掉的文字没有读。")


@pytest.mark.parametrize("rule", ["90 696 90 1", "90 722 90 1", "40 680 500 1"])
def test_an_underline_and_the_rules_of_a_table_strike_nothing_out(rule: str) -> None:
    assert read_pdf(pdf([SENTENCE], rules=[rule])) == Content(kind=Kind.PDF, text=SENTENCE, pages=1)


def test_pages_without_text_are_named() -> None:
    made = pdf([SENTENCE], [], [], [SENTENCE], [], rules=[PICTURE])

    assert [one.en for one in read_pdf(made).doubts] == [
        "On page 2-3, 5 no text could be read (a scan, perhaps); look at the original."
    ]


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (pdf([], [], rules=[PICTURE]), "scan"),
        (pdf([]), "empty"),
        (pdf([SENTENCE], trailer=LOCK), "locked"),
        (b"%PDF-1.7\nnothing of the kind", "damaged"),
        (pdf(*[["页"]] * (MAX_PAGES + 1)), "many_pages"),
        (pdf(["\ue000\ue001\ue002字"]), "garbled"),
    ],
    ids=["scan", "empty", "locked", "damaged", "long", "garbled"],
)
def test_a_pdf_that_gives_no_text_is_refused_with_the_reason(made: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=f"^{why}$"):
        read_pdf(made)
