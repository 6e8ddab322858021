"""Sweeps: who is told of what, once; promises 2 and 3 of DESIGN 10."""

from datetime import date

import pytest
from sqlalchemy import update

from config.catalogue import catalogue
from engine.activities import save_activities
from engine.actors import SYSTEM
from engine.tables import case, firing, ledger, message, person
from tests.engine.post import Post
from tests.engine.world import ADMIN, FORMS, LEAD, LI, PROOF, WANG, World, activity, at, link


def told(world: World, **where: object) -> list[tuple[str, str, str]]:
    """Return (rung, role, outcome) of the ledger in the order of firings."""
    rungs = {row.id: f"{row.milestone} {row.rung}" for row in world.rows(firing)}
    rows = sorted(world.rows(ledger, **where), key=lambda row: (row.firing_id, row.role))
    return [(rungs[row.firing_id], row.role, row.outcome) for row in rows]


def settle_until(world: World, when: object) -> None:
    """Settle everything before the day looked at."""
    world.sweep(when)  # type: ignore[arg-type]


def test_one_person_gets_one_mail_with_everything(world: World) -> None:
    world.enter(3)
    settle_until(world, at(9, 19))
    before = len(world.rows(message, person_id=1))

    world.sweep(at(9, 20))

    assert len(world.rows(message, person_id=1)) == before + 1


def test_a_second_sweep_settles_nothing_again(world: World) -> None:
    world.enter()
    world.sweep(at(9, 20))
    mails = world.rows(message)

    assert world.sweep(at(9, 20, 10)) is None
    assert world.rows(message) == mails


def test_nobody_is_reminded_of_what_is_done(world: World) -> None:
    done, open_ = world.enter(2)
    world.do("register", done, materials=FORMS, now=at(8, 22))
    settle_until(world, at(9, 19))

    world.sweep(at(9, 20))

    registering = [row.id for row in world.rows(firing, milestone="register", rung="-7")]
    cases = {row.case_id for row in world.rows(ledger) if row.firing_id in registering}
    assert cases == {_number(world, open_)}


def test_nobody_is_reminded_of_a_cancelled_activity(world: World) -> None:
    [ref] = world.enter(title="科学课")
    world.do("cancel", ref, reason="高温")

    world.sweep(at(9, 20))

    assert [row for row in told(world) if "summary_report" not in row[0] and "filing" not in row[0]] == []


def test_an_activity_held_after_the_date_is_not_chased_for_its_summary(world: World) -> None:
    world.enter(starts_on=date(2023, 10, 5), ends_on=date(2023, 10, 6))

    world.sweep(at(9, 20))

    asked = {rung for rung, _, _ in told(world, case_id=_case(world, "科学课 1"))}
    assert not any(rung.startswith(("information", "summary ")) for rung in asked)


def _case(world: World, title: str) -> int:
    return next(row.id for row in world.rows(case) if row.title == title)


def _number(world: World, ref: str) -> int:
    return int(world.rows(case, ref=ref)[0].id)


def test_from_the_first_late_day_the_lead_is_told_and_from_the_third_the_admin(world: World) -> None:
    world.enter()
    settle_until(world, at(10, 6))

    world.sweep(at(10, 7))
    first = {address(world, row.person_id) for row in world.rows(ledger) if row.sweep_id == 2}
    world.sweep(at(10, 9))
    third = {address(world, row.person_id) for row in world.rows(ledger) if row.sweep_id == 3}

    assert first == {WANG, LEAD}
    assert third == {WANG, LEAD, ADMIN}


def address(world: World, number: int) -> str:
    """Return a person's address."""
    return next(row.email for row in world.rows(person) if row.id == number)


@pytest.mark.parametrize(
    ("values", "outcome"),
    [
        ({"address_bad": True}, "no_address"),
        ({"active": False}, "no_address"),
        ({"muted_until": at(10, 1)}, "muted"),
    ],
)
def test_the_ledger_says_why_somebody_got_no_mail(
    world: World, values: dict[str, object], outcome: str
) -> None:
    world.enter()
    with world.database.write() as conn:
        conn.execute(update(person).where(person.c.email == WANG).values(values))

    world.sweep(at(9, 20))

    number = _case(world, "科学课 1")
    assert {row[2] for row in told(world, role="coordinator", case_id=number)} <= {outcome, "stale"}
    assert WANG not in {address(world, row.person_id) for row in world.rows(message)}


