from datetime import date

import pytest
from sqlalchemy import Connection

from config.errors import UserError
from config.reading.drafting.decisions import Decision, Verdict
from engine.field_problems import FieldProblems
from engine.notice_reading.applying import differences_to_earlier
from engine.notice_reading.deciding import Placing, decide, place
from engine.notice_reading.kept import mark_applied, reading_of
from engine.notice_reading.proposal import Proposal, proposal_of
from tests.engine.notice_reading.papers import PAPER, begin_reading
from tests.engine.world import ADMIN, NOTICE, NOW, World

DROP = Decision(verdict=Verdict.DROP)


def proposed(conn: Connection, number: int) -> Proposal:
    return proposal_of(conn, reading_of(conn, number), now=NOW)


def test_a_date_that_is_none_cannot_be_taken_over(world: World) -> None:
    number = begin_reading(world, "关于举办2023年活动的通知\n请各活动举办单位于2023年9月31日前报送总结。")
    taken = Decision(verdict=Verdict.ACCEPT)

    with world.database.write() as conn, pytest.raises(FieldProblems) as refused:
        decide(conn, number, "d1", taken, actor=world.person(ADMIN))

    assert list(refused.value.by_field) == ["verdict"]


def test_a_first_day_alone_corrects_what_opens_and_no_window(world: World) -> None:
    number, first = begin_reading(world), Decision(verdict=Verdict.CORRECT, start=date(2023, 9, 1))

    with world.database.write() as conn:
        decide(conn, number, "d1", first, actor=world.person(ADMIN))
        with pytest.raises(FieldProblems):
            decide(conn, number, "w1", first, actor=world.person(ADMIN))
        decided = proposed(conn, number).decisions["d1"]

    assert decided == first


def test_what_is_in_force_is_not_decided_anew(world: World) -> None:
    number, admin = begin_reading(world), world.person(ADMIN)

    with world.database.write() as conn:
        mark_applied(conn, number, NOTICE, now=NOW)
        with pytest.raises(UserError, match="is in force as quanzhou-2023"):
            decide(conn, number, "d1", DROP, actor=admin)
        with pytest.raises(UserError, match="is in force as quanzhou-2023"):
            place(conn, number, Placing(region="350502"), actor=admin)


def test_no_unknown_notice_stands_above(world: World) -> None:
    number = begin_reading(world)

    with world.database.write() as conn, pytest.raises(UserError, match="no notice none-such"):
        place(conn, number, Placing(parent="none-such"), actor=world.person(ADMIN))


def test_a_draft_under_a_known_id_tells_what_it_changes(world: World) -> None:
    number, fresh = begin_reading(world), begin_reading(world, PAPER)

    with world.database.write() as conn:
        place(conn, number, Placing(id=NOTICE, code="QZ-2023"), actor=world.person(ADMIN))
        changed, everything = (
            {one.place: one for one in differences_to_earlier(conn, proposed(conn, name))}
            for name in (number, fresh)
        )

    assert (changed["title"].before, changed["title"].after) != (None, changed["title"].before)
    assert "zone" not in changed
    assert (everything["zone"].before, everything["zone"].after) == (None, "Asia/Shanghai")
