"""A schedule as a form: what can be changed, and a text edited by all of a form at once."""

import pytest

from config.catalogue import catalogue
from config.errors import UserError
from engine.planning import edit_schedule
from engine.schedule_form import edit_all, schedule_form
from tests.engine.world import NOTICE, World

QUANZHOU = catalogue()[NOTICE]


def test_a_form_has_every_rung_and_knows_which_are_sent(world: World) -> None:
    world.apply(edit_schedule(QUANZHOU, {"ladder.-7": "off", "ladder.-3": "-5"}))

    with world.database.read() as conn:
        form = schedule_form(conn, NOTICE)

    assert form.version == 2
    assert "-7" not in {one.key for one in form.ladder}
    assert {one.key: one.offset for one in form.rungs if one.key in ("-7", "-3")} == {"-7": -7, "-3": -5}
    assert form.windows == {"counted"}


def test_an_older_version_is_shown_as_it_was(world: World) -> None:
    world.apply(edit_schedule(QUANZHOU, {"send_at": "08:30"}))

    with world.database.read() as conn:
        first = schedule_form(conn, NOTICE, 1)

    assert (first.text, f"{first.schedule.send_at:%H:%M}") == (QUANZHOU, "09:00")


def test_a_version_that_never_was_is_refused(world: World) -> None:
    with world.database.read() as conn, pytest.raises(UserError) as refused:
        schedule_form(conn, NOTICE, 9)

    assert refused.value.code == "version.unknown"


def test_all_that_is_wrong_is_told_and_the_rest_is_taken() -> None:
    edited = edit_all(
        QUANZHOU,
        {"send_at": "25:00", "milestones.summary.due": "2023-09-31", "milestones.filing.due": "2023-08-29"},
    )

    assert edited.text == edit_schedule(QUANZHOU, {"milestones.filing.due": "2023-08-29"})
    assert sorted(edited.problems) == ["milestones.summary.due", "send_at"]
    assert edited.problems["send_at"].zh.startswith("“25:00”不是时刻")