def test_a_case_without_coordinator_is_in_the_ledger(world: World) -> None:
    world.enter(coordinator=None)
    settle_until(world, at(9, 19))

    world.sweep(at(9, 20))

    asked = [
        row for row in world.rows(ledger) if row.case_id == _case(world, "科学课 1") and row.sweep_id == 2
    ]
    assert {(row.person_id, row.outcome) for row in asked} == {(0, "no_address")}


def test_after_ten_days_of_outage_each_person_gets_one_mail_and_the_ledger_accounts_for_all(
    world: World,
) -> None:
    world.enter(2)
    settle_until(world, at(9, 19, 12))

    swept = world.sweep(at(9, 29))

    assert swept is not None and swept.firings >= 4
    mails = world.rows(message, sweep_id=swept.sweep_id)
    assert sorted(address(world, row.person_id) for row in mails) == [ADMIN, LEAD, WANG]
    settled = {row.id for row in world.rows(firing) if row.sweep_id == swept.sweep_id}
    accounted = {row.firing_id for row in world.rows(ledger) if row.sweep_id == swept.sweep_id}
    assert accounted >= {n for n in settled if world.rows(firing)[n - 1].milestone != "report"}


def test_a_firing_found_too_late_is_stale_and_sends_nothing(world: World) -> None:
    world.enter()

    world.sweep(at(12, 20))

    assert {row.outcome for row in world.rows(firing)} == {"stale"}
    assert {row.outcome for row in world.rows(ledger)} == {"stale"}
    assert world.rows(message) == []


def test_a_late_entry_is_told_once_at_the_next_sending_hour(world: World) -> None:
    settle_until(world, at(9, 21))
    world.enter(now=at(9, 21, 15))

    world.sweep(at(9, 22))

    post = Post()
    world.deliver(post, at(9, 22))
    [mail] = [row for row in world.rows(message) if row.template == "already_due"]
    assert address(world, mail.person_id) == WANG
    entered = [row.outcome for row in world.rows(firing) if row.rung == "entered"]
    assert set(entered) == {"swept"}


def test_what_was_done_since_is_dropped_from_the_mail(world: World) -> None:
    first, second = world.enter(2)
    settle_until(world, at(9, 19))
    world.sweep(at(9, 20))
    for step, materials in (("register", FORMS), ("hold", ()), ("complete_info", PROOF)):
        world.do(step, first, materials=materials, now=at(9, 20, 10))
    world.do("summarize", first, materials=(link("summary"),), changes={"participants": 9}, now=at(9, 20, 11))

    post = Post()
    world.deliver(post, at(9, 20, 12))

    last = post.bodies()[-1]
    assert second in last or "科学课 2" in last
    assert first not in last and "科学课 1" not in last


def test_a_mail_with_nothing_left_is_obsolete_and_not_sent(world: World) -> None:
    world.enter(0)
    [ref] = world.enter(1, unit="丰泽实验小学", region="350503", coordinator=LI)
    settle_until(world, at(9, 19))
    world.deliver(Post(), at(9, 19))
    world.sweep(at(9, 20))
    world.do("cancel", ref, reason="台风", now=at(9, 20, 10))

    post = Post()
    sent = world.deliver(post, at(9, 20, 12))

    gone = [one.state for one in sent if address(world, _receiver(world, one.id)) == LI]
    assert gone == ["obsolete"]


def _receiver(world: World, number: int) -> int:
    return int(world.rows(message, id=number)[0].person_id)


def test_two_notices_share_one_mail(world: World) -> None:
    world.enter()
    world.apply(catalogue()["national-2023"], notice="national-2023")
    with world.database.write() as conn:
        save_activities(conn, "national-2023", [activity(7)], actor=SYSTEM, now=at(8, 16))

    world.sweep(at(8, 21))

    assert [address(world, row.person_id) for row in world.rows(message)].count(WANG) == 1


def test_the_note_for_late_entries_is_for_those_entered_since_the_last_sending_hour(world: World) -> None:
    world.enter(1, title="早录", unit="丰泽实验小学", region="350503", coordinator=LI)
    settle_until(world, at(9, 21))
    told_before = len(world.rows(message))
    world.enter(1, now=at(9, 21, 15))

    world.sweep(at(9, 22))

    new = world.rows(message)[told_before:]
    assert {address(world, row.person_id) for row in new} == {WANG}
