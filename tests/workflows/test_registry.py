"""Lifecycles by name."""

import pytest

from config.errors import UserError
from config.schedule import Schedule
from workflows.activity import ACTIVITY
from workflows.registry import lifecycle, target_of


def test_a_lifecycle_is_found_by_name_and_version() -> None:
    assert [lifecycle("activity"), lifecycle("activity", 1)] == [ACTIVITY, ACTIVITY]


@pytest.mark.parametrize(
    ("name", "version", "code", "hint"),
    [
        ("party", None, "workflow.unknown_lifecycle", "activity"),
        ("activity", 9, "workflow.unknown_version", "1"),
    ],
)
def test_an_unknown_lifecycle_is_refused_with_the_known_ones(
    name: str, version: int | None, code: str, hint: str
) -> None:
    with pytest.raises(UserError) as caught:
        lifecycle(name, version)

    assert caught.value.code == code
    assert all(hint in caught.value.in_(lang) for lang in ("zh", "en"))


def test_a_report_that_names_no_state_is_to_be_submitted(schedule: Schedule) -> None:
    assert [target_of(each) for each in schedule.milestones] == [
        "registered",
        "info_completed",
        "summarized",
        "submitted",
    ]
