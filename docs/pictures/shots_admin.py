"""What an admin sees: how the city stands, many at once, a date that moves, mails, people, settings."""

from playwright.sync_api import Page
from shot import Shot, press
from shots_coordinator import BUSY
from stage import Stage

NOTICE = "/notices/quanzhou-2023"
SUMMARY = ".card:has([name='milestones.summary.due'])"
_WRONG = """单位名称,地区,类型,级别
鲤城区青少年宫,鲤城区,其他,县
刺桐小学,丰泽,学校,县
,晋江市,学校,县
洛江区图书馆,洛江区,图书馆,县
"""


def _tick(_stage: Stage, page: Page) -> None:
    page.check("[data-select-all]")
    page.select_option("[name=trigger]", "note")


def _check(stage: Stage, page: Page) -> None:
    page.check("[data-select-all]")
    page.select_option("[name=trigger]", "hold")
    press(page, stage.say("cases.plan"))


def _move(_stage: Stage, page: Page) -> None:
    page.fill("[name='milestones.summary.due']", "2023-10-08")


def _plan(stage: Stage, page: Page) -> None:
    _move(stage, page)
    press(page, stage.say("notices.to_plan"))


def _reminder(stage: Stage) -> str:
    return f"/templates/reminder/{stage.lang}"


def _words(stage: Stage, page: Page) -> None:
    page.fill("[name=ref]", "QZ-2023-0157")
    page.wait_for_timeout(2000)


def _person(stage: Stage) -> str:
    return f"/people/{stage.number(BUSY)}"


def _give(stage: Stage, page: Page) -> None:
    page.locator("main summary", has_text=stage.say("people.give_right")).click()


def _import(stage: Stage, page: Page) -> None:
    sheet = {"name": "units.csv", "mimeType": "text/csv", "buffer": _WRONG.encode("utf-8-sig")}
    page.set_input_files("[name=file]", [sheet])
    press(page, stage.say("imports.check"))


def _beat(stage: Stage) -> str:
    stage.runner.tick()
    return "/settings"


ADMIN = (
    Shot(name="overview", who="admin", path="/overview", height=860),
    Shot(name="fourteen-days", who="admin", path="/overview", height=480, top=".columns, ol.days"),
    Shot(name="season", who="admin", path="/overview/season", height=860),
    Shot(name="late", who="admin", path="/cases?standing=late", height=844, act=_tick),
    Shot(name="bulk", who="admin", path="/cases?state=registered", height=800, act=_check),
    Shot(name="notice", who="admin", path=NOTICE, height=860),
    Shot(name="edit", who="admin", path=f"{NOTICE}/edit", height=420, top=SUMMARY, act=_move),
    Shot(name="plan", who="admin", path=f"{NOTICE}/edit", height=900, act=_plan),
    Shot(name="reminders", who="admin", path="/reminders", height=760),
    Shot(name="any-day", who="admin", path="/reminders/day?on=2023-09-28", height=860),
    Shot(name="why", who="admin", path="/why?q=QZ-2023-0157", height=760),
    Shot(
        name="template",
        who="admin",
        path=lambda stage: f"/templates/reminder/{stage.lang}",
        height=900,
        act=_words,
    ),
    Shot(name="people", who="admin", path="/people", height=720),
    Shot(
        name="person", who="admin", path=lambda stage: f"/people/{stage.number(BUSY)}", height=860, act=_give
    ),
    Shot(name="import", who="admin", path="/imports/unit", height=520, act=_import),
    Shot(name="settings", who="admin", path=_beat, height=640),
)
