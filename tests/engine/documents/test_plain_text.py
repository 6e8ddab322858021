"""Text files and their encodings."""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

import pytest

from engine.documents.plain_text import read_text
from engine.documents.refused import Unreadable
from tests.engine.documents.made import SENTENCE


@pytest.mark.parametrize(
    "data",
    [
        SENTENCE.encode(),
        BOM_UTF8 + SENTENCE.encode(),
        SENTENCE.encode("gb18030"),
        BOM_UTF16_LE + SENTENCE.encode("utf-16-le"),
        BOM_UTF16_BE + SENTENCE.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 marked", "gb18030", "utf-16-le", "utf-16-be"],
)
def test_each_encoding_gives_the_same_text(data: bytes) -> None:
    found = read_text(data)

    assert (found.text, found.doubts) == (SENTENCE, ())


def test_lines_end_alike_and_controls_are_gone() -> None:
    assert read_text(f"一\r\n二\r三\x07{SENTENCE * 20}".encode()).text == f"一\n二\n三{SENTENCE * 20}"


def test_two_encodings_in_one_file_are_both_read_and_the_lines_named() -> None:
    lines = [SENTENCE.encode(), b"ascii", SENTENCE.encode("gb18030"), SENTENCE.encode()]

    found = read_text(b"\n".join(lines))

    assert found.text == f"{SENTENCE}\nascii\n{SENTENCE}\n{SENTENCE}"
    assert [one.zh for one in found.doubts] == [
        "文件混用两种编码：第 3 行按 GB18030 读，其余按 UTF-8 读，请核对。"
    ]


@pytest.mark.parametrize(
    ("data", "line", "byte"),
    [
        (f"{SENTENCE}\n报\n".encode() + b"9\xff\xff", 3, len(SENTENCE.encode()) + 7),
        ("一\n二".encode("gb18030") + b"\xff\xff", 2, 6),
        (BOM_UTF16_LE + "一\n二".encode("utf-16-le") + b"\x00\xd8", 2, 9),
    ],
    ids=["utf-8", "gb18030", "utf-16"],
)
def test_bytes_of_no_encoding_are_named_by_their_place(data: bytes, line: int, byte: int) -> None:
    with pytest.raises(Unreadable, match="encoding") as caught:
        read_text(data)

    assert caught.value.values == {"line": line, "byte": byte}


def test_a_file_of_controls_is_no_text() -> None:
    with pytest.raises(Unreadable, match="no_kind"):
        read_text(b"\x01\x02abc" * 50)
