"""A subject is what its history says."""

from itertools import groupby
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from engine.clock import stamp
from engine.fold import fold
from engine.history import GENESIS, Change, link
from engine.tables import case
from tests.engine.histories import PHOTO, START, VIDEO, Story, new_database, rows_of, season
from tests.engine.world import FORMS, PROOF, World, at


def test_nothing_comes_to_nothing() -> None:
    assert fold([]) == {"state": "", "version": 0, "head": "", "materials": {}}


def test_the_last_value_given_counts(tmp_path: Path) -> None:
    database = new_database(tmp_path / "fold.db")
    with database.write() as conn:
        story = Story(conn).begin()
        ref = story.enter(1)
        story.step(ref, "register", values={"place": "二层"}, materials=[PHOTO, PHOTO, VIDEO])
        story.step(ref, "postpone", values={"place": "三层"}, removed=[VIDEO])
        rows = [row for row in rows_of(conn) if row["subject"] == f"case:{ref}"]
    database.close()

    told = fold(rows)

    ends = {"state": "registered", "version": 3, "head": rows[-1]["hash"], "materials": {"photo": 2}}
    assert told.items() >= (ends | {"place": "三层", "title": "科普报告会"}).items()


@pytest.mark.parametrize("seed", range(20))
def test_every_state_equals_the_fold_of_its_history(seed: int, tmp_path: Path) -> None:
    database = new_database(tmp_path / "fold.db")
    with database.write() as conn:
        season(conn, Random(seed))
        rows = sorted(rows_of(conn), key=lambda row: row["subject"])
        states = {f"case:{ref}": state for ref, state in conn.execute(select(case.c.ref, case.c.state))}
    database.close()

    folded = {
        subject: fold(group)["state"] for subject, group in groupby(rows, key=lambda row: row["subject"])
    }

    assert {subject: state for subject, state in folded.items() if subject in states} == states


def test_what_the_engine_keeps_in_a_table_is_the_fold_of_its_history(world: World) -> None:
    (ref,) = world.enter()
    world.do("register", ref, materials=FORMS, now=at(8, 22))
    world.do("hold", ref, now=at(9, 24))
    world.do("complete_info", ref, materials=PROOF, changes={"participants": 120}, now=at(9, 25))
    (row,) = world.rows(case, ref=ref)
    with world.database.read() as conn:
        told = fold(one for one in rows_of(conn) if one["subject"] == f"case:{ref}")

    held = {name: value for name, value in row._mapping.items() if name not in ("id", "ref")}
    held |= {
        "starts_on": str(row.starts_on),
        "ends_on": str(row.ends_on),
        "entered_at": stamp(row.entered_at),
    }

    assert told == held


def test_details_that_are_no_document_are_refused() -> None:
    row = link(GENESIS, Change("case:1", "x", "", "", "x", {"materials": 3}, START, START))

    with pytest.raises(ValueError, match="case:1 version 1"):
        fold([row])
