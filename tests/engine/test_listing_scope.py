"""Lists of cases for a desk: filtered to what the actor sees, in any order, page by page or by cursor."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection

from config.errors import UserError
from engine.actors import Actor
from engine.listing import (
    CaseFilter,
    Sort,
    cases_after,
    count_cases,
    every_case,
    list_cases,
    refs_of,
)
from engine.recent import Recent
from engine.standing import Mark
from tests.engine.crowd import ACTORS, CITY, COUNTY, EVERYBODY, MIXED, counted_queries, crowd, two_notices
from tests.engine.world import WANG, World, at

NOW = at(9, 26)
ORDERS = [(sort, down) for sort in Sort if sort is not Sort.CHANGED for down in (False, True)]


@pytest.fixture
def crowded(world: World) -> Iterator[Connection]:
    """Give a connection to a database with a crowd in it that is gone afterwards."""
    two_notices(world)
    with world.database.rehearse() as conn:
        crowd(conn, seed=11)
        yield conn


def read_on(conn: Connection, wanted: CaseFilter, most: int) -> list[str]:
    refs: list[str] = []
    after: str | None = None
    while True:
        part = cases_after(conn, wanted, now=NOW, after=after, most=most)
        refs += [one.ref for one in part.items]
        after = part.after
        if after is None:
            return refs


@pytest.mark.parametrize(("sort", "down"), ORDERS)
@pytest.mark.parametrize("actor", [EVERYBODY, MIXED], ids=lambda actor: actor.name)
def test_pages_and_cursors_go_through_the_same_list(
    crowded: Connection, actor: Actor, sort: Sort, down: bool
) -> None:
    wanted = CaseFilter(actor=actor, sort=sort, down=down)
    whole = [one.ref for one in every_case(crowded, wanted, now=NOW)]
    pages = [list_cases(crowded, wanted, now=NOW, page=n, per_page=50) for n in range(1, 5)]

    assert [one.ref for page in pages for one in page.items] == whole
    assert {page.total for page in pages} == {len(whole)} == {len(set(whole))}
    assert read_on(crowded, wanted, most=17) == whole == list(refs_of(crowded, wanted, now=NOW))


@pytest.mark.parametrize("sort", Sort)
def test_down_is_up_from_its_end(crowded: Connection, sort: Sort) -> None:
    up = [one.ref for one in every_case(crowded, CaseFilter(sort=sort), now=NOW)]
    down = [one.ref for one in every_case(crowded, CaseFilter(sort=sort, down=True), now=NOW)]

    assert down == up[::-1]


def test_what_changed_last_stands_first(world: World) -> None:
    first, second, third = world.enter(3)
    world.do("note", second, reason="看过")
    for actor in (CITY, COUNTY):
        with world.database.read() as conn:
            wanted = CaseFilter(actor=actor, kind=None, sort=Sort.CHANGED, down=True)
            assert list(refs_of(conn, wanted, now=NOW))[:3] == [second, third, first]
            assert read_on(conn, wanted, most=1)[:3] == [second, third, first]


@pytest.mark.parametrize("actor", ACTORS, ids=lambda actor: actor.name)
def test_a_list_holds_only_what_its_actor_sees(crowded: Connection, actor: Actor) -> None:
    everything = every_case(crowded, CaseFilter(), now=NOW)
    filtered = [one.ref for one in every_case(crowded, CaseFilter(actor=actor), now=NOW)]

    assert set(filtered) <= {one.ref for one in everything}
    assert count_cases(crowded, CaseFilter(actor=actor), now=NOW) == len(filtered)


def test_late_in_a_list_is_what_its_lines_tell_late(crowded: Connection) -> None:
    whole = list(every_case(crowded, CaseFilter(), now=NOW))
    late = list(every_case(crowded, CaseFilter(late=True), now=NOW))
    of_one = list(every_case(crowded, CaseFilter(milestone="activity_form", standing=Mark.LATE), now=NOW))

    assert late == [one for one in whole if one.late]
    assert of_one == [one for one in whole if "activity_form" in {each.milestone for each in one.late}]


@pytest.mark.parametrize("text", ["%", "_", "100%", "a_b", "A_B", "T-00", "科技馆", " 讲座 "])
def test_a_text_is_found_as_it_is_typed(crowded: Connection, text: str) -> None:
    whole = every_case(crowded, CaseFilter(), now=NOW)
    found = [one.ref for one in every_case(crowded, CaseFilter(text=text), now=NOW)]

    wanted = text.strip().lower()
    assert found == [
        one.ref for one in whole if any(wanted in words.lower() for words in (one.title, one.ref, one.unit))
    ]


def test_filters_narrow_each_other(crowded: Connection) -> None:
    whole = list(every_case(crowded, CaseFilter(), now=NOW))
    wanted = CaseFilter(states=("held", "registered"), unit=1, coordinator=WANG, region="350500")

    found = list(every_case(crowded, wanted, now=NOW))

    assert found == [
        one
        for one in whole
        if one.state in ("held", "registered")
        and one.unit == "鲤城区科协"
        and one.email == WANG
        and one.region.startswith("3505")
    ]


def test_open_and_done_ask_for_a_milestone(crowded: Connection) -> None:
    with pytest.raises(UserError) as refused:
        count_cases(crowded, CaseFilter(standing=Mark.DONE), now=NOW)

    assert refused.value.code == "case.standing"


@pytest.mark.parametrize(
    "word", ["", "x", "bm90IGpzb24", "W10", "WyJyZWYiLGZhbHNlLCJ4Il0", "中文", "y" * 300]
)
def test_a_cursor_that_is_none_is_refused(crowded: Connection, word: str) -> None:
    with pytest.raises(UserError) as refused:
        cases_after(crowded, CaseFilter(), now=NOW, after=word)

    assert refused.value.code == "cursor.invalid"


def test_a_cursor_of_another_order_is_refused(crowded: Connection) -> None:
    word = cases_after(crowded, CaseFilter(sort=Sort.TITLE), now=NOW, most=5).after
    with pytest.raises(UserError) as refused:
        cases_after(crowded, CaseFilter(sort=Sort.TITLE, down=True), now=NOW, after=word)

    assert refused.value.code == "cursor.invalid"


@pytest.mark.parametrize("sort", [Sort.REF, Sort.DUE])
def test_a_kept_page_is_the_same_page(crowded: Connection, sort: Sort) -> None:
    recent = Recent()
    for number in (1, 2, 1):
        wanted = CaseFilter(actor=MIXED, sort=sort)
        kept = list_cases(crowded, wanted, now=NOW, page=number, per_page=10, recent=recent)

        assert kept == list_cases(crowded, wanted, now=NOW, page=number, per_page=10)


def test_what_is_kept_for_one_is_not_told_another(crowded: Connection) -> None:
    recent = Recent()
    totals = [list_cases(crowded, CaseFilter(actor=actor), now=NOW, recent=recent).total for actor in ACTORS]

    assert totals == [count_cases(crowded, CaseFilter(actor=actor), now=NOW) for actor in ACTORS]
    assert len(set(totals)) > 2


def test_a_page_takes_four_queries(world: World) -> None:
    world.enter(3)
    with world.database.read() as conn, counted_queries(world.database) as asked:
        list_cases(conn, CaseFilter(actor=CITY, late=True, sort=Sort.DUE), now=NOW)

    assert len(asked) == 4
