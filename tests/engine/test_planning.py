"""A schedule changed by a form: shown first in cases and people, then applied unless another was faster."""

from dataclasses import replace

import pytest

from config.catalogue import catalogue
from config.errors import UserError
from engine.actors import SYSTEM, Actor
from engine.planning import FieldRefused, Plan, ScheduleChange, apply_planned, edit_schedule, plan_notice
from engine.preview import preview
from engine.tables import firing, history, schedule
from tests.engine.world import ADMIN, LEAD, LI, NOTICE, NOW, SCHOOL, WANG, World, at

QUANZHOU = catalogue()[NOTICE]
LATER = edit_schedule(QUANZHOU, {"milestones.summary.due": "2023-10-20"})


def plan(world: World, text: str = LATER, *, actor: Actor = SYSTEM) -> Plan:
    """Return what a text would do."""
    return plan_notice(world.database, NOTICE, text, actor=actor, now=NOW)


def apply(world: World, change: ScheduleChange, *, actor: Actor = SYSTEM) -> None:
    """Put a text in force."""
    with world.database.write() as conn:
        apply_planned(conn, change, actor=actor, now=NOW)


CHANGE = ScheduleChange(notice=NOTICE, text=LATER, expect_version=1, reason="市里推迟")


def test_a_form_changes_one_value_and_leaves_all_else_as_it_was_written() -> None:
    before, after = QUANZHOU.splitlines(), LATER.splitlines()

    assert len(before) == len(after)
    assert [new.strip() for old, new in zip(before, after, strict=True) if old != new] == [
        "due: {at: 2023-10-20, cite: 请各活动举办单位于2023年9月30日前}"
    ]


@pytest.mark.parametrize(
    ("place", "value", "line"),
    [
        ("send_at", "08:30", "send_at: 08:30"),
        ("review", True, "review: true"),
        ("daily", "on", "daily: true"),
        ("milestones.register.opens", "2023-08-22", "opens: 2023-08-22"),
        ("milestones.filing.due", "late 2023-08", "due: late 2023-08"),
        ("windows.counted.end", "2023-09-28", "end: 2023-09-28"),
        ("milestones.summary.ladder.-7", "off", "-7: off"),
        ("ladder.-3", "-5", "offset: -5"),
        ("requires.register", {"application_form": 2}, "application_form: 2"),
        ("milestones.report.due", "2023-10-09", "due: 2023-10-09"),
    ],
)
def test_what_a_form_can_change_stands_in_the_text(place: str, value: str, line: str) -> None:
    edited = edit_schedule(QUANZHOU, {place: value})

    assert line in [one.strip() for one in edited.splitlines()]


def test_a_value_taken_back_is_the_parents_again() -> None:
    edited = edit_schedule(QUANZHOU, {"review": True, "milestones.summary.ladder.-7": "off"})

    assert edit_schedule(edited, {"review": None, "milestones.summary.ladder.-7": "on"}) == QUANZHOU


@pytest.mark.parametrize(
    ("place", "value", "code"),
    [
        ("milestones.summary.due", "2023-09-31", "date.impossible"),
        ("send_at", "25:00", "notice.hour"),
        ("review", "perhaps", "notice.yes_or_no"),
        ("ladder.-7", "soon", "ladder.offset"),
        ("requires.register", {"photo": -1}, "notice.count"),
        ("windows.main.start", "2023-09-17", "notice.window_inherited"),
        ("title", "另一个", "notice.place"),
    ],
)
def test_a_field_that_cannot_be_taken_is_named(place: str, value: str, code: str) -> None:
    with pytest.raises(FieldRefused) as refused:
        edit_schedule(QUANZHOU, {place: value})

    assert refused.value.place == place
    assert refused.value.in_("zh").startswith(f"{place}：")
    assert refused.value.code == code or code.startswith("date.")


