from collections.abc import Callable

from engine.planning import edit_schedule
from engine.tables import schedule
from tests.engine.world import NOTICE, WANG, World, at
from tests.web.browser import Browser
from tests.web.notices.conftest import PAGE
from tests.web.notices.reading import form_of, words_of

Browse = Callable[[str], Browser]


def moved(city: World) -> None:
    """Put a second version in force."""
    text = city.rows(schedule, notice=NOTICE)[-1].source
    city.apply(edit_schedule(text, {"milestones.summary.due": "2023-10-12"}), now=at(9, 1))


def test_versions_say_when_and_lead_to_their_differences(admin: Browser, city: World) -> None:
    moved(city)

    page = admin.get(f"{PAGE}/versions").text

    assert words_of(page, "h1") == "现在是第 2 版，9月1日 周五应用"
    assert f'<a href="{PAGE}/versions/1/2">' in page


def test_two_versions_are_compared_in_words_and_in_the_text(admin: Browser, city: World) -> None:
    moved(city)

    told = words_of(admin.get(f"{PAGE}/versions/1/2").text)

    assert "第 1 版到第 2 版，改了 1 处" in told
    assert "提交活动总结：截止 9月30日 周六 10月12日 周四" in told
    assert "due: {at: 2023-10-12, cite: 请各活动举办单位于2023年9月30日前}" in told


def test_an_old_text_can_be_applied_again_by_way_of_the_plan(admin: Browser, city: World) -> None:
    moved(city)
    again = form_of(admin.get(f"{PAGE}/versions/1/2").text, f"{PAGE}/plan")

    plan = admin.post(f"{PAGE}/plan", again)
    answer = admin.post(f"{PAGE}/apply", form_of(plan.text, f"{PAGE}/apply"))

    first, _, third = city.rows(schedule, notice=NOTICE)
    assert (answer.status_code, third.version, third.source) == (303, 3, first.source)


def test_a_version_that_never_was_is_not_found(admin: Browser) -> None:
    statuses = [admin.get(f"{PAGE}/versions/{pair}").status_code for pair in ("1/9", "0/1", "x/1")]

    assert statuses == [404, 404, 404]


def test_who_is_no_admin_compares_and_is_offered_nothing(browser: Browse, city: World) -> None:
    moved(city)

    page = browser(WANG).get(f"{PAGE}/versions/1/2").text

    assert ("改了 1 处" in page, "重新应用" in page) == (True, False)
