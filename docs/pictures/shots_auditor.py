"""What an auditor sees: history as sentences, a day gone by, durations, the verdict."""

from playwright.sync_api import Page
from shot import Shot, press
from stage import Stage


def _open_forced(stage: Stage, page: Page) -> None:
    page.locator("main .item summary", has_text=stage.say("history.more")).first.click()


def _export(stage: Stage, page: Page) -> None:
    page.locator("main summary", has_text=stage.say("history.export")).click()


def _verify(stage: Stage, page: Page) -> None:
    press(page, stage.say("verify.start"))
    page.get_by_role("button", name=stage.say("verify.again")).wait_for(timeout=120_000)


AUDITOR = (
    Shot(name="history", who="auditor", path="/history", height=1040),
    Shot(name="change", who="auditor", path="/history?kind=case", height=860, act=_open_forced),
    Shot(name="exports", who="auditor", path="/history?kind=case", height=760, width=1280, act=_export),
    Shot(name="day", who="auditor", path="/history/at?on=2023-09-10", height=860),
    Shot(name="case-then", who="auditor", path="/history/at/case:QZ-2023-0157?on=2023-09-10", height=940),
    Shot(name="durations", who="auditor", path="/history/durations", height=860),
    Shot(name="verify", who="auditor", path="/verify", height=860, act=_verify),
)
