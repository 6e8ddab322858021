"""Labels find places where none lies on another."""

from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from web.pictures.lettering import balanced, clipped, text_width, wrapped
from web.pictures.places import centred, spread, stacked

lengths = st.floats(0, 1000, allow_nan=False)
spans = st.lists(
    st.tuples(lengths, st.floats(1, 120)).map(lambda each: (each[0], each[0] + each[1])), max_size=30
)
words = st.text("ab 总结，1。", max_size=40)


@settings(deadline=None)
@given(spans)
def test_spans_of_one_row_never_meet(given_spans: list[tuple[float, float]]) -> None:
    rows = stacked(given_spans, gap=6)

    for (a, row), (b, other) in combinations(zip(given_spans, rows, strict=True), 2):
        assert row != other or a[1] + 6 <= b[0] or b[1] + 6 <= a[0]


def test_spans_that_do_not_meet_share_the_first_row() -> None:
    assert stacked([(100, 120), (0, 50), (40, 90)]) == [0, 0, 1]


@settings(deadline=None)
@given(st.lists(st.floats(0, 300), max_size=12))
def test_places_keep_their_order_and_their_distance(wanted: list[float]) -> None:
    places = spread(wanted, 17, low=0, high=300)

    assert all(b - a >= 17 - 1e-6 for a, b in pairwise(sorted(places)))
    assert sorted(range(len(wanted)), key=lambda n: places[n]) == sorted(
        range(len(wanted)), key=lambda n: wanted[n]
    )
    assert all(place <= 300 for place in places)


def test_places_that_are_free_are_taken_as_wanted() -> None:
    assert spread([250, 10, 100], 17, low=0, high=300) == [250, 10, 100]


def test_a_centred_text_stays_within_its_edges() -> None:
    assert [centred(x, 40, low=0, high=200) for x in (5, 100, 199)] == [20, 100, 180]


@settings(deadline=None)
@given(words, st.floats(30, 200))
def test_no_line_is_wider_than_its_room(said: str, room: float) -> None:
    lines = [clipped(said, 13, room), *wrapped(said, 13, room), *balanced(said, 13, room)]

    assert all(text_width(each, 13) <= room for each in lines)


def test_wrapping_keeps_a_number_with_its_measure_and_a_comma_with_its_word() -> None:
    assert balanced("已逾期 1 个工作日", 12, 90, lines=2) == ("已逾期", "1 个工作日")
    assert wrapped("省级科协，全国学会", 10, 40) == ("省级科", "协，全国", "学会")


def test_what_does_not_fit_ends_with_an_ellipsis() -> None:
    assert wrapped("报送登记表和汇总表备案", 10, 40, lines=2) == ("报送登记", "表和汇…")
