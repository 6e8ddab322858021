"""What a coordinator sees: signing in, handing in, a new activity, changed plans, the calendar."""

from collections.abc import Callable

from playwright.sync_api import Page
from shot import Shot, press
from stage import Stage

BUSY = "jiayi.ding@example.cn"
"""A coordinator with an activity at every step."""
_DAY = "2023-09-26T01%3A00%3A00%2B00%3A00"


def _speak(stage: Stage, page: Page) -> None:
    """Choose the language of the pictures for her mails as well."""
    page.check(f"input[name=lang][value={stage.lang}]")
    page.locator("form[action='/me/language'] button").click()
    page.goto("/me")


def _new(stage: Stage, page: Page) -> None:
    zh = stage.lang == "zh"
    page.fill("[name=title]", "身边的药草：开放日" if zh else "Herbs about us: open day")
    page.fill("[name=starts_on]", "2023-09-27")
    page.fill("[name=place]", "泉州市农业示范园" if zh else "Quanzhou model farm")


def _more(stage: Stage, page: Page) -> None:
    page.locator("main summary", has_text=stage.say("case.more")).click()


def _postpone(stage: Stage, page: Page) -> None:
    page.fill("[name=starts_on]", "2023-09-28")
    page.fill("[name=ends_on]", "2023-09-28")
    page.fill("[name=reason]", "场馆检修，推迟两天" if stage.lang == "zh" else "The hall is being repaired.")


def _calendar(stage: Stage, page: Page) -> None:
    press(page, stage.say("account.make_feed"))


def _of(state: str, who: str = BUSY, *, below: str = "") -> Callable[[Stage], str]:
    """Return the page of an activity in a state, or one below it."""
    return lambda stage: stage.case_of(who, state) + below


COORDINATOR = (
    Shot(name="sign-in", who="nobody", path="/sign-in", height=400),
    Shot(name="my-account", who="coordinator", path="/me", height=560, act=_speak),
    Shot(
        name="reminder-mail",
        who="admin",
        path=lambda stage: f"/reminders/mail/body?at={_DAY}&person={stage.number('coordinator')}",
        width=680,
        height=693,
    ),
    Shot(name="my-cases", who="coordinator", path="/my", height=620),
    Shot(name="my-cases-phone", who="coordinator", path="/my", width=390, height=700),
    Shot(name="case", who="coordinator", path=_of("info_completed", "coordinator"), height=800),
    Shot(name="photos", who=BUSY, path=_of("held"), height=760, top=".columns"),
    Shot(name="materials", who=BUSY, path=_of("held"), height=640, top="#materials"),
    Shot(name="form", who=BUSY, path=_of("planned", below="/form"), height=760),
    Shot(name="new-activity", who="coordinator", path="/cases/new", height=860, act=_new),
    Shot(name="other-actions", who=BUSY, path=_of("planned"), height=900, act=_more),
    Shot(name="postpone", who=BUSY, path=_of("registered", below="/postpone"), height=490, act=_postpone),
    Shot(name="hand-over", who=BUSY, path=_of("registered", below="/hand-over"), height=540),
    Shot(name="calendar", who="coordinator", path="/me", height=700, act=_calendar),
)
