import re
from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from engine.home import Home
from tests.engine.world import ADMIN, LI, NOW, WANG, World
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.web.notices.reading import form_of, words_of
from web.desks.admin.templates_drafts import Drafts

Browse = Callable[[str], Browser]
PAGE = "/templates/reminder/zh"
PREVIEW, TRY = f"{PAGE}/preview", f"{PAGE}/try"
HTMX = {"hx-request": "true"}


@pytest.fixture
def admin(browser: Browse, city: World) -> Browser:
    """Give the city's admin, with activities to show templates on."""
    city.enter(2)
    return browser(ADMIN)


@pytest.fixture
def typed(admin: Browser) -> dict[str, str]:
    """Give what the editor's form sends as it stands."""
    return form_of(admin.get(PAGE).text, PAGE)


def frame_of(html: str) -> str:
    """Return the address that the frame of a page loads."""
    found = re.search(r'<iframe[^>]* src="([^"]+)" sandbox=""', html)
    assert found
    return found[1]


def mails(home: Home) -> list[Path]:
    """Return the mails that were sent."""
    return sorted((home.settings.home / "mail").rglob("*.eml"))


def test_a_preview_shows_the_chosen_case_as_the_typed_texts_have_it(
    admin: Browser, typed: dict[str, str]
) -> None:
    texts = {"ref": "QZ-2023-0002", "subject.txt": "请看 {{ digest.groups[0].items[0].title }}"}

    part = admin.post(PREVIEW, typed | texts, headers=HTMX)

    assert part.status_code == 200
    assert part.text.strip().startswith('<div id="preview"')
    assert "请看 科学课 2" in words_of(part.text, "dl")
    assert "科学课 2" in admin.get(frame_of(part.text)).text


def test_without_script_the_whole_page_comes_back_with_what_was_typed(
    admin: Browser, typed: dict[str, str]
) -> None:
    page = admin.post(PREVIEW, typed | {"subject.txt": "请看"})

    assert (page.status_code, form_of(page.text, PAGE)["subject.txt"]) == (200, "请看")
    assert admin.get(frame_of(page.text)).status_code == 200


def test_without_a_case_an_invented_one_is_shown(admin: Browser, typed: dict[str, str]) -> None:
    part = admin.post(PREVIEW, typed | {"ref": ""}, headers=HTMX)

    assert "食品安全在身边：社区科普讲堂" in admin.get(frame_of(part.text)).text


def test_a_broken_text_is_told_beside_the_editor(admin: Browser, typed: dict[str, str]) -> None:
    part = admin.post(PREVIEW, typed | {"subject.txt": "请看\n{{ nobody.name }}"}, headers=HTMX)

    assert "主题：第 2 行：无法生成邮件（'nobody' is undefined）" in words_of(part.text, "ul")
    assert "<iframe" not in part.text


def test_a_case_that_is_not_mine_to_see_is_not_found(
    browser: Browse, admin: Browser, typed: dict[str, str]
) -> None:
    page = admin.post(PREVIEW, typed | {"ref": "QZ-2023-9999"})

    assert (page.status_code, "没有找到“QZ-2023-9999”，请核对编号。" in page.text) == (422, True)


def test_a_frame_holds_markup_in_which_nothing_can_run(admin: Browser, typed: dict[str, str]) -> None:
    nasty = typed | {"body.html": "<script>alert(1)</script>", "subject.txt": "<img src=x onerror=alert(1)>"}

    part = admin.post(PREVIEW, nasty, headers=HTMX).text
    frame = admin.get(frame_of(part))

    assert "&lt;img src=x" in part
    assert ("<script" in part, "<img" in part) == (False, False)
    policy_ = frame.headers["content-security-policy"]
    assert ("script" in policy_, "default-src 'none'" in policy_, policy_.endswith("sandbox")) == (
        False,
        True,
        True,
    )


def test_a_preview_is_its_writers_alone(
    admin: Browser, typed: dict[str, str], browser: Browse, clock: Clock
) -> None:
    address = frame_of(admin.post(PREVIEW, typed, headers=HTMX).text)

    assert browser(WANG).get(address).status_code == 403
    clock.now = NOW + timedelta(hours=1)
    assert "预览已过期" in admin.get(address).text


def test_previews_are_few_and_end() -> None:
    drafts = Drafts()
    mine = [drafts.keep(str(number), owner=1, now=NOW) for number in range(7)]
    for number in range(200):
        drafts.keep("x", owner=number + 10, now=NOW)

    kept = [drafts.html(name, owner=1, now=NOW) for name in mine]

    assert kept == [None] * 7
    assert drafts.html(drafts.keep("y", owner=1, now=NOW), owner=2, now=NOW) is None


def test_a_mail_to_myself_leaves_with_the_typed_texts(
    admin: Browser, typed: dict[str, str], home: Home, city: World
) -> None:
    page = admin.post(TRY, typed | {"subject.txt": "试一试"})

    (mail,) = mails(home)
    sent = message_from_bytes(mail.read_bytes(), policy=policy.default)
    assert (ADMIN in str(sent["To"]), str(sent["Subject"])) == (True, "试一试")
    assert "邮件服务器已收下，请到收件箱查看。" in page.text
    assert form_of(page.text, PAGE)["subject.txt"] == "试一试"


def test_nothing_is_sent_where_the_text_is_broken(admin: Browser, typed: dict[str, str], home: Home) -> None:
    page = admin.post(TRY, typed | {"subject.txt": "{% if %}"})

    assert (page.status_code, mails(home)) == (422, [])


def test_only_so_many_mails_go_to_myself(admin: Browser, typed: dict[str, str], home: Home) -> None:
    statuses = [admin.post(TRY, typed).status_code for _ in range(7)]

    assert statuses == [200] * 5 + [429] * 2
    assert len(mails(home)) == 5


def test_li_is_no_admin_and_sends_nothing(browser: Browse, admin: Browser, home: Home) -> None:
    assert (browser(LI).post(TRY, {"ref": ""}).status_code, mails(home)) == (403, [])
