"""People adjust the list: each change with a reason, all of it in the history, none beyond the quota."""

import pytest

from config.errors import UserError
from engine.commendation.adjusting import Wish
from engine.commendation.proposal import Proposal
from engine.tables import history
from tests.engine.commendation.conftest import Office
from tests.engine.world import NOTICE


def chosen(found: Proposal) -> list[str]:
    return [line.key for line in found.awards[1].chosen]


def wish(office: Office, act: str, number: int = 2, **more: object) -> Wish:
    given = {"award": "activity", "key": office.refs[number], "act": act, "reason": "评审意见"} | more
    return Wish(**given)  # type: ignore[arg-type]  # a test's own words


def test_who_is_removed_leaves_the_place_to_the_next_and_clear_takes_it_back(office: Office) -> None:
    office.propose()

    removed = office.adjust(wish(office, "remove"))
    cleared = office.adjust(wish(office, "clear"))

    assert (chosen(removed), chosen(cleared)) == ([office.refs[1]], [office.refs[2]])


def test_who_is_added_pushes_out_the_last(office: Office) -> None:
    office.propose()

    found = office.adjust(wish(office, "add", 0))

    assert (chosen(found), found.awards[1].lines[2].reason) == ([office.refs[0]], "评审意见")


def test_history_keeps_who_changed_what_and_why(office: Office) -> None:
    office.propose()
    office.adjust(wish(office, "remove", reason="  材料\n不实 "))

    row = office.world.rows(history, subject=f"commendation:{NOTICE}")[-1]

    assert (row.trigger, row.reason, row.actor) == ("adjust", "材料 不实", office.first.name)
    assert office.refs[2] in row.details


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (("remove", 2, {"reason": " "}), "commend.reason"),
        (("remove", 2, {"reason": "长" * 501}), "commend.reason"),
        (("remove", 1, {}), "commend.nothing"),
        (("add", 2, {}), "commend.nothing"),
        (("add", 3, {}), "commend.candidate"),
        (("praise", 2, {}), "commend.act"),
        (("move", 2, {"place": 2}), "commend.place"),
        (("move", 2, {}), "commend.place"),
        (("remove", 2, {"award": "everything"}), "commend.award"),
        (("remove", 2, {"award": "unit"}), "commend.candidate"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    office: Office, asked: tuple[str, int, dict[str, object]], code: str
) -> None:
    office.propose()
    act, number, more = asked

    with pytest.raises(UserError) as refused:
        office.adjust(wish(office, act, number, **more))

    rows = office.world.rows(history, subject=f"commendation:{NOTICE}")
    assert (refused.value.code, len(rows)) == (code, 1)


def test_more_than_the_quota_cannot_be_added(office: Office) -> None:
    office.propose()
    office.adjust(wish(office, "add", 0))

    with pytest.raises(UserError) as refused:
        office.adjust(wish(office, "add", 1))

    assert refused.value.code == "commend.full"


def test_nothing_can_be_adjusted_before_a_list_is_drawn_up(office: Office) -> None:
    with pytest.raises(UserError) as refused:
        office.adjust(wish(office, "remove"))

    assert refused.value.code == "commend.none"
