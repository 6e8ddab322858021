"""A list is drawn up, adjusted, signed by two, and then holds: cases, history and mails at once."""

import orjson
import pytest

from config.errors import UserError
from config.schedule import Role
from engine.actors import SYSTEM, Actor, Grant, operator
from engine.commendation.adjusting import Wish
from engine.commendation.deciding import send_back
from engine.commendation.proposal import proposal_of
from engine.do import StepsBlocked
from engine.roster import mark_address
from engine.tables import case, history, message
from tests.engine.commendation.conftest import OVER, Office
from tests.engine.world import LI, NOTICE, UNIT, WANG, at

REMOVE = "remove"


def states(office: Office) -> list[tuple[str, str | None]]:
    rows = {row.ref: row for row in office.world.rows(case)}
    return [(rows[ref].state, rows[ref].award) for ref in office.refs]


def triggers(office: Office) -> list[str]:
    return [row.trigger for row in office.world.rows(history, subject=f"commendation:{NOTICE}")]


def test_a_proposal_ranks_what_is_summarized_and_counts_what_is_not(office: Office) -> None:
    units, activities, people = office.propose().awards

    assert [(one.key, one.is_chosen) for one in activities.lines] == [
        (office.refs[2], True),
        (office.refs[1], False),
        (office.refs[0], False),
    ]
    assert [(one.state, one.count) for one in activities.left_out] == [("held", 1)]
    assert {one.name for one in units.lines} == {UNIT, "丰泽实验小学"}
    assert {one.name for one in people.lines} == {"王敏", "李强"}


def test_a_late_summary_costs_punctuality(office: Office) -> None:
    activities = office.propose().awards[1]

    shares = {one.key: one.scores[2].done for one in activities.lines}
    assert shares == {office.refs[0]: 3, office.refs[1]: 4, office.refs[2]: 4}


def test_two_admins_decide_and_everything_follows_at_once(office: Office) -> None:
    office.propose()
    seen = office.put_forward().hash

    decided = office.approve(seen=seen)

    assert decided.chain.state == "decided"
    assert states(office) == [
        ("summarized", None),
        ("summarized", None),
        ("commended", "优秀活动"),
        ("held", None),
    ]
    mails = [(row.key, row.template) for row in office.world.rows(message)]
    assert mails == [
        (f"commendation:{NOTICE}:1", "commended" if _named(office, "王敏") else "thanked"),
        (f"commendation:{NOTICE}:2", "commended"),
    ]
    assert triggers(office) == ["propose", "put_forward", "approve"]


def _named(office: Office, name: str) -> bool:
    with office.world.database.read() as conn:
        found = proposal_of(conn, NOTICE, now=OVER)
    return any(line.name in (name, UNIT) for award in found.awards for line in award.chosen)


def test_a_decided_list_is_not_drawn_up_again(office: Office) -> None:
    office.propose()
    office.put_forward()
    office.approve()

    with pytest.raises(UserError, match="decided"):
        office.propose()


def test_one_mail_a_person_lists_all_of_theirs(office: Office) -> None:
    office.propose()
    office.put_forward()
    office.approve()

    notes = {row.person_id: orjson.loads(row.note) for row in office.world.rows(message)}
    mentioned = {
        number: sorted(one["ref"] for one in (*note["commended"], *note["others"]) if "ref" in one)
        for number, note in notes.items()
    }
    assert mentioned == {1: sorted(office.refs[:2]), 2: [office.refs[2]]}


@pytest.mark.parametrize("who", ["first", "two_roles"])
def test_whoever_signed_first_cannot_sign_second(office: Office, who: str) -> None:
    signer = office.first if who == "first" else office.second  # the second is an auditor too
    office.propose()
    office.put_forward(signer)

    with pytest.raises(UserError) as refused:
        office.approve(signer)

    assert refused.value.code == "commend.same_person"
    assert (states(office)[2], office.world.rows(message)) == (("summarized", None), [])


def test_only_an_admin_of_the_region_signs_and_only_as_a_person(office: Office) -> None:
    office.propose()
    stranger = Actor(name="person:99", person_id=99, grants=(Grant(role=Role.ADMIN, region="410700"),))

    codes = []
    for actor in (stranger, office.world.person(WANG), operator(), SYSTEM):
        with pytest.raises(UserError) as refused:
            office.put_forward(actor)
        codes.append(refused.value.code)

    assert codes == ["rights.admin", "rights.admin", "commend.person", "commend.person"]


def test_a_second_approval_changes_nothing_and_sends_nothing(office: Office) -> None:
    office.propose()
    office.put_forward()
    office.approve()
    before = (states(office), len(office.world.rows(message)))

    with pytest.raises(UserError) as refused:
        office.approve()

    assert (refused.value.code, states(office), len(office.world.rows(message))) == ("commend.state", *before)


def test_a_change_after_the_first_signature_voids_it(office: Office) -> None:
    office.propose()
    office.put_forward()
    office.adjust(Wish(award="activity", key=office.refs[2], act=REMOVE, reason="重复申报"), office.second)

    with pytest.raises(UserError) as refused:
        office.approve()

    assert (refused.value.code, triggers(office)[-1]) == ("commend.state", "adjust")


def test_figures_are_computed_anew_until_the_list_is_put_forward(office: Office) -> None:
    before = office.propose().hash
    office.world.do("edit", office.refs[0], now=OVER, changes={"participants": 900})

    with pytest.raises(UserError) as refused:
        office.put_forward(seen=before)
    frozen = office.put_forward().hash
    office.world.do("edit", office.refs[0], now=OVER, changes={"participants": 1})

    assert refused.value.code == "commend.changed"
    assert office.approve().hash == frozen != before


def test_an_activity_sent_back_meanwhile_stops_the_whole_approval(office: Office) -> None:
    office.propose()
    office.put_forward()
    office.world.do("return", office.refs[2], now=OVER, reason="照片不符")
    before = len(office.world.rows(message))

    with pytest.raises(StepsBlocked):
        office.approve()

    assert (triggers(office)[-1], len(office.world.rows(message))) == ("put_forward", before)


def test_sending_back_needs_a_reason_and_tells_it_to_the_next(office: Office) -> None:
    office.propose()
    office.put_forward()
    with office.world.database.write() as conn:
        found = send_back(conn, NOTICE, actor=office.second, now=OVER, reason="请补充丰泽区的情况")

    assert (found.chain.state, found.chain.returned) == ("drawn_up", "请补充丰泽区的情况")


def test_whose_address_is_refused_gets_no_mail(office: Office) -> None:
    office.propose()
    office.put_forward()
    with office.world.database.write() as conn:
        li = office.world.person(LI).person_id or 0
        mark_address(conn, li, bad=True, reason="550", now=at(10, 11))
    office.approve()

    assert [row.person_id for row in office.world.rows(message)] == [1]
