"""What a coordinator does on the pages of a case: the form, uploads, other dates, another person."""

from playwright.sync_api import Page, expect

from engine.tables import form_draft, material
from tests.browser.coordinating import held, planned, row_of, state_of
from tests.browser.looking import flaws
from tests.browser.site import Site
from tests.browser.town import ANSWERS
from tests.browser.visiting import photo
from tests.browser.windows import Windows
from tests.engine.world import WANG

NEWS = "https://example.cn/news/1"


def test_the_form_is_saved_as_one_types_and_a_reload_shows_it(window: Windows, site: Site) -> None:
    ref = planned(site)
    page = window(site, WANG)
    page.goto(f"/cases/{ref}/form")

    page.get_by_label("活动内容").press_sequentially("动手做实验")
    with page.expect_response(lambda answer: "hands_on" in (answer.request.post_data or "")):
        page.get_by_label("互动体验").check()
    expect(page.locator("#saved")).to_contain_text("已保存 10:00")
    page.reload()

    expect(page.get_by_label("活动内容")).to_have_value("动手做实验")
    expect(page.get_by_label("互动体验")).to_be_checked()
    assert flaws(page) == []


def test_saving_takes_nothing_from_whoever_types_on(window: Windows, site: Site) -> None:
    page = window(site, WANG)
    page.goto(f"/cases/{planned(site)}/form")
    content = page.get_by_label("活动内容")

    with page.expect_response("**/form/draft"):
        content.press_sequentially("动手做")
    content.press_sequentially("实验")

    expect(content).to_have_value("动手做实验")
    expect(content).to_be_focused()


def test_the_form_filled_in_is_handed_in(window: Windows, site: Site) -> None:
    ref = planned(site)
    page = window(site, WANG)
    page.goto(f"/cases/{ref}/form")

    for name in ("expected", "phone", "content", "safety"):
        page.locator(f"#f-{name}").fill(ANSWERS[name])
    page.get_by_label("展览展示").check()
    page.get_by_label("青少年").check()
    page.get_by_role("button", name="提交", exact=True).click()

    expect(page.locator("#told")).to_contain_text("登记表已提交")
    assert [row.kind for row in site.world.rows(material)] == ["application_form"]
    assert site.world.rows(form_draft) == []


def test_what_the_form_lacks_is_told_at_its_fields_and_nothing_typed_is_lost(
    window: Windows, site: Site
) -> None:
    page = window(site, WANG)
    page.goto(f"/cases/{planned(site)}/form")

    page.get_by_label("活动内容").fill("动手做实验")
    page.get_by_label("预计参与人数").fill("很多")
    page.get_by_role("button", name="提交", exact=True).click()

    expect(page.locator("#f-expected-problem")).to_be_visible()
    expect(page.get_by_label("预计参与人数")).to_have_value("很多")
    expect(page.get_by_label("活动内容")).to_have_value("动手做实验")
    assert flaws(page) == []


def test_an_upload_while_one_types_loses_nothing(window: Windows, site: Site) -> None:
    ref = held(site)
    page = window(site, WANG)
    page.goto(f"/cases/{ref}")
    news = page.get_by_label("新闻链接")

    news.press_sequentially(NEWS[:20])
    page.get_by_label("上传照片").set_input_files(photo())
    expect(page.get_by_role("heading", name="材料 4 份")).to_be_visible()
    news.press_sequentially(NEWS[20:])

    expect(news).to_have_value(NEWS)
    assert [row.name for row in site.world.rows(material, kind="photo")] == ["现场.png"]
    assert flaws(page) == []


def test_an_upload_that_is_no_picture_is_refused_and_what_was_typed_stays(
    window: Windows, site: Site
) -> None:
    page = window(site, WANG)
    page.goto(f"/cases/{held(site)}")

    page.get_by_label("新闻链接").fill(NEWS)
    wrong = photo() | {"buffer": b"<svg xmlns='http://www.w3.org/2000/svg'/>"}
    page.get_by_label("上传照片").set_input_files(wrong)

    expect(page.locator("#work")).to_contain_text("现场.png")
    expect(page.get_by_label("新闻链接")).to_have_value(NEWS)
    assert site.world.rows(material, kind="photo") == []


def test_an_activity_is_put_off(window: Windows, site: Site) -> None:
    ref = planned(site)
    page = window(site, WANG)
    page.goto(f"/cases/{ref}")

    _more(page, "改期")
    page.get_by_label("开始日期").fill("2023-09-20")
    page.get_by_label("结束日期").fill("2023-09-21")
    page.get_by_role("button", name="改期", exact=True).click()

    expect(page.locator("main")).to_contain_text("9月20日至9月21日")
    assert str(row_of(site, ref)["ends_on"]) == "2023-09-21"


def test_an_activity_is_cancelled_with_its_reason(window: Windows, site: Site) -> None:
    ref = planned(site)
    page = window(site, WANG)
    page.goto(f"/cases/{ref}")

    _more(page, "取消")
    page.get_by_label("原因").fill("场地停电")
    page.get_by_role("button", name="取消这 1 项活动").click()

    expect(page.locator("h1")).to_have_text("这一项已是“已取消”，没有要办的了")
    expect(page.locator("main")).to_contain_text("场地停电")
    assert state_of(site, ref) == "cancelled"


def test_a_case_is_handed_over_to_somebody_new_who_is_invited(window: Windows, site: Site) -> None:
    ref = planned(site)
    page = window(site, WANG)
    page.goto(f"/cases/{ref}")

    _more(page, "转给同事")
    page.get_by_label("新同事").check()
    _unfold(page, "新同事的姓名和邮箱")
    page.get_by_label("姓名", exact=True).fill("陈新")
    page.get_by_label("邮箱", exact=True).fill("chen@example.cn")
    page.get_by_role("button", name="转给同事").click()

    expect(page.locator("#told")).to_contain_text("已转给同事")
    site.mail_to("chen@example.cn", "督办")
    assert row_of(site, ref)["coordinator_id"] == site.world.person("chen@example.cn").person_id


def _more(page: Page, step: str) -> None:
    """Open the further actions of a case and choose one."""
    page.locator("main summary", has_text="其他办理").click()
    page.locator("main .menu a", has_text=step).first.click()


def _unfold(page: Page, name: str) -> None:
    """Open what is folded, unless it is open."""
    part = page.locator("details", has=page.get_by_text(name, exact=True))
    if part.get_attribute("open") is None:
        part.locator("summary").click()
