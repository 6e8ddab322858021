"""Webhooks against a real server: signed, in order, at least once, and never for ever."""

import hmac
from base64 import b64decode, b64encode
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from structlog.testing import capture_logs

from engine.actors import SYSTEM
from engine.database import Database
from engine.do import Order, do
from engine.runner import Runner
from engine.seal import seal
from engine.seal_key import SealKey
from engine.tables import history, right, webhook
from engine.webhooks import post as posting
from engine.webhooks.courier import Courier
from engine.webhooks.deliver import LEASE, TRIES, Told, _claim, _mark, deliver_hooks, wait_after
from engine.webhooks.office import HookOffice
from engine.webhooks.post import Reply
from engine.webhooks.register import Registered, hooks, register, stop
from tests.engine.auditors import KEY as SEAL_KEY
from tests.engine.post import Post
from tests.engine.webhooks.listener import Call, Listener, listening
from tests.engine.world import ADMIN, FORMS, LEAD, LI, NOW, SCHOOL, World, at
from tests.engine.world import OFFICE as MAIL_OFFICE

OFFICE = HookOffice(key=b"k" * 32, private=True)
WHEN = at(9, 1)


class City(World):
    """A world with a webhook of its admin."""

    key: SealKey = SEAL_KEY

    def hook(self, url: str, *, region: str = "350500", who: str = ADMIN) -> Registered:
        """Register a webhook."""
        actor = self.person(who)
        with self.database.write() as conn:
            return register(conn, url, region, office=OFFICE, actor=actor, now=NOW)

    def tell(self, now: datetime = WHEN) -> list[Told]:
        """Seal what is new, then tell it."""
        with self.database.write() as conn:
            seal(conn, now=now, key=self.key)
        return deliver_hooks(self.database, OFFICE, clock=lambda: now)


@pytest.fixture
def city(database: Database) -> City:
    city = City(database)
    city.found()
    with database.write() as conn:
        seal(conn, now=NOW, key=city.key)
    return city


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening(Listener()) as found:
        yield found


def signature(call: Call, secret: str) -> str:
    """Return the signature that a call must bear, as a receiver works it out."""
    told = f"{call.headers['Webhook-Id']}.{call.headers['Webhook-Timestamp']}.".encode() + call.body
    made = hmac.digest(b64decode(secret.removeprefix("whsec_")), told, "sha256")
    return f"v1,{b64encode(made).decode()}"


def test_a_change_of_state_is_told_signed_and_without_anything_personal(
    city: City, listener: Listener
) -> None:
    secret = city.hook(f"{listener.url}/duban?x=1").secret
    [ref] = city.enter()

    city.tell()

    [call] = listener.calls
    row = city.rows(history, subject=f"case:{ref}")[0]
    assert call.path == "/duban?x=1"
    assert call.headers["Webhook-Signature"] == signature(call, secret)
    assert call.headers["Webhook-Timestamp"] == str(int(WHEN.timestamp()))
    assert call.told == {
        "id": call.headers["Webhook-Id"],
        "type": "case.state_changed",
        "subject": ref,
        "kind": "activity",
        "title": "科学课 1",
        "notice": "quanzhou-2023",
        "region": "350502",
        "version": 1,
        "from": None,
        "to": "planned",
        "trigger": "enter",
        "forced": False,
        "occurred_at": row.occurred_at,
        "recorded_at": row.recorded_at,
    }


def test_changes_are_told_in_order_and_each_once(city: City, listener: Listener) -> None:
    city.hook(listener.url)
    refs = city.enter(3)
    city.do("register", *refs, now=at(8, 22), materials=FORMS)

    city.tell()
    city.tell()

    assert [(call.told["subject"], call.told["to"]) for call in listener.calls] == [
        *((ref, "planned") for ref in refs),
        *((ref, "registered") for ref in refs),
    ]
    assert len({call.headers["Webhook-Id"] for call in listener.calls}) == 6


