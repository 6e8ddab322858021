"""An activity in the hands of its coordinator, at each of its steps."""

import re
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from httpx2 import Response
from PIL import Image

from config.schedule import Role
from engine.actors import SYSTEM
from engine.drafts import PersonDraft, RightDraft
from engine.roster import save_people
from engine.tables import case
from tests.engine.world import FORMS, NOW, World, at
from tests.web.conftest import Clock

AUDITOR = "auditor@example.cn"


@pytest.fixture
def autumn(clock: Clock) -> Clock:
    """Set the clock to 27 September, when most is due within three days."""
    clock.now = at(9, 27, 10)
    return clock


@pytest.fixture
def planned(city: World) -> str:
    """Give the number of an activity that is planned."""
    return city.enter()[0]


@pytest.fixture
def held(city: World, planned: str, autumn: Clock) -> str:
    """Give the number of an activity that took place and whose photos are still missing."""
    city.do("register", planned, materials=FORMS, now=at(8, 25))
    city.do("hold", planned, now=at(9, 19))
    return planned


@pytest.fixture
def auditor(city: World) -> str:
    """Enter an auditor of the city and give their address."""
    grants = (RightDraft(role=Role.AUDITOR, region="350500"),)
    with city.database.write() as conn:
        save_people(conn, [PersonDraft(name="郑审计", email=AUDITOR, rights=grants)], actor=SYSTEM, now=NOW)
    return AUDITOR


def activity(city: World) -> Any:
    """Return the row of the only activity there is."""
    [row] = city.rows(case, kind="activity")
    return row


def photo(colour: str = "steelblue") -> bytes:
    """Return a small photo."""
    made = BytesIO()
    Image.new("RGB", (64, 48), colour).save(made, "JPEG")
    return made.getvalue()


def fields(page: Response, action: str) -> dict[str, str]:
    """Return the hidden fields of a page's form, as a browser would send them."""
    form = re.search(rf'<form action="{re.escape(action)}".*?</form>', page.text, re.DOTALL)
    assert form, f"no form leads to {action}"
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[0])
    return {name: unescape(value) for name, value in pairs if name != "csrf"}


def headline(page: Response) -> str:
    """Return the answer that a page begins with."""
    found = re.search(r"<h1>(.*?)</h1>", page.text, re.DOTALL)
    assert found
    return unescape(found[1])
