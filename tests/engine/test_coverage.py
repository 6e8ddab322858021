"""Units that have not been heard of."""

from engine.coverage import Gap, SilentUnit, silent_units
from tests.engine.crowd import CITY, COUNTY, EVERYBODY, OTHER, VENUE, two_notices
from tests.engine.world import SCHOOL, UNIT, World, at


def names(world: World, gap: Gap, *, notice: str | None = None) -> list[str]:
    with world.database.read() as conn:
        return [one.name for one in silent_units(conn, EVERYBODY, gap=gap, notice=notice).items]


def test_a_unit_is_told_with_what_it_owes_and_whom_to_ask(world: World) -> None:
    with world.database.read() as conn:
        found = silent_units(conn, COUNTY)

    assert (found.total, found.items) == (
        1,
        (
            SilentUnit(
                id=1,
                name=UNIT,
                region="350502",
                level="county",
                kind="association",
                no_activity=True,
                owed=2,
                people=("王敏",),
            ),
        ),
    )


def test_each_gap_is_asked_for_by_itself(world: World) -> None:
    two_notices(world).enter()

    assert names(world, Gap.NO_ACTIVITY) == [SCHOOL, VENUE]
    assert names(world, Gap.OWES_REPORT) == [UNIT, VENUE]
    assert names(world, Gap.EITHER) == [UNIT, SCHOOL, VENUE]
    assert names(world, Gap.EITHER, notice=OTHER) == [VENUE]


def test_a_cancelled_activity_is_none(world: World) -> None:
    (ref,) = world.enter()
    world.do("cancel", ref, reason="停电", now=at(8, 20))

    assert names(world, Gap.NO_ACTIVITY) == [UNIT, SCHOOL]


def test_units_come_page_by_page(world: World) -> None:
    with world.database.read() as conn:
        pages = [silent_units(conn, CITY, page=n, per_page=1) for n in (1, 2, 3)]

    assert [[one.name for one in page.items] for page in pages] == [[UNIT], [SCHOOL], []]
    assert {page.total for page in pages} == {2}