def test_what_was_before_it_was_registered_is_not_told(city: City, listener: Listener) -> None:
    city.enter()
    with city.database.write() as conn:
        seal(conn, now=NOW, key=city.key)
    city.hook(listener.url)

    assert city.tell() == []


def test_only_cases_of_its_region_are_told(city: City, listener: Listener) -> None:
    city.hook(listener.url, region="350503")
    city.enter(1)
    city.enter(1, unit=SCHOOL, region="350503", coordinator=LI)

    city.tell()

    assert [call.told["region"] for call in listener.calls] == ["350503"]


def test_what_is_no_change_of_state_is_passed_over(city: City, listener: Listener) -> None:
    city.hook(listener.url)
    city.sweep(at(8, 21))

    assert city.tell() == []
    assert city.rows(webhook)[0].cursor > 0


def test_an_error_is_tried_again_later_with_the_same_id(city: City, listener: Listener) -> None:
    listener.answers = [500]
    city.hook(listener.url)
    city.enter()

    assert [one.taken for one in city.tell()] == [False]
    assert city.tell(WHEN + timedelta(seconds=10)) == []
    assert [one.taken for one in city.tell(WHEN + timedelta(minutes=1))] == [True]

    first, second = listener.calls
    assert first.headers["Webhook-Id"] == second.headers["Webhook-Id"]
    assert first.body == second.body
    assert city.rows(webhook)[0].error is None


def test_what_comes_after_a_change_that_was_not_taken_waits_for_it(city: City, listener: Listener) -> None:
    listener.answers = [503]
    city.hook(listener.url)
    refs = city.enter(2)

    city.tell()
    city.tell(WHEN + timedelta(minutes=1))

    assert [call.told["subject"] for call in listener.calls] == [refs[0], refs[0], refs[1]]


def test_a_redirect_is_not_followed(city: City, listener: Listener) -> None:
    listener.answers = [302]
    city.hook(listener.url)
    city.enter()

    city.tell()

    assert [call.path for call in listener.calls] == ["/"]
    assert city.rows(webhook)[0].error == "HTTP 302, redirects are not followed"


def test_a_server_that_drips_is_cut_off(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posting, "LONGEST", 0.3)
    with listening(Listener(slow=True)) as listener:
        city.hook(listener.url)
        city.enter()

        assert [one.taken for one in city.tell()] == [False]
        assert city.rows(webhook)[0].error == "cut off after 0.3 s"


def test_a_server_that_is_not_there_is_an_error_like_any_other(city: City, listener: Listener) -> None:
    with listening(Listener()) as gone:
        city.hook(gone.url)
    city.hook(listener.url)
    city.enter()

    assert [one.taken for one in city.tell()] == [False, True]
    assert city.rows(webhook)[0].error.startswith("ConnectionRefusedError")


def test_after_three_days_of_failures_it_stops_and_its_owner_is_told(city: City, listener: Listener) -> None:
    listener.answers = [500] * 100
    city.hook(listener.url)
    city.enter()
    now = WHEN
    while city.rows(webhook)[0].stopped_at is None:
        city.tell(now)
        now = max(now, city.rows(webhook)[0].not_before or now)

    with city.database.read() as conn:
        [hook] = hooks(conn, city.person(ADMIN))
    assert len(listener.calls) == TRIES
    assert timedelta(days=2.5) < now - WHEN < timedelta(days=3.5)
    assert (hook.state, hook.text.zh) == ("stopped", "没有送达，已停止（HTTP 500）。修好后请重新登记。")
    assert [row.trigger for row in city.rows(history, subject="webhook:1")] == ["register", "stop"]


def test_an_address_that_is_gone_for_good_is_not_called_again(city: City, listener: Listener) -> None:
    listener.answers = [410]
    city.hook(listener.url)
    city.enter()

    city.tell()

    assert city.rows(webhook)[0].stopped_at == WHEN


def test_waits_grow_to_six_hours() -> None:
    waits = [wait_after("salt", attempt).total_seconds() for attempt in range(1, TRIES)]

    assert 22 <= waits[0] <= 38
    assert max(waits) <= 6 * 3600 * 1.25
    assert timedelta(days=2.5) < timedelta(seconds=sum(waits)) < timedelta(days=3.5)


