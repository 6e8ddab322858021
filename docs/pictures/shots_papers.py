"""The pictures of papers: a notice read, commendations, the draft of next year's notice."""

from playwright.sync_api import Page
from shot import Shot, press
from stage import Stage

from config.catalogue import catalogue
from config.resolve import resolve
from engine.simulate.notice_paper import notice_lines

_NOTICE = "quanzhou-2023"


def _read(stage: Stage, page: Page) -> None:
    text = "\n".join(notice_lines(resolve(_NOTICE, catalogue())))
    page.locator("main textarea").fill(text)
    press(page, stage.say("reading.read"))


PAPERS = (
    Shot(name="papers-reading", who="admin", path="/notices/readings", act=_read, height=900),
    Shot(name="papers-commendation", who="admin", path=f"/notices/{_NOTICE}/commendation", height=760),
    Shot(name="papers-rollover", who="admin", path=f"/notices/{_NOTICE}/rollover", top="table", height=620),
)
