"""Cases as they stood: by when it was entered, or by when it happened."""

from datetime import UTC, datetime

from config.catalogue import catalogue
from engine.asof import By, Standing, as_of, counts, counts_as_of
from tests.engine.world import FORMS, NOTICE, NOW, World, at

LATER = datetime(2024, 1, 1, tzinfo=UTC)


def look(world: World, when: datetime, *, subject: str | None = None, by: By = By.RECORDED) -> list[Standing]:
    with world.database.read() as conn:
        return list(as_of(conn, when, subject=subject, by=by))


def states(world: World, when: datetime, by: By = By.RECORDED) -> dict[str, str]:
    return {one.subject: one.state for one in look(world, when, by=by) if one.values["kind"] == "activity"}


def test_before_anything_was_entered_there_is_nothing(world: World) -> None:
    world.enter(2)

    assert look(world, datetime(2023, 8, 1, tzinfo=UTC)) == []


def test_a_case_stands_where_its_last_change_by_then_put_it(world: World) -> None:
    first, second = (f"case:{ref}" for ref in world.enter(2))
    world.do("register", first.removeprefix("case:"), materials=FORMS, now=at(8, 22))

    assert states(world, at(8, 21)) == {first: "planned", second: "planned"}
    assert states(world, at(8, 22)) == {first: "registered", second: "planned"}


def test_a_late_entry_counts_from_when_it_was_entered_or_from_when_it_happened(world: World) -> None:
    (ref,) = world.enter()
    world.do("register", ref, materials=FORMS, occurred_at=at(8, 21, 10), now=at(8, 25))

    assert states(world, at(8, 23)) == {f"case:{ref}": "planned"}
    assert states(world, at(8, 23), By.OCCURRED) == {f"case:{ref}": "registered"}


def test_one_case_is_shown_with_all_its_values_of_then(world: World) -> None:
    (ref,) = world.enter()
    world.do("register", ref, materials=FORMS, changes={"place": "二层"}, now=at(8, 22))
    world.do("note", ref, reason="改到三层", changes={"place": "三层"}, now=at(8, 24))

    (one,) = look(world, at(8, 23), subject=f"case:{ref}")

    assert (one.state, one.version, one.trigger, one.actor) == ("registered", 2, "register", "system")
    assert (one.recorded_at, one.schedule) == (at(8, 22), f"{NOTICE}@1")
    assert (one.values["place"], one.values["title"]) == ("二层", "科学课 1")
    assert one.materials == {"application_form": 1, "platform_listing": 1, "registration_form": 1}


def test_the_schedule_is_the_one_in_force_then_not_the_one_of_the_last_change(world: World) -> None:
    (ref,) = world.enter()
    text = catalogue()[NOTICE].replace("2023-08-30", "2023-08-31")
    world.apply(text, now=at(8, 20))

    named = [look(world, when, subject=f"case:{ref}")[0].schedule for when in (at(8, 19), at(8, 20))]

    assert named == [f"{NOTICE}@1", f"{NOTICE}@2"]


def test_any_subject_can_be_looked_at(world: World) -> None:
    (one,) = look(world, LATER, subject=f"notice:{NOTICE}")

    assert (one.subject, one.state, one.schedule) == (f"notice:{NOTICE}", "in_force", None)


def test_counts_by_state_agree_with_the_standings(world: World) -> None:
    refs = world.enter(5)
    world.do("register", *refs[:3], materials=FORMS, now=at(8, 22))
    world.do("cancel", refs[4], reason="天气", now=at(8, 23))

    for when in (NOW, at(8, 22), LATER):
        with world.database.read() as conn:
            assert counts_as_of(conn, when) == counts(as_of(conn, when))
            assert counts_as_of(conn, when, notice=NOTICE) == counts(as_of(conn, when))
            assert counts_as_of(conn, when, notice="another") == {}