def test_a_plan_tells_how_many_cases_and_people_a_moved_date_moves(world: World) -> None:
    world.enter(3)
    world.enter(1, unit=SCHOOL, region="350503", coordinator=LI)

    moved = {one.rung: one for one in plan(world).mails}

    reminder, escalated = moved["-3"], moved["+3"]
    assert (reminder.before and reminder.before.cases, reminder.after and reminder.after.cases) == (4, 4)
    assert (reminder.after and reminder.after.people, escalated.after and escalated.after.people) == (2, 4)
    assert {one.milestone for one in moved.values()} == {"summary"}


def test_a_plan_counts_the_mails_that_the_preview_lists(world: World) -> None:
    world.enter(3)
    planned = {one.rung: one.after for one in plan(world).mails}
    apply(world, CHANGE)

    listed = preview(world.database, start=NOW, end=at(12, 1), base_url="http://x", notice_id=NOTICE)
    cases = {one.rung: one.cases for coming in listed for one in coming.firings if one.milestone == "summary"}

    assert {rung: mails.cases for rung, mails in planned.items() if mails} == cases


def test_a_plan_leaves_no_trace(world: World) -> None:
    before = world.rows(firing), world.rows(schedule), world.rows(history)

    plan(world)

    assert (world.rows(firing), world.rows(schedule), world.rows(history)) == before


def test_a_plan_tells_what_was_sent_already(world: World) -> None:
    world.enter(2)
    world.sweep(at(9, 21))
    text = edit_schedule(QUANZHOU, {"milestones.information.due": "2023-10-20"})

    sent = {one.sent for one in plan_notice(world.database, NOTICE, text, actor=SYSTEM, now=at(9, 22)).mails}

    assert sent == {1}


def test_a_rung_switched_off_is_told_as_dropped(world: World) -> None:
    world.enter()
    text = edit_schedule(QUANZHOU, {"milestones.summary.ladder.-7": "off"})

    dropped = [one for one in plan(world, text).mails if one.what == "drop"]

    assert [(one.rung, one.before and one.before.cases, one.after) for one in dropped] == [("-7", 1, None)]


def test_an_admin_of_the_region_plans_and_applies(world: World) -> None:
    admin = world.person(ADMIN)

    found = plan(world, actor=admin)
    apply(world, replace(CHANGE, expect_version=found.version), actor=admin)

    assert [row.actor for row in world.rows(schedule)] == ["system", admin.name]


@pytest.mark.parametrize("email", [WANG, LEAD])
def test_nobody_else_may_even_plan(world: World, email: str) -> None:
    with pytest.raises(UserError) as refused:
        plan(world, actor=world.person(email))

    assert refused.value.code == "rights.admin"


def test_a_text_cannot_take_a_notice_to_a_region_that_is_not_ones_own(world: World) -> None:
    text = QUANZHOU.replace('"350500"', '"440700"')

    with pytest.raises(UserError) as refused:
        plan(world, text, actor=world.person(ADMIN))

    assert refused.value.code == "rights.admin"


def test_nobody_overwrites_what_another_applied_meanwhile(world: World) -> None:
    apply(world, CHANGE)
    before = world.rows(schedule)

    with pytest.raises(UserError, match="at version 2, you saw 1") as refused:
        apply(world, replace(CHANGE, text=edit_schedule(QUANZHOU, {"send_at": "08:00"})))

    assert refused.value.code == "notice.changed_meanwhile"
    assert world.rows(schedule) == before


def test_a_schedule_that_contradicts_itself_needs_a_reason(world: World) -> None:
    text = edit_schedule(
        QUANZHOU, {"windows.counted.start": "2023-10-20", "windows.counted.end": "2023-09-01"}
    )
    change = replace(CHANGE, text=text, reason=None)

    with pytest.raises(UserError) as refused:
        apply(world, change)
    apply(world, replace(change, reason="通知原文如此"))

    assert refused.value.code == "notice.unsound"
    assert world.rows(history, subject=f"notice:{NOTICE}")[-1].reason == "通知原文如此"


def test_a_text_of_another_notice_is_refused(world: World) -> None:
    with pytest.raises(UserError) as refused:
        plan(world, catalogue()["xinxiang-2023"])

    assert refused.value.code == "notice.other_id"
