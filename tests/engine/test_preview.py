"""Preview: what it lists is what is sent if nothing changes in between; promise 6 of DESIGN 10."""

from datetime import date, datetime
from typing import NamedTuple

import pytest

from config.catalogue import catalogue
from engine.activities import save_activities
from engine.actors import SYSTEM
from engine.preview import Coming, preview
from engine.reading import letter_from
from engine.tables import firing, ledger, message, metadata
from notifications.letter import Letter
from tests.engine.post import Post
from tests.engine.world import FORMS, LI, NOTICE, NOW, OFFICE, SCHOOL, World, activity, at

START, END = at(8, 16), at(10, 31)
ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


class Told(NamedTuple):
    """One letter to one person at one instant."""

    at: datetime
    person_id: int
    letter: Letter


def season(world: World) -> list[str]:
    """Enter activities that are late in different ways."""
    refs = world.enter(3)
    refs += world.enter(1, title="后来的", starts_on=date(2023, 10, 5), ends_on=date(2023, 10, 6))
    refs += world.enter(1, title="无人的", coordinator=None)
    world.do("register", refs[0], materials=FORMS, now=at(8, 21, 10))
    world.do("cancel", refs[1], reason="高温")
    return refs


def listed(world: World, **given: str) -> list[Coming]:
    return preview(world.database, start=START, end=END, base_url=OFFICE.base_url, **given)


def play(world: World) -> list[Told]:
    """Let the season happen, everything at its instant, and return what was sent."""
    while waiting := [row.at for row in world.rows(firing) if row.settled_at is None and row.at <= END]:
        world.sweep(min(waiting))
        world.deliver(Post(), min(waiting))
    rows = world.rows(message, state="sent")
    return [Told(row.sent_at, row.person_id, letter_from(row.content)) for row in rows]


def test_what_was_listed_is_what_is_sent_when_nothing_changes(world: World) -> None:
    season(world)
    planned = [Told(one.at, number, letter) for one in listed(world) for number, letter in one.letters]

    sent = play(world)

    assert len(sent) > 20
    assert sent == sorted(planned, key=lambda told: (told.at, told.person_id))


@ON_SQLITE
def test_the_listed_firings_are_those_settled(world: World) -> None:
    season(world)
    planned = [
        (one.milestone, one.rung, one.at, one.cases) for coming in listed(world) for one in coming.firings
    ]

    play(world)

    told = {row.id: set[int]() for row in world.rows(firing)}
    for row in world.rows(ledger):
        told[row.firing_id].add(row.case_id)
    settled = [row for row in world.rows(firing) if row.sweep_id is not None]
    settled.sort(key=lambda row: (row.at, row.id))
    assert planned == [(row.milestone, row.rung, row.at, len(told[row.id])) for row in settled]


def everything(world: World) -> dict[str, list[object]]:
    return {table.name: world.rows(table) for table in metadata.sorted_tables}


def test_a_preview_changes_nothing(world: World) -> None:
    season(world)
    before = everything(world)

    assert listed(world)

    assert everything(world) == before


@ON_SQLITE
def test_what_changes_in_between_is_left_out_of_the_mail(world: World) -> None:
    refs = season(world)
    coming = next(one for one in listed(world) if one.at == at(9, 20))
    world.sweep(at(9, 19))
    world.do("cancel", refs[2], reason="台风", now=at(9, 19, 10))

    world.sweep(at(9, 20))

    planned = {item.ref for _, letter in coming.letters for item in letter.items}
    post = Post()
    world.deliver(post, at(9, 20))
    assert refs[2] in planned
    assert not any("科学课 3" in body for body in post.bodies())


@ON_SQLITE
def test_a_preview_from_later_on_begins_with_what_is_overdue_then(world: World) -> None:
    season(world)

    [first, *_] = preview(world.database, start=at(9, 20, 12), end=END, base_url=OFFICE.base_url)

    assert first.at == at(9, 20, 12)
    assert {one.at for one in first.firings} >= {at(9, 20), at(8, 21)}


@ON_SQLITE
def test_nothing_is_listed_beyond_the_end(world: World) -> None:
    season(world)

    coming = preview(world.database, start=START, end=at(8, 31), base_url=OFFICE.base_url)

    assert coming
    assert all(START <= one.at <= at(8, 31) for one in coming)


@ON_SQLITE
def test_the_preview_of_one_notice_tells_only_of_its_firings_and_their_readers(world: World) -> None:
    season(world)
    world.apply(catalogue()["national-2023"], notice="national-2023")
    draft = activity(9, region="350503", unit=SCHOOL, coordinator=LI)
    with world.database.write() as conn:
        save_activities(conn, "national-2023", [draft], actor=SYSTEM, now=NOW)

    mine, whole = listed(world, notice_id=NOTICE), listed(world)

    assert {one.notice for coming in mine for one in coming.firings} == {NOTICE}
    assert LI not in readers(mine)
    assert readers(whole) == readers(mine) | {LI}


def readers(coming: list[Coming]) -> set[str]:
    return {letter.to.email for one in coming for _, letter in one.letters}
