"""The page of commendations: what each admin sees and can do, from the first figures to the decision."""

import re
from collections.abc import Callable

import pytest

from config.schedule import Role
from engine.actors import SYSTEM
from engine.drafts import PersonDraft, RightDraft
from engine.roster import save_people
from engine.tables import case, message
from tests.engine.commendation.conftest import OVER, WU, finish
from tests.engine.world import ADMIN, LEAD, NOTICE, NOW, World
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.web.notices.reading import words_of

Browse = Callable[..., Browser]
PAGE = f"/notices/{NOTICE}/commendation"
ACTIVITIES = f"{PAGE}?award=activity"


@pytest.fixture
def refs(city: World, clock: Clock) -> tuple[str, ...]:
    """Play the season to its end, with a second admin; return the numbers of its activities."""
    clock.now = OVER
    draft = PersonDraft(name="吴主任", email=WU, rights=(RightDraft(role=Role.ADMIN, region="350500"),))
    with city.database.write() as conn:
        save_people(conn, [draft], actor=SYSTEM, now=NOW)
    return finish(city)


def seen(page: str) -> str:
    """Return the hash of the list that a page shows."""
    return re.findall(r'name="seen" value="([0-9a-f]{64})"', page)[0]


def put_forward(one: Browser) -> None:
    one.post(PAGE)
    one.post(f"{PAGE}/put-forward", {"seen": seen(one.get(PAGE).text)})


def test_the_page_answers_with_a_number_and_explains_every_place(
    browser: Browse, refs: tuple[str, ...]
) -> None:
    page = browser(ADMIN).get(ACTIVITIES).text

    assert words_of(page, "h1") == "还没有拟定；按现在的情况，优秀活动可选 1 个"
    assert "参与 300 人：22.5/30 分，全市第 1" in page
    assert "名额 1 个（3 个候选的 10%）" in page


def test_two_admins_decide_on_the_page(browser: Browse, refs: tuple[str, ...], city: World) -> None:
    first, second = browser(ADMIN), browser(WU)
    put_forward(first)

    waiting, page = first.get(PAGE).text, second.get(PAGE).text
    answer = second.follow(second.post(f"{PAGE}/approve", {"seen": seen(page)}))

    assert ("审定这份名单" in waiting, "审定这份名单" in page) == (False, True)
    assert "已审定：1 项活动获表扬，2 封邮件待发。" in answer.text
    assert city.rows(case, ref=refs[2])[0].award == "优秀活动"


def test_the_first_signer_is_refused_in_words(browser: Browse, refs: tuple[str, ...], city: World) -> None:
    first = browser(ADMIN)
    put_forward(first)

    answer = first.post(f"{PAGE}/approve", {"seen": ""})

    assert (answer.status_code, "要由另一位管理员审定" in answer.text) == (422, True)
    assert city.rows(message) == []


def test_a_list_that_changed_since_it_was_shown_is_not_signed(
    browser: Browse, refs: tuple[str, ...], city: World
) -> None:
    first = browser(ADMIN)
    first.post(PAGE)
    shown = seen(first.get(PAGE).text)
    city.do("edit", refs[0], now=OVER, changes={"participants": 9000})

    answer = first.post(f"{PAGE}/put-forward", {"seen": shown})

    assert (answer.status_code, "名单在您查看之后变了" in answer.text) == (422, True)


def test_an_adjustment_keeps_what_was_typed_where_it_cannot_be(
    browser: Browse, refs: tuple[str, ...]
) -> None:
    first = browser(ADMIN)
    first.post(PAGE)
    form = {"award": "activity", "key": refs[2], "act": "move", "place": "7", "reason": "示范性强"}

    answer = first.post(f"{PAGE}/adjust", form)

    assert (answer.status_code, "请写 1 到 1 之间的名次" in answer.text) == (422, True)
    assert "示范性强" in answer.text


def test_an_adjustment_shows_its_reason_on_the_list(browser: Browse, refs: tuple[str, ...]) -> None:
    first = browser(ADMIN)
    first.post(PAGE)
    form = {"award": "activity", "key": refs[0], "act": "add", "reason": "山区首次举办"}

    page = first.follow(first.post(f"{PAGE}/adjust", form)).text

    assert ("已加入名单。" in page, "人工调整：山区首次举办" in page) == (True, True)


def test_sending_back_asks_for_a_reason_and_tells_it(browser: Browse, refs: tuple[str, ...]) -> None:
    first, second = browser(ADMIN), browser(WU)
    put_forward(first)

    refused = second.post(f"{PAGE}/send-back", {"return_reason": " "})
    second.post(f"{PAGE}/send-back", {"return_reason": "请补充丰泽区"})

    assert refused.status_code == 422
    assert "上次退回的理由：请补充丰泽区" in first.get(PAGE).text


def test_the_mails_are_seen_before_they_are_sent(browser: Browse, refs: tuple[str, ...]) -> None:
    first = browser(ADMIN)
    page = first.get(f"{PAGE}/mails").text
    body = first.get(f"{PAGE}/mails/body?to=li@example.cn").text

    assert words_of(page, "h1").startswith("审定后给 2 人各发一封")
    assert ("李强" in body, "祝贺" in body) == (True, True)


def test_the_sheet_is_a_word_file_with_a_name(browser: Browse, refs: tuple[str, ...]) -> None:
    answer = browser(ADMIN).get(f"{PAGE}/sheet.docx")

    assert (answer.status_code, answer.content[:2]) == (200, b"PK")
    assert "quanzhou-2023.docx" in answer.headers["content-disposition"]


def test_who_is_no_admin_gets_no_list(browser: Browse, refs: tuple[str, ...]) -> None:
    assert browser(LEAD).get(PAGE).status_code == 403


def test_a_season_without_summaries_says_what_to_wait_for(browser: Browse) -> None:
    page = browser(ADMIN).get(ACTIVITIES).text

    assert "活动提交总结以后才能评" in page


def test_the_page_speaks_english_too(browser: Browse, refs: tuple[str, ...]) -> None:
    reader = browser(ADMIN)
    reader.cookies.set("duban_lang", "en")

    page = reader.get(ACTIVITIES).text

    assert words_of(page, "h1") == "Not drawn up yet; as things are, 1 would be chosen for 优秀活动"
