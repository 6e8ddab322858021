"""Mails sent right now by the API: with the server's answer, not too often, once for a key."""

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.home import Home
from engine.tables import history
from tests.engine.world import ADMIN, WANG, World
from tests.web.api.conftest import Program

Start = Callable[..., Program]
TRY, BODY = "/settings/test-mail", {"address": "probe@example.cn"}
KEY = {"idempotency-key": "trial-1"}


def mails(home: Home) -> list[Path]:
    """Return the mails that were sent."""
    return sorted((home.settings.home / "mail").rglob("*.eml"))


def test_a_test_mail_goes_out_at_once_and_its_answer_is_told(home: Home, program: Start) -> None:
    answer = program(ADMIN).post(TRY, BODY)

    assert (answer.status_code, answer.json()["answer"], answer.json()["to"]) == (
        200,
        "accepted",
        "probe@example.cn",
    )
    [sent] = mails(home)
    assert "probe@example.cn" in sent.read_text()


def test_a_test_mail_that_is_only_tried_is_not_sent(home: Home, program: Start) -> None:
    answer = program(ADMIN).post(f"{TRY}?dry_run=true", BODY)

    assert (answer.json()["answer"], answer.headers["duban-dry-run"]) == ("unsent", "true")
    assert mails(home) == []


def test_the_same_key_sends_one_mail(home: Home, program: Start) -> None:
    admin = program(ADMIN)

    first, again = (admin.post(TRY, BODY, headers=KEY) for _ in range(2))

    assert (again.content, again.headers["idempotency-replayed"]) == (first.content, "true")
    assert len(mails(home)) == 1


def test_a_mail_whose_answer_was_lost_is_never_sent_again_under_its_key(
    home: Home, program: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = program(ADMIN)
    with monkeypatch.context() as patch:
        patch.setattr("web.api.errands.answer_again", _ended)
        broken = admin.post(TRY, BODY, headers=KEY)

    again = admin.post(TRY, BODY, headers=KEY)

    assert (broken.status_code, again.json()["answer"]) == (500, "begun")
    assert "never sends it again" in again.json()["text"]["en"]
    assert len(mails(home)) == 1


def _ended(*_given: object) -> None:
    raise RuntimeError("the program ends between the mail and its answer")


def test_a_refusal_leaves_the_key_unused(home: Home, program: Start) -> None:
    admin = program(ADMIN)
    for number in range(5):
        admin.post(TRY, {"address": f"p{number}@example.cn"})

    refused = admin.post(TRY, BODY, headers=KEY)

    assert (refused.status_code, refused.json()["type"]) == (429, "urn:duban:problem:limits.too_often")
    assert int(refused.headers["retry-after"]) > 0
    assert (len(mails(home)), "begun" in admin.post(TRY, BODY, headers=KEY).text) == (5, False)


def test_a_template_is_mailed_to_oneself_and_not_kept(home: Home, city: World, program: Start) -> None:
    city.enter()
    admin = program(ADMIN)
    before = city.rows(history)
    body = {"text": "请看这 {{ digest.count }} 项", "ref": "QZ-2023-0001", "kind": "reminder"}

    answer = admin.post("/templates/zh.reminder.subject.txt/test-mail", body).json()

    assert (answer["answer"], answer["to"], len(mails(home))) == ("accepted", ADMIN, 1)
    assert city.rows(history) == before


def test_a_template_is_tried_in_its_own_language(city: World, program: Start) -> None:
    city.enter()
    body = {"text": "{{ digest.count }} to do", "ref": "QZ-2023-0001", "kind": "reminder"}

    shown = program(ADMIN).post("/templates/en.reminder.subject.txt/preview", body).json()

    assert shown["subject"] == "1 to do"


def test_a_template_that_makes_no_mail_is_refused_and_nothing_is_sent(
    home: Home, city: World, program: Start
) -> None:
    city.enter()
    body = {"text": "{{ nonsense }}", "ref": "QZ-2023-0001", "kind": "reminder"}

    answer = program(ADMIN).post("/templates/zh.reminder.subject.txt/test-mail", body)

    assert (answer.status_code, mails(home)) == (422, [])


def test_only_an_admin_sends_trials(program: Start) -> None:
    assert program(WANG).post(TRY, BODY).status_code == 403
