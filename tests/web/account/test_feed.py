import re
from collections.abc import Callable

import pytest
from structlog.testing import capture_logs

from tests.engine.world import WANG, World
from tests.web.browser import Browser

Browse = Callable[..., Browser]


def address_of(page: str) -> str:
    """Return the path of the calendar that a page shows."""
    found = re.search(r"http://127\.0\.0\.1:8000(/feeds/[\w-]+\.ics)", page)
    assert found is not None
    return found[1]


def test_my_deadlines_are_fetched_by_their_secret_address_alone(browser: Browse, city: World) -> None:
    city.enter(2)
    path = address_of(browser(WANG).post("/me/calendar").text)

    answer = browser().get(path)

    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert (answer.text[:15], "科学课 1" in answer.text) == ("BEGIN:VCALENDAR", True)
    assert "set-cookie" not in answer.headers


def test_what_has_not_changed_is_not_sent_again(browser: Browse, city: World) -> None:
    city.enter()
    calendar, path = browser(), address_of(browser(WANG).post("/me/calendar").text)
    mark = calendar.get(path).headers["etag"]

    same = calendar.get(path, headers={"if-none-match": mark})
    city.enter(2)
    changed = calendar.get(path, headers={"if-none-match": mark})

    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", mark)
    assert changed.status_code == 200


def test_a_new_address_makes_the_old_one_worthless(browser: Browse) -> None:
    mine = browser(WANG)
    old, new = (address_of(mine.post("/me/calendar").text) for _ in range(2))

    answers = [browser().get(path).status_code for path in (old, new)]
    mine.post("/me/calendar/end")

    assert answers == [404, 200]
    assert browser().get(new).status_code == 404


@pytest.mark.parametrize("path", ["/feeds/x.ics", "/feeds/.ics", "/feeds/%00.ics", "/feeds/a%2Fb.ics"])
def test_a_wrong_address_leads_nowhere(browser: Browse, path: str) -> None:
    assert browser().get(path).status_code == 404


def test_the_address_is_shown_once_and_is_in_no_log(browser: Browse) -> None:
    mine = browser(WANG)
    with capture_logs() as lines:
        path = address_of(mine.post("/me/calendar").text)
        browser().get(path)
        browser().get(path.replace(".ics", "x.ics"))
        page = mine.get("/me").text
    secret = path.removeprefix("/feeds/").removesuffix(".ics")

    assert len(lines) >= 4
    assert (secret in str(lines), secret in page) == (False, False)
