from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest

from config.errors import UserError
from config.reading.drafting.decisions import Decision, Verdict
from config.schedule import Role
from engine.actors import Actor, Grant
from engine.notice_reading.forgetting import LASTS, forget_readings
from engine.notice_reading.kept import (
    choose,
    give_up,
    keep_reading,
    mark_applied,
    reaches_reading,
    reading_of,
    readings_for,
)
from engine.notice_reading.proposal import home_region, proposal_of, require_decided
from engine.notice_reading.taking import paper_of_file, paper_of_text
from engine.tables import notice_reading
from tests.engine.notice_reading.papers import PAPER, begin_reading
from tests.engine.world import ADMIN, NOTICE, NOW, WANG, World

FAR = Actor(name="person:99", person_id=99, grants=(Grant(role=Role.ADMIN, region="410700"),))
CORRECTED = Decision(verdict=Verdict.CORRECT, day=date(2023, 9, 27))


def test_a_reading_is_kept_as_its_text_and_read_anew(world: World) -> None:
    number = begin_reading(world)

    with world.database.read() as conn:
        kept = reading_of(conn, number)

    assert (kept.paper.text, kept.region, kept.who) == (PAPER, "350500", "周管理员")
    assert [one.key for one in kept.reading.clauses if one.key.startswith("d")] == ["d1", "d2", "d3"]


def test_what_was_decided_is_kept(world: World) -> None:
    number = begin_reading(world)

    with world.database.write() as conn:
        kept = reading_of(conn, number)
        choose(conn, kept, kept.choices.deciding("d1", CORRECTED), actor=world.person(ADMIN))

    with world.database.read() as conn:
        proposal = proposal_of(conn, reading_of(conn, number), now=NOW)
    assert proposal.decisions["d1"] == CORRECTED
    assert "due: 2023-09-27" in proposal.text


def test_a_decision_about_what_is_read_otherwise_by_now_is_left_out(world: World) -> None:
    number = begin_reading(world)
    with world.database.write() as conn:
        kept = reading_of(conn, number)
        choose(conn, kept, kept.choices.deciding("d1", CORRECTED), actor=world.person(ADMIN))
        conn.execute(notice_reading.update().values(text=f"转发通知\n{PAPER}"))

    with world.database.read() as conn:
        assert reading_of(conn, number).choices.decisions == {}


def test_a_reading_is_for_the_admins_of_its_region(world: World) -> None:
    number, admin, wang = begin_reading(world), world.person(ADMIN), world.person(WANG)

    with world.database.read() as conn:
        reached = [reaches_reading(conn, one, number, ()) for one in (admin, wang, FAR)]
        listed = [len(readings_for(conn, one)) for one in (admin, wang, FAR)]

    assert (reached, listed) == ([True, False, False], [1, 0, 0])


def test_nobody_keeps_or_moves_a_reading_where_they_are_no_admin(world: World) -> None:
    number, paper = begin_reading(world), paper_of_text(PAPER, name="通知.txt")

    with world.database.write() as conn:
        kept = reading_of(conn, number)
        with pytest.raises(UserError, match="only an admin"):
            keep_reading(conn, paper, region="350500", actor=FAR, now=NOW)
        with pytest.raises(UserError, match="only an admin"):
            choose(conn, kept, kept.choices, region="410700", actor=world.person(ADMIN))


def test_what_came_to_nothing_is_forgotten_and_what_is_in_force_stays(world: World) -> None:
    old, applied = begin_reading(world), begin_reading(world)
    with world.database.write() as conn:
        mark_applied(conn, applied, NOTICE, now=NOW)
        with pytest.raises(UserError, match="is in force as"):
            give_up(conn, applied)

        early, late = (forget_readings(conn, now=NOW + LASTS + timedelta(days=more)) for more in (0, 1))

    assert (early, late) == (0, 1)
    assert [row.id for row in world.rows(notice_reading)] == [applied]
    assert old != applied


def test_what_is_undecided_is_not_planned(world: World) -> None:
    number = begin_reading(world, "关于举办活动的通知\n请各单位于9月31日前报送总结。")

    with world.database.read() as conn:
        proposal = proposal_of(conn, reading_of(conn, number), now=NOW)

    assert len(proposal.undecided) == 1
    with pytest.raises(UserError, match="still to be decided: 1"):
        require_decided(proposal)


def test_a_reading_begins_where_its_notice_belongs_if_that_is_ones_own(world: World) -> None:
    with world.database.read() as conn:
        kept = reading_of(conn, begin_reading(world))

    assert (home_region(kept.reading, world.person(ADMIN)), home_region(kept.reading, FAR)) == (
        "350500",
        "410700",
    )


def test_there_is_no_reading_of_that_number(world: World) -> None:
    with world.database.read() as conn, pytest.raises(UserError, match="no such reading"):
        reading_of(conn, 404)


def test_a_file_is_read_and_nothing_of_it_is_left(tmp_path: Path) -> None:
    paper = paper_of_file(BytesIO(PAPER.encode()), name="../通知.txt", folder=tmp_path / "tmp")

    assert (paper.text, paper.name, len(paper.sha256)) == (PAPER, "通知.txt", 64)
    assert list((tmp_path / "tmp").iterdir()) == []


@pytest.mark.parametrize(
    "content", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, b"PK\x03\x04 broken"]
)
def test_what_cannot_be_read_is_refused_and_nothing_is_left(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        paper_of_file(BytesIO(content), name="通知.doc", folder=tmp_path / "tmp")

    assert list((tmp_path / "tmp").iterdir()) == []
