"""What tests of the auditor's desk share: a city with a past, auditors here and elsewhere."""

from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from config.schedule import Role
from engine.actors import SYSTEM
from engine.audit.verify_job import VerifyJobs
from engine.drafts import PersonDraft, RightDraft
from engine.home import Home
from engine.roster import save_people
from tests.engine.auditors import AUDITOR, with_auditors
from tests.engine.world import FORMS, NOW, PROOF, World, at
from tests.web.browser import Browser
from tests.web.conftest import Clock
from web.desks.auditor.jobs import jobs_of

FAR = "far@example.cn"
FIRST, SECOND = "QZ-2023-0001", "QZ-2023-0002"
NASTY = "<script>alert(1)</script>平台故障"


@pytest.fixture
def past(city: World, clock: Clock) -> World:
    """Give the city on 30 September: one case went its way, one was forced, one handed over."""
    with_auditors(city)
    with city.database.write() as conn:
        far = PersonDraft(
            name="外地审计", email=FAR, rights=(RightDraft(role=Role.AUDITOR, region="410700"),)
        )
        save_people(conn, [far], actor=SYSTEM, now=NOW)
    city.enter(3)
    wang = city.person("wang@example.cn")
    city.do("register", FIRST, materials=FORMS, now=at(8, 22), actor=wang)
    city.do("register", SECOND, force=True, reason=NASTY, now=at(8, 23))
    city.do("hold", FIRST, now=at(9, 20), actor=wang)
    city.do("complete_info", FIRST, materials=PROOF, now=at(9, 29, 16), actor=wang)
    clock.now = at(9, 30, 10)
    return city


@pytest.fixture
def auditor(past: World, browser: Callable[[str | None], Browser]) -> Browser:
    """Give the browser of the city's auditor."""
    return browser(AUDITOR)


@pytest.fixture
def stranger_auditor(past: World, browser: Callable[[str | None], Browser]) -> Browser:
    """Give the browser of an auditor of another region."""
    return browser(FAR)


@pytest.fixture
def jobs(app: FastAPI, home: Home) -> Iterator[VerifyJobs]:
    """Give the verifications of the served city, ended with the test."""
    made = jobs_of(app.state.office)
    yield made
    made.close()


@pytest.fixture
def tamper(past: World) -> Callable[[], None]:
    """Give ``tamper()``: what the triggers would refuse, as the owner of the database can do it."""

    def alter() -> None:
        with past.database.write() as conn:
            conn.execute(text("DROP TRIGGER history_no_update"))
            conn.execute(text("UPDATE history SET reason = '另一个理由' WHERE forced = 1"))

    return alter
