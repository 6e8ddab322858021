"""Bytes that nobody meant: a document, or one refusal, never anything else."""

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.documents.document import Content
from engine.documents.kinds import HEAD, Begins, begins
from engine.documents.pdf import read_pdf
from engine.documents.plain_text import read_text
from engine.documents.refused import WHY, Unreadable, refused
from engine.documents.web_page import read_page
from engine.documents.word import read_package
from tests.engine.documents.made import LOCK, SENTENCE, paragraph, pdf, row, run, word

READERS: dict[Begins, Callable[[bytes], Content]] = {
    Begins.TEXT: read_text,
    Begins.PAGE: read_page,
    Begins.PACKAGE: read_package,
    Begins.PDF: read_pdf,
}
PAGE = f"<html><meta charset=gbk><table><tr><td>{SENTENCE}<td><s>8月</s></table><pre>a\nb</pre>".encode("gbk")
BODY = (
    f"<w:tbl>{row('时间', '事项')}</w:tbl><w:p><w:ins>{run('9月')}</w:ins><w:del>{run('8月')}</w:del></w:p>"
    + paragraph(SENTENCE, "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>")
)
NUMBERS = (
    "<w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:numFmt w:val='chineseCounting'/>"
    "<w:lvlText w:val='%1、'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>"
)
SEEDS = (
    word(BODY, numbering=NUMBERS),
    pdf([SENTENCE], ["9月5日"], rules=["50 706 100 1"]),
    pdf([SENTENCE], trailer=LOCK),
    PAGE,
    SENTENCE.encode("gbk") + b"\n" + SENTENCE.encode(),
    SENTENCE.encode("utf-16"),
)
PARTS = (
    b"\0",
    b"\xff\xfe",
    b"<",
    b">",
    b"<!--",
    b"<!DOCTYPE",
    b"stream",
    b"endobj",
    b"obj",
    b"99999999999",
    b"-1",
    b"PK\5\6",
)


@st.composite
def broken(draw: st.DrawFn) -> bytes:
    """Draw a document with a few places changed, cut out or doubled."""
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(data)))
        gone = draw(st.integers(0, 40))
        data[at : at + gone] = draw(
            st.sampled_from(PARTS) | st.binary(max_size=12) | st.just(bytes(data[:200]))
        )
    return bytes(data)


@st.composite
def broken_word(draw: st.DrawFn) -> bytes:
    """Draw a Word document whose package is sound and whose text is not."""
    body = draw(st.lists(st.sampled_from(_tags()), max_size=30))
    others = draw(st.lists(st.sampled_from(_tags()), max_size=10))
    return word("".join(body), numbering="".join(others), styles=NUMBERS)


def _tags() -> list[str]:
    marks = (
        "strike vanish numPr ilvl numId vMerge del ins sdt"
        " txbxContent drawing AlternateContent t ruby rPr pPr"
    )
    values = [
        f"<w:{name} w:val='{value}'/>" for name in marks.split() for value in ("0", "-1", "x", "99999999")
    ]
    pairs = ["p", "r", "tbl", "tr", "tc", *marks.split()]
    return [
        *values,
        *(f"<w:{one}>{run('字')}</w:{one}>" for one in pairs),
        paragraph(SENTENCE),
        "<w:p>",
        "</w:p>",
    ]


def assert_read_or_refused(data: bytes) -> None:
    """Read some bytes as what they begin like; whatever comes of it must be a text or a known refusal."""
    try:
        kind = begins(data[:HEAD])
        if kind is Begins.OLD_OFFICE:
            return
        found = READERS[kind](data)
    except Unreadable as error:
        assert error.why in WHY
        assert refused("x", error.why, error.values).text.zh
    else:
        found.text.encode()


QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=150, deadline=10_000, suppress_health_check=QUIET)
@given(data=broken() | broken_word() | st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert_read_or_refused(data)


def test_every_seed_is_what_it_looks_like() -> None:
    assert [begins(seed[:HEAD]) for seed in SEEDS] == [
        Begins.PACKAGE,
        Begins.PDF,
        Begins.PDF,
        Begins.PAGE,
        Begins.TEXT,
        Begins.TEXT,
    ]
