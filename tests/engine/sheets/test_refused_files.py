import struct
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest

from config.errors import UserError
from engine.sheets import reading
from engine.sheets.fields import UNIT
from engine.sheets.headings import known_by
from engine.sheets.reading import read_table
from tests.engine.sheets.making import MakeBook, MakePackage

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UNITS = [["单位名称", "地区"], ["泉州市科协", "泉州市"]]
MILLION = 1_000_000


def refusal(path: Path, **wanted: object) -> UserError:
    with pytest.raises(UserError) as caught:
        read_table(path, **wanted)
    return caught.value


def numbered_rows(count: int) -> Iterator[bytes]:
    for start in range(0, count, 10_000):
        numbers = range(start, min(start + 10_000, count))
        yield "".join(f'<row r="{n + 1}"><c><v>{n * 7919}</v></c></row>' for n in numbers).encode()


@contextmanager
def quickly_and_in_little_memory() -> Iterator[None]:
    """Fail above 1 s of processor time or 50 MB."""
    tracemalloc.start()
    start = time.process_time()
    yield
    spent = time.process_time() - start
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (spent < 1, peak < 50 * 2**20) == (True, True), (spent, peak)


def declare(path: Path, name: str, size: int) -> None:
    """Change the unpacked size that the zip claims for one entry, in both its headers."""
    data = bytearray(path.read_bytes())
    for mark, size_at, name_at in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        at = data.find(mark)
        while data[at + name_at : at + name_at + len(name)] != name.encode():
            at = data.find(mark, at + 1)
        data[at + size_at : at + size_at + 4] = struct.pack("<L", size)
    path.write_bytes(bytes(data))


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.xlsx", b"", "sheet.damaged"),
        ("a.xlsx", "单位名称,地区\n".encode(), "sheet.damaged"),
        ("a.xlsx", b"PK\x03\x04 and then nothing", "sheet.damaged"),
        ("a.xlsx", OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "sheet.encrypted"),
        ("a.xlsx", OLE + bytes(600) + "Workbook".encode("utf-16-le"), "sheet.old_xls"),
        ("a.xls", OLE + bytes(600), "sheet.old_xls"),
        ("a.csv", OLE + bytes(600), "sheet.old_xls"),
        ("a.csv", b"PK\x03\x04", "sheet.not_text"),
        ("a.csv", b"\xff\x00\xff\x81", "sheet.encoding"),
        ("a.csv", b"", "sheet.empty"),
        ("a.csv", b"\r\n , \r\n", "sheet.empty"),
        ("a.csv", b'a,b\r\n"c,d\r\n', "sheet.quotes"),
        ("a.csv", b"a,b,a\r\n1,2,3\r\n", "sheet.headings"),
        ("a.csv", b"," * 200 + b"x\r\n", "sheet.too_many_columns"),
        ("a.csv", b"a\r\n" + b"1\r\n" * 20_001, "sheet.too_many_rows"),
        ("a.ods", b"PK\x03\x04", "sheet.ending"),
        ("a", b"", "sheet.ending"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused_by_name(
    name: str, data: bytes, code: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(data)

    error = refusal(path)

    assert (error.code, error.in_("zh").startswith(f"{name}：")) == (code, True)


def test_a_legacy_workbook_is_refused_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "单位.xls"
    path.write_bytes(OLE)

    assert refusal(path).in_("zh") == (
        "单位.xls：这是旧版 Excel（.xls）文件。"
        "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”后再导入。"
    )


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nothing.csv").code == "sheet.not_found"


def test_a_missing_sheet_is_refused_with_those_there_are(make_book: MakeBook) -> None:
    book = make_book({"单位": UNITS, "人员": [["姓名", "邮箱"]]})

    assert refusal(book, sheet="活动").in_("zh") == (
        "book.xlsx：没有工作表“活动”；现有：单位、人员。请改正名称，或不指定工作表。"
    )


def test_an_empty_workbook_is_refused(make_book: MakeBook) -> None:
    assert refusal(make_book({"甲": [], "乙": [["", " "]]})).code == "sheet.empty"


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as handle:
        handle.truncate(reading.MAX_BYTES + 1)

    with quickly_and_in_little_memory():
        assert refusal(path).code == "sheet.too_large"


def test_a_million_rows_are_refused_quickly(make_package: MakePackage) -> None:
    package = make_package(numbered_rows(MILLION))

    with quickly_and_in_little_memory():
        error = refusal(package, known=known_by(UNIT))

    assert (error.code, error.in_("zh")) == (
        "sheet.too_many_rows",
        "package.xlsx：工作表超过 20000 行。请删除表格下方的空行（整行删除），或分成几个文件导入。",
    )


def test_a_row_far_below_the_others_is_refused_quickly(make_package: MakePackage) -> None:
    package = make_package([b'<row r="1"><c><v>1</v></c></row><row r="1000000000"><c><v>1</v></c></row>'])

    with quickly_and_in_little_memory():
        assert refusal(package).code == "sheet.too_many_rows"


def test_twenty_thousand_rows_are_the_most(make_package: MakePackage) -> None:
    assert len(read_table(make_package(numbered_rows(20_001))).rows) == 20_000
    assert refusal(make_package(numbered_rows(20_002))).code == "sheet.too_many_rows"


def test_a_cell_beyond_the_last_column_is_refused(make_package: MakePackage) -> None:
    package = make_package([b'<row r="1"><c r="A1"><v>1</v></c><c r="GS1"><v>1</v></c></row>'])

    assert refusal(package).code == "sheet.too_many_columns"


@pytest.mark.parametrize("size", [2 * 2**20, 300 * 2**20])
def test_a_zip_bomb_is_refused_quickly(size: int, make_package: MakePackage) -> None:
    package = make_package([bytes(2**20)] * (size // 2**20))

    with quickly_and_in_little_memory():
        assert refusal(package).code == "sheet.bomb"


def test_a_zip_bomb_that_claims_to_be_small_is_refused_quickly(make_package: MakePackage) -> None:
    package = make_package([b" " * 2**20] * 64)
    declare(package, "xl/worksheets/sheet1.xml", 2000)

    with quickly_and_in_little_memory():
        assert refusal(package).code == "sheet.damaged"


def test_a_large_part_that_is_no_sheet_is_refused(make_package: MakePackage) -> None:
    package = make_package(extra={"xl/sharedStrings.xml": b"x"})
    declare(package, "xl/sharedStrings.xml", 65 * 2**20)

    assert refusal(package).code == "sheet.bomb"


def test_a_package_of_many_parts_is_refused_before_it_is_opened(make_package: MakePackage) -> None:
    package = make_package(extra={f"xl/media/{n}.png": b"" for n in range(200)})

    assert refusal(package).code == "sheet.too_many_parts"


def some_cells(count: int) -> bytes:
    return b"".join(b"<c s='%d'/>" % (n * n % 9973) for n in range(count))


@pytest.mark.parametrize(
    "rows",
    [
        [b"<row>", *[some_cells(10_000)] * 60, b"</row>"],
        [b"<row>" + some_cells(1000) + b"</row>"] * 4000,
        [
            b"<row><c t='inlineStr'><is><t>",
            *[bytes(str(n), "ascii") * 999 for n in range(999)],
            b"</t></is></c></row>",
        ],
    ],
    ids=["a row too long", "too many cells", "a text too long"],
)
def test_more_cells_or_text_than_a_table_has_are_refused_quickly(
    rows: list[bytes], make_package: MakePackage
) -> None:
    package = make_package(rows)

    with quickly_and_in_little_memory():
        assert refusal(package).code == "sheet.too_many_cells"


def test_a_package_packed_in_another_way_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with ZipFile(path, "w", ZIP_LZMA) as package:
        package.writestr("[Content_Types].xml", "<Types/>")

    assert refusal(path).code == "sheet.damaged"


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        package.writestr("hello.txt", "hello")

    assert refusal(path).code == "sheet.damaged"


def test_a_broken_sheet_is_refused(make_package: MakePackage) -> None:
    assert refusal(make_package([b"<row><c><v>1</v></row>"])).code == "sheet.damaged"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("word", ["<!DOCTYPE a>", '<!ENTITY a "b">'])
def test_a_document_type_is_refused(word: str, encoding: str, make_package: MakePackage) -> None:
    package = make_package(extra={"xl/styles.xml": word.encode(encoding)})

    error = refusal(package)

    assert (error.code, "xl/styles.xml" in error.in_("zh")) == ("sheet.dtd", True)


def test_a_document_type_across_two_pieces_is_refused(make_package: MakePackage) -> None:
    pieces = b"".join(b"%07d " % n for n in range(2**15))
    package = make_package(extra={"xl/other.xml": pieces[:-4] + b"<!DOCTYPE a>"})

    assert refusal(package).code == "sheet.dtd"


def test_a_picture_may_be_an_svg_with_a_document_type(make_package: MakePackage) -> None:
    package = make_package([b"<row><c><v>1</v></c></row>"], {"xl/media/image1.svg": b"<!DOCTYPE svg>"})

    assert read_table(package).headings == ("1",)


@pytest.mark.parametrize("cut", [10, 100, 500, 1000])
def test_a_workbook_cut_off_is_refused(cut: int, make_book: MakeBook) -> None:
    book = make_book({"单位": UNITS})
    book.write_bytes(book.read_bytes()[:-cut])

    assert refusal(book).code == "sheet.damaged"
