"""An admin and people: somebody is invited, a right lent until a day, a sheet refused and mended."""

from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from engine.sheets.writing import write_table
from engine.tables import person, right
from tests.browser.looking import flaws
from tests.browser.site import Site
from tests.browser.test_from_mail import link_in
from tests.browser.windows import Windows
from tests.engine.world import ADMIN, UNIT, WANG, at

CHEN = "chen@example.cn"
HEADINGS = ("姓名", "邮箱", "角色", "地区", "单位")


def test_somebody_is_invited_and_comes_in(window: Windows, site: Site) -> None:
    admin, chen = window(site, ADMIN), window(site)
    admin.goto("/people/new")

    admin.get_by_label("姓名").fill("陈新")
    admin.get_by_label("邮箱").fill(CHEN)
    admin.get_by_label("地区", exact=True).select_option("鲤城区")
    admin.get_by_label("单位 选填").fill(UNIT)
    admin.get_by_role("button", name="添加", exact=True).click()
    expect(admin.locator("#told")).to_contain_text("已添加陈新")
    chen.goto(link_in(site.mail_to(CHEN, "督办"), "/sign-in/link/"))
    assert flaws(chen) == []
    chen.locator("main").get_by_role("button", name="登录").click()

    expect(chen.get_by_text("陈新", exact=True).first).to_be_attached()
    assert flaws(admin) == []


def test_a_right_is_lent_until_a_day(window: Windows, site: Site) -> None:
    page, wang = window(site, ADMIN), site.world.person(WANG).person_id
    page.goto(f"/people/{wang}")

    page.get_by_text("添加权限").click()
    given = page.locator(f"form[action='/people/{wang}/rights']")
    given.get_by_label("负责人").check()
    given.get_by_label("地区", exact=True).select_option("丰泽区")
    given.get_by_label("截止").fill("2023-09-30")
    given.get_by_label("原因").fill("李强休假")
    given.get_by_role("button", name="添加").click()

    expect(page.locator("#rights")).to_contain_text("10月1日 00:00 为止")
    row = site.world.rows(right, person_id=wang)[-1]
    assert (row.role, row.region, row.until) == ("lead", "350503", at(9, 30, 24))
    assert flaws(page) == []


def test_a_sheet_with_a_mistake_is_refused_whole_marked_mended_and_imported(
    window: Windows, site: Site, tmp_path: Path
) -> None:
    page, sheet = window(site, ADMIN), tmp_path / "名单.xlsx"
    write_table(
        sheet,
        HEADINGS,
        [("陈新", CHEN, "联系人", "鲤城区", UNIT), ("黄宁", "坏邮箱", "联系人", "鲤城区", UNIT)],
    )
    before = len(site.world.rows(person))

    check(page, sheet)
    expect(page.locator("h1")).to_have_text("有 1 处要修改，一行也没有导入")
    expect(page.locator("main")).to_contain_text("第 3 行")
    assert (flaws(page), len(site.world.rows(person))) == ([], before)
    check(page, mended(page, tmp_path))
    expect(page.locator("h1")).to_contain_text("将新增 2")
    assert flaws(page) == []
    page.get_by_role("button", name="导入").click()

    expect(page.locator("#told")).to_contain_text("已导入：新增 2")
    assert {CHEN, "huang@example.cn"} <= {row.email for row in site.world.rows(person)}


def check(page: Page, sheet: Path) -> None:
    """Hand in a sheet to be looked at."""
    page.goto("/imports/person")
    page.get_by_label("表格文件").set_input_files(sheet)
    page.get_by_role("button", name="核对").click()


def mended(page: Page, folder: Path) -> Path:
    """Fetch the sheet with its mistakes marked, and mend it."""
    with page.expect_download() as begun:
        page.get_by_role("link", name="下载").click()
    path = folder / "改好.xlsx"
    begun.value.save_as(path)
    book = load_workbook(path)
    assert "不是有效的邮箱地址" in book.active["F3"].value
    book.active["B3"] = "huang@example.cn"
    book.save(path)
    return path
