"""What a person does beside the cases, by the API: browsers and calendar, batches, checkpoints, checks."""

from collections.abc import Callable

from config.catalogue import catalogue
from engine.accounts.feeds import person_of_feed
from engine.accounts.tables import feed, session
from engine.home import Home
from engine.seal import seal
from tests.engine.world import ADMIN, LEAD, NOTICE, NOW, WANG, World, at
from tests.web.api.conftest import Program
from tests.web.browser import Browser
from tests.web.conftest import Clock

Start = Callable[..., Program]


def test_every_browser_is_signed_out_at_once(
    city: World, program: Start, browser: Callable[[str], Browser]
) -> None:
    for _ in range(2):
        browser(WANG)
    browser(ADMIN)

    done = program(WANG).ask("DELETE", "/me/sessions")

    assert done.json() == {"ended": 2}
    assert len(city.rows(session)) == 1


def test_a_calendar_gets_a_new_address_told_once_and_loses_it(city: World, program: Start) -> None:
    wang = program(WANG)

    first, second = (wang.post("/me/calendar").json()["url"] for _ in range(2))
    known = [_whose(city, url) is not None for url in (first, second)]
    gone = wang.ask("DELETE", "/me/calendar")

    assert (known, gone.status_code, city.rows(feed)) == ([False, True], 204, [])


def _whose(city: World, url: str) -> int | None:
    with city.database.read() as conn:
        return person_of_feed(conn, url.rpartition("/")[2].removesuffix(".ics"))


def test_a_calendar_that_is_only_tried_keeps_its_address(city: World, program: Start) -> None:
    wang = program(WANG)
    kept = wang.post("/me/calendar").json()["url"]

    wang.post("/me/calendar?dry_run=true")

    assert _whose(city, kept) is not None


def test_a_whole_batch_is_released(city: World, program: Start, clock: Clock) -> None:
    city.apply(catalogue()[NOTICE] + "\nreview: true\n")
    city.enter(2, coordinator=WANG)
    city.sweep(at(8, 21, 9, 1))
    clock.now = at(8, 21, 10)
    admin = program(ADMIN)

    [batch] = admin.get("/mails/batches").json()["items"]
    done = admin.post(f"/mails/batches/{batch['sweep_id']}/release").json()

    assert (set(done["states"].values()), len(done["states"])) == ({"queued"}, batch["mails"])
    assert admin.get("/mails/batches").json()["items"] == []


def test_a_kept_checkpoint_is_held_against_the_history(city: World, home: Home, program: Start) -> None:
    with home.database.write() as conn:
        made = seal(conn, now=NOW, key=home.seal_key())
    assert made is not None
    admin = program(ADMIN)

    found = admin.post("/verifications/checkpoint", {"note": made.note}).json()
    nonsense = admin.post("/verifications/checkpoint", {"note": "x"})

    assert (found["rows"], found["ours"], found["problem"]) == (made.size, True, None)
    assert found["pubkey"] == home.seal_key().pubkey
    assert (nonsense.status_code, nonsense.json()["type"]) == (422, "urn:duban:problem:verify.note")


def test_the_verifier_that_runs_alone_is_given(city: World, program: Start) -> None:
    answer = program(ADMIN).get("/verifications/verifier")

    assert answer.headers["content-type"].startswith("text/x-python")
    compile(answer.text, "verifier.py", "exec")


def test_everything_that_the_service_needs_is_looked_at(city: World, program: Start) -> None:
    found = {one["name"]: one["level"] for one in program(ADMIN).get("/settings/checks").json()["items"]}

    assert (found["templates"], found["lifecycles"], "database" in found) == ("ok", "ok", False)
    assert program(LEAD).get("/settings/checks").status_code == 403


def test_a_case_that_changed_since_it_was_seen_blocks_a_step_for_many(city: World, program: Start) -> None:
    city.enter(2)
    city.do("note", "QZ-2023-0001", reason="somebody was faster")
    expect = {"QZ-2023-0001": 1, "QZ-2023-0002": 1}
    body = {"trigger": "note", "refs": [*expect], "reason": "x", "expect": expect, "skip_blocked": True}

    found = program(ADMIN).post("/steps?dry_run=true", body).json()

    assert found["done"] == ["QZ-2023-0002"]
    assert [one["code"] for one in found["blocked"][0]["blockers"]] == ["changed_meanwhile"]
