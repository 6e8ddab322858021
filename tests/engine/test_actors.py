"""Whom a right reaches: its region and all below it, or one unit."""

import pytest

from config.schedule import Role
from engine.actors import Grant, operator


@pytest.mark.parametrize(
    ("held", "asked", "reached"),
    [
        ("350500", "350502", True),
        ("350000", "350502", True),
        ("000000", "350502", True),
        ("350502", "350503", False),
        ("350502", "350500", False),
        ("371000", "371100", False),
        ("310110", "310112", False),
    ],
)
def test_a_region_reaches_what_lies_in_it_and_nothing_beside(held: str, asked: str, reached: bool) -> None:
    assert Grant(role=Role.ADMIN, region=held).covers(asked, 1) is reached


def test_a_right_for_a_unit_reaches_that_unit_only() -> None:
    grant = Grant(role=Role.COORDINATOR, region="350502", unit_id=3)

    assert [grant.covers("350502", number) for number in (3, 4)] == [True, False]


def test_the_operator_at_the_machine_has_every_role() -> None:
    assert set(operator().roles_for(region="350502", unit_id=1, coordinator_id=None)) == set(Role)