def test_a_process_killed_between_call_and_mark_tells_once_more_not_less(
    city: City, listener: Listener
) -> None:
    city.hook(listener.url)
    city.enter()
    city.tell(NOW)
    city.enter(1, title="第二场")
    with city.database.write() as conn:
        seal(conn, now=WHEN, key=city.key)
        assert _claim(conn, 1, now=WHEN) is not None  # and then nothing more

    assert city.tell(WHEN + timedelta(seconds=5)) == []
    assert [one.taken for one in city.tell(WHEN + LEASE)] == [True]


def test_a_late_worker_moves_nothing_back(city: City, listener: Listener) -> None:
    city.hook(listener.url)
    city.enter(2)
    with city.database.write() as conn:
        seal(conn, now=WHEN, key=city.key)
        late = _claim(conn, 1, now=WHEN)
    city.tell(WHEN + LEASE)
    before = city.rows(webhook)

    assert late is not None
    with city.database.write() as conn:
        _mark(conn, late, Reply(taken=False, detail="HTTP 500"), now=WHEN + 2 * LEASE)
        _mark(conn, late, Reply(taken=True, detail=""), now=WHEN + 2 * LEASE)

    assert city.rows(webhook) == before


def test_a_change_that_becomes_visible_late_is_told_all_the_same(
    postgresql: Database, listener: Listener
) -> None:
    city = City(postgresql)
    city.found()
    slow, quick = city.enter(2)
    city.tell(NOW)
    city.hook(listener.url)
    order = Order(trigger="register", refs=(slow,), actor=SYSTEM, materials=FORMS)
    with postgresql.write() as conn:
        do(conn, order, now=at(8, 22))
        city.do("register", quick, now=at(8, 22), materials=FORMS)
        city.tell()

    city.tell(WHEN + timedelta(seconds=1))

    assert [call.told["subject"] for call in listener.calls] == [quick, slow]


def test_who_loses_the_right_is_told_no_more(city: City, listener: Listener) -> None:
    city.hook(listener.url, region="350502", who=LEAD)
    with city.database.write() as conn:
        conn.execute(right.delete().where(right.c.role == "lead"))
    city.enter()

    assert city.tell() == []
    assert city.rows(webhook)[0].stopped_at == WHEN


def test_a_stopped_webhook_is_not_called(city: City, listener: Listener) -> None:
    number = city.hook(listener.url).number
    city.enter()
    with city.database.write() as conn:
        stop(conn, number, actor=city.person(ADMIN), now=NOW)

    assert city.tell() == []
    assert listener.calls == []


def test_one_that_fails_does_not_hold_up_another(city: City, listener: Listener) -> None:
    with listening(Listener((500,) * 9)) as broken:
        city.hook(broken.url)
        city.hook(listener.url)
        city.enter(3)

        city.tell()

    assert (len(broken.calls), len(listener.calls)) == (1, 3)


def test_the_courier_tells_when_it_is_woken_and_stops_when_it_is_told(
    sqlite: Database, listener: Listener
) -> None:
    city = City(sqlite)
    city.found()
    city.hook(listener.url)
    courier = Courier(database=sqlite, office=lambda: OFFICE)
    courier.start()
    city.enter()

    courier.wake()

    assert listener.asked.wait(10)
    courier.stop()
    courier.stop()
    assert [row.attempts for row in city.rows(webhook)] == [0]


def test_a_runner_tells_webhooks_beside_its_mails(sqlite: Database, listener: Listener) -> None:
    city = City(sqlite)
    city.found()
    city.hook(listener.url)
    city.enter()
    courier = Courier(database=sqlite, office=lambda: OFFICE)
    runner = Runner(database=sqlite, office=MAIL_OFFICE, transport=Post, courier=courier)

    with capture_logs():
        runner.start()
        asked = listener.asked.wait(10)
        runner.stop()

    assert asked
    assert listener.calls[0].told["to"] == "planned"
