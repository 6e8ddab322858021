"""Administrative divisions and their codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import UserError
from config.regions import Level, Region, find, full_name, is_within, level, prefix, region, regions, shared

CODES = st.sampled_from(sorted(regions()))


@pytest.mark.parametrize(
    ("code", "name", "kind", "parent"),
    [
        ("000000", "全国", Level.NATIONAL, None),
        ("350000", "福建省", Level.PROVINCE, "000000"),
        ("350500", "泉州市", Level.CITY, "350000"),
        ("350502", "鲤城区", Level.COUNTY, "350500"),
        ("419001", "济源市", Level.COUNTY, "410000"),
        ("469001", "五指山市", Level.COUNTY, "460000"),
        ("110101", "东城区", Level.COUNTY, "110000"),
        ("110100", "市辖区", Level.CITY, "110000"),
        ("441900", "东莞市", Level.CITY, "440000"),
        ("710000", "台湾省", Level.PROVINCE, "000000"),
        ("810000", "香港特别行政区", Level.PROVINCE, "000000"),
        ("820000", "澳门特别行政区", Level.PROVINCE, "000000"),
    ],
)
def test_a_code_is_a_place_at_a_level(code: str, name: str, kind: Level, parent: str | None) -> None:
    assert region(code) == Region(code=code, name=name, level=kind, parent=parent)


@pytest.mark.parametrize(
    ("codes", "whole"),
    [
        (["350500"], "350500"),
        (["350502", "350503"], "350500"),
        (["350500", "350502"], "350500"),
        (["350502", "350100"], "350000"),
        (["110101", "110102"], "110000"),
        (["350500", "410700"], "000000"),
        ([], "000000"),
    ],
)
def test_the_smallest_place_that_holds_all_is_found(codes: list[str], whole: str) -> None:
    assert shared(codes) == whole


@pytest.mark.parametrize(
    ("code", "start"),
    [("000000", ""), ("350000", "35"), ("350500", "3505"), ("350502", "350502"), ("419000", "4190")],
)
def test_a_prefix_is_what_all_codes_inside_begin_with(code: str, start: str) -> None:
    assert prefix(code) == start


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("350502", "福建省泉州市鲤城区"),
        ("110101", "北京市东城区"),
        ("419001", "河南省济源市"),
        ("000000", "全国"),
        ("510100", "四川省成都市"),
    ],
)
def test_a_full_name_leaves_out_what_is_no_place(code: str, name: str) -> None:
    assert full_name(code) == name


def test_regions_contain_their_own_and_nothing_else() -> None:
    assert is_within("350502", "350500")
    assert is_within("350500", "350500")
    assert is_within("350500", "000000")
    assert not is_within("350500", "350502")
    assert not is_within("350600", "350500")


@pytest.mark.parametrize(
    ("code", "nearest"), [("350599", "350583"), ("35050", "350500"), ("999999", "820000")]
)
def test_an_unknown_code_is_told_the_nearest(code: str, nearest: str) -> None:
    with pytest.raises(UserError, match=nearest) as refused:
        region(code)

    assert refused.value.code == "region.unknown"


@pytest.mark.parametrize(
    "name",
    [
        "350502",
        "鲤城区",
        "泉州市鲤城区",
        "福建省泉州市鲤城区",
        "福建泉州鲤城",
        " 福建省 鲤城区 ",
        "鲤城",
    ],
)
def test_a_sheet_may_name_a_region_in_many_ways(name: str) -> None:
    assert find(name) == region("350502")


def test_a_name_of_several_regions_asks_which() -> None:
    with pytest.raises(UserError) as refused:
        find("长安区")

    assert refused.value.code == "region.ambiguous"
    assert "河北省石家庄市长安区 130102" in refused.value.text.zh


def test_a_name_of_several_regions_is_clear_inside_one() -> None:
    assert find("长安区", within="610000") == region("610116")


def test_the_exact_name_wins_over_a_short_one() -> None:
    assert find("吉林省") == region("220000")
    assert find("吉林市") == region("220200")


@pytest.mark.parametrize("name", ["鲤成区", "泉州市鲤成区", "福建省泉洲市鲤城区"])
def test_a_misspelt_name_is_told_the_nearest(name: str) -> None:
    with pytest.raises(UserError, match="鲤城区") as refused:
        find(name)

    assert refused.value.code == "region.unknown"


@given(CODES)
def test_every_region_is_inside_its_parent_and_above_it_in_level(code: str) -> None:
    here = region(code)

    assert here.parent is None or is_within(code, here.parent)
    assert here.parent is None or list(Level).index(level(here.parent)) < list(Level).index(here.level)


@given(CODES, CODES)
def test_being_within_is_the_prefix_of_the_code(code: str, other: str) -> None:
    assert is_within(code, other) == code.startswith(prefix(other))


@given(CODES)
def test_every_place_is_found_by_its_full_name(code: str) -> None:
    if region(code).name not in {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}:
        assert find(full_name(code)) == region(code)


@given(st.text(max_size=20))
def test_any_text_is_found_or_refused_in_words(text: str) -> None:
    for look in (find, region):
        try:
            look(text)
        except UserError as refused:
            assert refused.text.zh
