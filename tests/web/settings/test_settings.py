"""Settings: what is set without secrets, how the service stands, a mail to try it, webhooks."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import update

from config.settings import load_settings
from engine.home import Home, open_home
from engine.tables import history, person, webhook
from notifications.outcome import Answer, Outcome
from tests.engine.world import ADMIN, LEAD, NOW, WANG, World
from tests.web.browser import Browser
from web.app import build

Open = Callable[[str | None], Browser]
HOOK = {"url": "https://hook.example.cn/duban?key=hidden", "region": "350500"}


def test_what_is_set_is_told_with_its_variable_and_without_secrets(home: Home, city: World) -> None:
    secret = "smtps://duban:geheim@mail.example.cn:465"
    settings = load_settings(
        home=home.path,
        mail_url=secret,
        sso_issuer="https://login.example.cn",
        sso_client_id="duban",
        sso_client_secret="sehr-geheim",
    )
    with open_home(settings) as opened:
        admin = Browser(build(opened, clock=lambda: NOW), ADMIN)
        page = admin.get("/settings").text
        admin.close()

    assert "DUBAN_MAIL_URL" in page
    assert "mail.example.cn" in page
    assert "DUBAN_BASE_URL" in page
    assert "geheim" not in page


def test_a_service_that_does_not_run_is_told_with_what_to_do(browser: Open) -> None:
    page = browser(ADMIN).get("/settings").text

    assert "有 1 处要处理" in page
    assert "请启动 duban" in page


def test_everything_can_be_checked_on_one_page(browser: Open) -> None:
    page = browser(ADMIN).get("/settings/checks").text

    assert re.search(r"检查了 \d+ 处", page)
    assert "邮件模板都能生成" in page


def test_refused_addresses_are_counted_and_led_to(city: World, browser: Open) -> None:
    with city.database.write() as conn:
        conn.execute(update(person).where(person.c.email == WANG).values(address_bad=True))

    page = browser(ADMIN).get("/settings").text

    assert "有 1 人的邮箱被邮件服务器拒收" in page
    assert 'href="/people?refused=1"' in page


def test_a_test_mail_goes_out_at_once_and_its_answer_is_told(home: Home, browser: Open) -> None:
    admin = browser(ADMIN)

    answer = admin.post("/settings/test-mail", {"address": "probe@example.cn"})

    assert "邮件服务器收下了给 probe@example.cn 的测试邮件" in admin.follow(answer).text
    [file] = Path(home.path / "mail").glob("*.eml")
    assert "probe@example.cn" in file.read_text()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer.REFUSED, "邮件服务器拒收了给"),
        (Answer.NOT_ACCEPTED, "没有发出去"),
        (Answer.UNKNOWN, "没有等到答复"),
    ],
)
def test_every_answer_of_a_mail_server_has_its_words(
    answer: Answer, said: str, browser: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Server:
        def send(self, _mail: object) -> Outcome:
            return Outcome(answer=answer, detail="<b>550</b>")

        def close(self) -> None:
            return None

    monkeypatch.setattr("engine.trial_mails.open_transport", lambda _url: Server())
    admin = browser(ADMIN)

    page = admin.follow(admin.post("/settings/test-mail", {"address": "probe@example.cn"})).text

    assert said in page
    assert "&lt;b&gt;550" in page


@pytest.mark.parametrize("address", ["", "no address", "a@example.cn\r\nBcc: b@example.cn", "x" * 400])
def test_an_address_that_is_none_is_refused_and_kept(address: str, home: Home, browser: Open) -> None:
    answer = browser(ADMIN).post("/settings/test-mail", {"address": address})

    assert answer.status_code == 422
    assert not list((home.path / "mail").glob("*.eml"))


def test_test_mails_are_not_sent_too_often(home: Home, browser: Open) -> None:
    admin = browser(ADMIN)

    answers = [admin.post("/settings/test-mail", {"address": f"p{n}@example.cn"}) for n in range(6)]

    assert [one.status_code for one in answers] == [303] * 5 + [429]
    assert int(answers[-1].headers["retry-after"]) > 0
    assert "p5@example.cn" in answers[-1].text
    assert len(list((home.path / "mail").glob("*.eml"))) == 5


def test_the_secret_of_a_webhook_is_shown_once_and_never_again(city: World, browser: Open) -> None:
    admin = browser(ADMIN)

    made = admin.post("/settings/webhooks", HOOK)
    found = re.search(r"whsec_[A-Za-z0-9+/=]+", made.text)
    assert made.status_code == 200
    assert found is not None
    assert "Webhook-Signature" in made.text

    page = admin.get("/settings").text
    assert "hook.example.cn" in page
    assert found.group() not in page
    assert not any(found.group() in row.details for row in city.rows(history))


def test_a_webhook_is_for_a_place_by_its_name(city: World, browser: Open) -> None:
    made = browser(ADMIN).post("/settings/webhooks", {**HOOK, "region": "泉州市鲤城区"})

    assert (made.status_code, "福建省泉州市鲤城区" in made.text) == (200, True)
    assert [row.region for row in city.rows(webhook)] == ["350502"]


def test_a_webhook_that_may_not_be_called_is_refused_and_kept(city: World, browser: Open) -> None:
    admin = browser(ADMIN)

    for url in ("http://hook.example.cn/", "https://127.0.0.1/x", "nonsense", ""):
        answer = admin.post("/settings/webhooks", {"url": url, "region": "350500"})
        assert answer.status_code == 422
        assert f'value="{url}"' in answer.text
    elsewhere = admin.post("/settings/webhooks", {**HOOK, "region": "410700"})
    assert "负责整个地区" in elsewhere.text
    assert admin.post("/settings/webhooks", {**HOOK, "region": "<b>"}).status_code == 422
    assert city.rows(webhook) == []


def test_a_webhook_is_stopped(city: World, browser: Open) -> None:
    admin = browser(ADMIN)
    admin.post("/settings/webhooks", HOOK)
    [row] = city.rows(webhook)

    answer = admin.post("/settings/webhooks/stop", {"hook": str(row.id)})

    assert "推送已停止" in admin.follow(answer).text
    assert city.rows(webhook)[0].stopped_at is not None
    assert admin.post("/settings/webhooks/stop", {"hook": str(row.id)}).status_code == 404


def test_settings_are_for_admins(browser: Open) -> None:
    for address in (LEAD, WANG):
        one = browser(address)
        assert one.get("/settings").status_code == 403
        assert one.post("/settings/test-mail", {"address": "p@example.cn"}).status_code == 403
        assert one.post("/settings/webhooks", HOOK).status_code == 403


def test_settings_speak_english(browser: Open) -> None:
    admin = browser(ADMIN)
    admin.post("/language", {"lang": "en", "next": "/"})

    page = admin.get("/settings").text

    assert "1 thing needs you" in page
    assert "Send a test mail" in page
