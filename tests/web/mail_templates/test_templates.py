from collections.abc import Callable

import pytest

from config.catalogue import catalogue
from engine.tables import template_text
from engine.template_names import KINDS, shipped_text
from tests.engine.world import ADMIN, LEAD, WANG, World
from tests.web.browser import Browser
from tests.web.notices.reading import form_of, words_of
from web.visit import LANG

Browse = Callable[[str], Browser]
PAGE = "/templates/reminder/zh"
SUBJECT = "subject.txt"


@pytest.fixture
def admin(browser: Browse, city: World) -> Browser:
    """Give the city's admin, with one activity to show templates on."""
    city.enter()
    return browser(ADMIN)


@pytest.fixture
def typed(admin: Browser) -> dict[str, str]:
    """Give what the editor's form sends as it stands."""
    return form_of(admin.get(PAGE).text, PAGE)


def test_the_list_says_whose_texts_are_used(admin: Browser, typed: dict[str, str]) -> None:
    before = words_of(admin.get("/templates").text, "h1")
    admin.post(PAGE, typed | {SUBJECT: "请办：{{ digest.count }} 项"})

    page = words_of(admin.get("/templates").text)

    assert before == "11 种邮件都用系统自带的写法"
    assert "11 种邮件里，有 1 份改成了自己的写法" in page
    assert "到期提醒（中文） 改了 1 处 8月15日 09:00 周管理员" in page


def test_texts_sent_back_as_they_are_change_nothing(
    admin: Browser, typed: dict[str, str], city: World
) -> None:
    page = admin.follow(admin.post(PAGE, typed)).text

    assert ("内容没有变化" in page, city.rows(template_text)) == (True, [])


def test_a_saved_text_is_in_force_and_among_the_versions(
    admin: Browser, typed: dict[str, str], city: World
) -> None:
    page = admin.follow(admin.post(PAGE, typed | {SUBJECT: "请办：{{ digest.count }} 项"})).text

    assert "已保存，之后的邮件按新的写法发" in page
    assert [(one.name, one.text) for one in city.rows(template_text)] == [
        ("zh/reminder/subject.txt", "请办：{{ digest.count }} 项")
    ]
    versions = words_of(admin.get(f"{PAGE}/versions").text)
    assert "改过 1 次" in versions
    assert "第 1 版 8月15日 09:00 周管理员" in versions


def test_a_broken_tag_names_its_text_and_line_and_everything_is_kept(
    admin: Browser, typed: dict[str, str], city: World
) -> None:
    broken = typed | {"body.txt": "您好\n{% if digest.count %}\n没有结束"}

    answer = admin.post(PAGE, broken)

    assert answer.status_code == 422
    assert "第 3 行：无法生成邮件（Unexpected end of template" in words_of(answer.text)
    assert form_of(answer.text, PAGE) == broken
    assert city.rows(template_text) == []


@pytest.mark.parametrize(
    ("hostile", "told"),
    [
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
        (
            "{% for a in range(999) %}{% for b in range(999) %}{% for c in range(999) %}{% endfor %}"
            "{% endfor %}{% endfor %}",
            "请减少循环和重复的文字",
        ),
        ("{% call x() %}{% endcall %}", "call"),
    ],
)
def test_a_hostile_template_gets_the_engines_words(
    hostile: str, told: str, admin: Browser, typed: dict[str, str]
) -> None:
    answer = admin.post(PAGE, typed | {"body.txt": hostile})

    assert (answer.status_code, told in words_of(answer.text)) == (422, True)


def test_a_template_that_would_run_something_is_not_saved(
    admin: Browser, typed: dict[str, str], city: World
) -> None:
    answer = admin.post(PAGE, typed | {"body.html": "<p>x</p><script>alert(1)</script>"})

    assert (answer.status_code, "邮件里不能有“script”" in answer.text) == (422, True)
    assert "<script>alert" not in answer.text
    assert city.rows(template_text) == []


def test_who_saved_over_an_older_version_sees_the_difference_and_may_save_again(
    admin: Browser, typed: dict[str, str]
) -> None:
    admin.post(PAGE, typed | {SUBJECT: "甲"})

    answer = admin.post(PAGE, typed | {SUBJECT: "乙"})

    assert answer.status_code == 409
    assert "别人刚改过这里" in answer.text
    again = form_of(answer.text, PAGE)
    assert again[SUBJECT] == "乙"
    assert admin.post(PAGE, again).status_code == 303


def test_the_default_is_restored_and_the_own_text_stays_among_the_versions(
    admin: Browser, typed: dict[str, str], city: World
) -> None:
    admin.post(PAGE, typed | {SUBJECT: "甲"})
    mine = form_of(admin.get(PAGE).text, PAGE)

    page = admin.follow(admin.post(f"{PAGE}/restore", mine | {"part": SUBJECT})).text

    assert "主题已恢复为系统自带的写法" in page
    assert form_of(page, PAGE)[SUBJECT] == shipped_text("zh/reminder/subject.txt")
    assert [one.text for one in city.rows(template_text)] == ["甲", None]


def test_templates_shared_with_other_regions_are_read_and_the_page_says_who_writes_them(
    admin: Browser, typed: dict[str, str], city: World
) -> None:
    city.apply(catalogue()["xinxiang-2023"], notice="xinxiang-2023")

    pages = [admin.get(path).text for path in ("/templates", PAGE)]
    saved = admin.post(PAGE, typed | {SUBJECT: "甲"})

    assert ["请联系全国一级的管理员" in page for page in pages] == [True, True]
    assert (pages[1].count("<textarea"), pages[1].count(" readonly")) == (3, 3)
    assert (">保存</button>" in pages[1], saved.status_code) == (False, 403)


@pytest.mark.parametrize("who", [WANG, LEAD])
def test_templates_are_for_admins(who: str, browser: Browse) -> None:
    mine = browser(who)

    assert {mine.get(path).status_code for path in ("/templates", PAGE, f"{PAGE}/versions")} == {403}


@pytest.mark.parametrize("path", ["/templates/checkpoint/zh", "/templates/reminder/fr", "/templates/x/zh"])
def test_a_mail_that_nobody_writes_has_no_page(path: str, admin: Browser) -> None:
    assert admin.get(path).status_code == 404


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", [*KINDS, "common"])
def test_every_kind_of_mail_is_shown_on_a_real_case_in_both_languages(
    kind: str, lang: str, admin: Browser
) -> None:
    admin.cookies.set(LANG, lang)

    page = admin.get(f"/templates/{kind}/{lang}")

    assert (page.status_code, 'src="/templates/preview/' in page.text) == (200, True)
