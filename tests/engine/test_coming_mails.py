"""What will be sent, in numbers: what then really leaves, as far as the asker may see; nothing is changed."""

from datetime import datetime, timedelta

from config.catalogue import catalogue
from config.schedule import Role
from engine.actors import SYSTEM, Actor, Grant
from engine.coming_mails import Asked, ComingSend, coming_letter, coming_mails
from engine.reading import letter_from
from engine.tables import firing, message, metadata
from tests.engine.post import Post
from tests.engine.world import ADMIN, FORMS, LEAD, LI, NOTICE, OFFICE, SCHOOL, WANG, World, at

START, UNTIL = at(8, 16), at(10, 31)
FAR = Actor(name="person:99", person_id=99, grants=(Grant(role=Role.ADMIN, region="410700"),))


def season(world: World) -> None:
    """Enter activities of two counties, one of nobody, one done already."""
    refs = world.enter(3)
    world.enter(1, title="船模比赛", region="350503", unit=SCHOOL, coordinator=LI)
    world.enter(1, title="无人的", coordinator=None)
    world.do("register", refs[0], materials=FORMS, now=at(8, 21, 10))


def coming(world: World, actor: Actor = SYSTEM, notice: str | None = None) -> tuple[ComingSend, ...]:
    asked = Asked(actor=actor, now=START, until=UNTIL, notice=notice)
    return coming_mails(world.database, asked)


def play(world: World) -> list[tuple[datetime, int]]:
    """Let it happen, everything at its instant, and return what was sent."""
    while waiting := [row.at for row in world.rows(firing) if row.settled_at is None and row.at < UNTIL]:
        world.sweep(min(waiting))
        world.deliver(Post(), min(waiting))
    return sorted((row.sent_at, row.person_id) for row in world.rows(message, state="sent"))


def test_what_was_counted_is_what_is_sent_when_nothing_changes(world: World) -> None:
    season(world)
    planned = sorted((one.at, reader.person_id) for one in coming(world) for reader in one.readers)

    sent = play(world)

    assert len(sent) > 20
    assert sent == planned


def test_counting_changes_nothing(world: World) -> None:
    season(world)
    before = {table.name: world.rows(table) for table in metadata.sorted_tables}

    coming(world)

    assert {table.name: world.rows(table) for table in metadata.sorted_tables} == before


def test_the_opening_day_says_which_rung_of_which_milestone_and_how_many_cases(world: World) -> None:
    world.enter(2)

    first = coming(world)[0]

    assert first.at == at(8, 21)
    assert [(one.name, one.cases) for one in first.readers] == [("王敏", 3)]
    opening = next(one for one in first.milestones if one.milestone == "register")
    assert (opening.notice, opening.cases) == (NOTICE, 2)
    assert [(rung.key, rung.on, rung.offset) for rung in opening.rungs] == [("opening", "opens", 0)]


def test_who_looks_after_one_county_is_told_of_its_people_and_cases_alone(world: World) -> None:
    season(world)

    mine = coming(world, world.person(LEAD))

    assert {reader.name for one in mine for reader in one.readers} == {"王敏", "赵组长"}
    everybody = coming(world)
    assert max(one.cases for one in mine[0].milestones) < max(one.cases for one in everybody[0].milestones)
    assert coming(world, FAR) == ()


def test_cases_that_nobody_can_be_told_of_are_counted(world: World) -> None:
    world.enter(1, coordinator=None)

    first = coming(world)[0]

    assert ([one.cases for one in first.readers], first.unreachable) == ([1], 1)


def test_mails_to_be_reviewed_are_counted(world: World) -> None:
    world.apply(catalogue()[NOTICE] + "\nreview: true\n")
    season(world)

    first = coming(world)[0]

    assert (first.mails, first.review) == (2, 2)


def test_one_notice_alone_can_be_asked_about(world: World) -> None:
    season(world)

    assert coming(world, notice=NOTICE) == coming(world)
    assert coming(world, notice="chengdu-2023") == ()


def test_a_letter_to_come_is_the_one_that_is_sent(world: World) -> None:
    season(world)
    third = coming(world)[2]
    asked = Asked(actor=SYSTEM, now=START, until=third.at + timedelta(seconds=1))
    reader = third.readers[0].person_id

    letter = coming_letter(world.database, asked, reader, base_url=OFFICE.base_url)

    play(world)
    sent = [row for row in world.rows(message, person_id=reader) if row.sent_at == third.at]
    assert letter == letter_from(sent[0].content)


def test_a_letter_is_ones_own_or_of_people_one_looks_after(world: World) -> None:
    season(world)
    wang = world.person(WANG)

    def read(actor: Actor) -> object:
        asked = Asked(actor=actor, now=START, until=at(8, 21) + timedelta(seconds=1))
        return coming_letter(world.database, asked, wang.person_id or 0, base_url=OFFICE.base_url)

    assert read(wang) is not None
    assert read(world.person(ADMIN)) == read(world.person(LEAD)) == read(wang)
    assert read(world.person(LI)) is read(FAR) is None


def test_where_nothing_is_to_come_there_is_no_letter(world: World) -> None:
    asked = Asked(actor=SYSTEM, now=START, until=at(8, 17))

    assert coming_letter(world.database, asked, 1, base_url=OFFICE.base_url) is None
