"""A case goes to a colleague of the unit, or to somebody new."""

from collections.abc import Callable

from config.schedule import Role
from engine.actors import SYSTEM
from engine.drafts import PersonDraft, RightDraft
from engine.roster import save_people
from engine.tables import person
from tests.engine.world import NOW, UNIT, WANG, World
from tests.web.browser import Browser
from tests.web.case.conftest import activity

Open = Callable[[str | None], Browser]
CHEN = "chen@example.cn"


def chen(city: World) -> int:
    grants = (RightDraft(role=Role.COORDINATOR, region="350502", unit=UNIT),)
    with city.database.write() as conn:
        save_people(conn, [PersonDraft(name="陈洁", email=CHEN, rights=grants)], actor=SYSTEM, now=NOW)
    return int(city.rows(person, email=CHEN)[0].id)


def test_a_case_goes_to_a_colleague_of_the_unit(browser: Open, city: World, planned: str) -> None:
    number, visitor = chen(city), browser(WANG)
    page = visitor.get(f"/cases/{planned}/hand-over").text

    done = visitor.post(f"/cases/{planned}/hand-over", {"to": str(number), "version": "1"})

    assert "陈洁" in page
    assert "已转给同事" in visitor.follow(done).text
    assert activity(city).coordinator_id == number


def test_somebody_new_is_entered_and_what_is_wrong_is_told_at_its_field(
    browser: Open, city: World, planned: str
) -> None:
    visitor, address = browser(WANG), f"/cases/{planned}/hand-over"
    new = {"to": "new", "name": "陈新", "email": "不对"}

    refused = visitor.post(address, new)
    visitor.post(address, new | {"email": CHEN})

    assert refused.status_code == 422
    assert ('id="f-email-problem"' in refused.text, 'value="陈新"' in refused.text) == (True, True)
    assert activity(city).coordinator_id == city.rows(person, email=CHEN)[0].id


def test_a_case_does_not_go_to_just_anybody(browser: Open, city: World, planned: str) -> None:
    lead = city.rows(person, name="赵组长")[0].id

    answer = browser(WANG).post(f"/cases/{planned}/hand-over", {"to": str(lead)})

    assert (answer.status_code, "只能转给本单位" in answer.text) == (422, True)


def test_handing_over_what_was_changed_meanwhile_is_refused(browser: Open, city: World, planned: str) -> None:
    number = chen(city)
    city.do("note", planned, reason="请核对")

    answer = browser(WANG).post(f"/cases/{planned}/hand-over", {"to": str(number), "version": "1"})

    assert (answer.status_code, activity(city).coordinator_id == number) == (409, False)
