"""Two admins and a list of commendations: drawn up, adjusted, signed by both, on real pages."""

from playwright.sync_api import expect

from config.schedule import Role
from engine.actors import SYSTEM
from engine.drafts import PersonDraft, RightDraft
from engine.roster import save_people
from engine.tables import case
from tests.browser.looking import flaws
from tests.browser.site import Site
from tests.browser.windows import Windows
from tests.engine.commendation.conftest import OVER, WU, finish
from tests.engine.world import ADMIN, LI, NOTICE, NOW

PAGE = f"/notices/{NOTICE}/commendation"


def over(site: Site) -> tuple[str, ...]:
    """Play the season to its end, with a second admin."""
    site.clock.now = OVER
    draft = PersonDraft(name="吴主任", email=WU, rights=(RightDraft(role=Role.ADMIN, region="350500"),))
    with site.home.database.write() as conn:
        save_people(conn, [draft], actor=SYSTEM, now=NOW)
    return finish(site.world)


def test_two_admins_decide_whom_to_commend(window: Windows, site: Site) -> None:
    refs = over(site)
    first = window(site, ADMIN)
    first.goto(f"{PAGE}?award=activity")
    first.get_by_role("button", name="拟定名单").click()
    first.get_by_role("link", name="优秀活动").click()
    expect(first.get_by_role("heading", level=1)).to_contain_text("选出 1 个，候选 3 个")
    first.locator("#list").get_by_text("看明细").click()
    expect(first.locator("#list")).to_contain_text("参与 300 人：22.5/30 分，全市第 1")
    assert flaws(first) == []
    first.get_by_role("button", name="提请审定").click()
    first.get_by_role("dialog").get_by_role("button", name="提请审定").click()
    expect(first.locator("#told")).to_contain_text("已提请审定")

    second = window(site, WU)
    second.goto(PAGE)
    assert flaws(second) == []
    second.get_by_role("button", name="审定这份名单").click()
    second.get_by_role("dialog").get_by_role("button", name="审定这份名单").click()
    expect(second.locator("#told")).to_contain_text("已审定：1 项活动获表扬")

    assert site.world.rows(case, ref=refs[2])[0].award == "优秀活动"
    assert site.mail_to(LI, "祝贺") is not None
