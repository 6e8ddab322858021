import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.sheets import values
from engine.sheets.cells import Raw
from engine.sheets.fields import KINDS
from engine.sheets.problems import Wrong


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("  泉州市科协 ", "泉州市科协"),
        ("第１２小学\n（本级）", "第12小学 （本级）"),
        ("\u200b泉州\u3000市", "泉州 市"),
        (2023, "2023"),
        (2023.0, "2023"),
    ],
)
def test_a_name_is_one_plain_line(written: Raw, meant: str) -> None:
    assert values.name(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("wang@example.cn", "wang@example.cn"),
        (" Wang@EXAMPLE.CN ", "Wang@example.cn"),
        ("ｗａｎｇ＠example．cn", "wang@example.cn"),
        ("wang@例子.cn", "wang@xn--fsqu00a.cn"),
    ],
)
def test_an_address_is_read(written: str, meant: str) -> None:
    assert values.email(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "wang@example.cn\n",
        "wang@example.cn\r\nBcc: li@example.cn",
        "wang@example.cn;li@example.cn",
        "wang@example.cn、li@example.cn",
        "wang@example.cn，li@example.cn",
        "王敏 <wang@example.cn>",
        "wang",
        "@example.cn",
        "wang@localhost",
        "王@example.cn",
        "无",
    ],
)
def test_what_is_not_one_address_is_refused(written: str) -> None:
    with pytest.raises(Wrong):
        values.email(written)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (120, 120),
        (120.0, 120),
        ("120", 120),
        ("1,200", 1200),
        ("1，200", 1200),
        ("12,345,678人次", 12_345_678),
        ("１２０人", 120),
        ("120 名", 120),
        ("1.2万人", 12_000),
        ("0", 0),
    ],
)
def test_a_number_of_people_is_read(written: Raw, meant: int) -> None:
    assert values.count(written) == meant


@pytest.mark.parametrize(
    "written", ["约120", "1,20", "-5", -5, "1.5", 1.5, "1e5", "九百", "9" * 30, "120-150", True]
)
def test_what_is_no_number_of_people_is_refused(written: Raw) -> None:
    with pytest.raises(Wrong):
        values.count(written)


@given(st.integers(0, values.MAX_COUNT))
def test_every_number_of_people_is_read_with_commas_or_without(number: int) -> None:
    assert [values.count(number), values.count(f"{number:,}")] == [number, number]


@pytest.mark.parametrize(
    ("written", "meant"),
    [("是", True), (" YES ", True), (1, True), (True, True), ("否", False), (0, False), (False, False)],
)
def test_yes_and_no_are_read(written: Raw, meant: bool) -> None:
    assert values.yes_no(written) is meant


def test_a_word_is_read_in_chinese_or_as_it_is_stored() -> None:
    assert [values.one_of(word, KINDS) for word in ("科协", " 学会 ", "SCHOOL")] == [
        "association",
        "society",
        "school",
    ]


def test_an_unknown_word_is_refused_with_those_there_are() -> None:
    with pytest.raises(Wrong) as caught:
        values.one_of("协会", KINDS)

    assert (caught.value.zh, caught.value.en) == (
        "只能是：科协、学会、学校、企业、部门、场馆、社区、其他",
        "it must be one of: association, society, school, enterprise, department, venue, community, other",
    )


@pytest.mark.parametrize(
    "written", ["350502", 350502, 350502.0, "３５０５０２", "鲤城区", "泉州市鲤城区", "福建省泉州市鲤城区"]
)
def test_a_region_is_read_by_code_or_name(written: Raw) -> None:
    assert values.region(written) == "350502"


def test_an_unknown_region_is_refused_with_the_nearest() -> None:
    with pytest.raises(Wrong) as caught:
        values.region("泉洲市鲤城区")

    assert caught.value.zh.startswith("找不到地区“泉洲市鲤城区”；是否指")


@pytest.mark.parametrize(
    "written",
    [
        *("0595-22222222", "13800000000", 13800000000, "+86 138 0000 0000", "0595-22222222转801"),
        *("(0595)22222222", "010-68512519-801", "22217957", "3661812", "400-810-1234", "+852 2345 6789"),
        *("138-0013-8000", "0595 22222222", "+86-595-22222222", "13800000000 0595-22222222"),
    ],
)
def test_a_telephone_number_is_kept_as_written(written: Raw) -> None:
    assert values.phone(written) == str(written)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("028—86123456", "028-86123456"),
        ("ｔｅｌ：０２８—８６１２３４５６", "028-86123456"),
        ("电话：0595-22222222、手机：13800000000", "0595-22222222/13800000000"),
        ("0595-22222222/3", "0595-22222222/3"),
        ("13800000000\n13900000000", "13800000000/13900000000"),
    ],
)
def test_a_telephone_number_loses_its_label_and_long_dashes(written: str, meant: str) -> None:
    assert [values.phone(written), values.phone(meant)] == [meant, meant]


@pytest.mark.parametrize(
    "written",
    [*("见附件", "=1+1", "1", "138" * 30), *("1380013800", "138 0013", "12345", "138001380001", "/", "电话")],
)
def test_what_is_no_telephone_number_is_refused(written: str) -> None:
    with pytest.raises(Wrong):
        values.phone(written)


def test_a_web_address_is_kept() -> None:
    assert values.url(" https://live.example.cn/a?b=1 ") == "https://live.example.cn/a?b=1"


@pytest.mark.parametrize(
    "written", ["javascript:alert(1)", "www.example.cn", "https://", "https://a b.cn", "ftp://example.cn"]
)
def test_what_is_no_web_address_is_refused(written: str) -> None:
    with pytest.raises(Wrong):
        values.url(written)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    parses = (values.name, values.code, values.email, values.phone, values.count, values.yes_no, values.url)
    for parse in parses:
        try:
            parse(text)
        except Wrong as wrong:
            assert wrong.zh
