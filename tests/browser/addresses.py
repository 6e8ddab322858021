"""The address of every page, read off the route table and filled with what the town has."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from fastapi.routing import APIRoute

from config.schedule import Role
from tests.browser.town import CANCELLED, HELD, PLANNED, REPORT, SUMMARIZED
from tests.engine.world import NOTICE
from web.access import Door, Rule, rule_of
from web.routes import ROUTERS

NO_PAGES = frozenset(
    {
        "/",
        "/sso/callback",
        "/feeds/{token}.ics",
        "/imports/{sheet}/template.xlsx",
        "/imports/{sheet}/{token}/problems.xlsx",
        "/cases/official.xlsx",
        "/cases/{ref}/official.docx",
        "/cases/{ref}/rollup/package",
        "/cases/{ref}/rollup/photos/{material}",
        "/imports/official/{token}/marked",
        "/notices/{notice}/commendation/mails/body",
        "/notices/{notice}/commendation/sheet.docx",
        "/official/{form_key}/blank",
        "/history/export",
        "/verify/verifier.py",
        "/cases/export.xlsx",
        "/cases/{ref}/materials/{material}",
        "/cases/{ref}/materials/{material}/thumb",
        "/templates/preview/{draft}",
        "/mails/{mail}/body",
        "/reminders/mail/body",
    }
)
"""What leads on, or answers with a file or with a mail for a frame."""

OF_A_MOMENT = frozenset(
    {
        "/cases/bulk/{token}",
        "/imports/official/{token}",
        "/imports/{sheet}/{token}",
        "/notices/readings/{reading}",
        "/sign-in/link/{token}",
    }
)
"""Pages that stand only after something was begun: the tests of each look at them."""

_SAMPLES = {
    "notice": NOTICE,
    "unit": "1",
    "person": "1",
    "mail": "1",
    "ref": HELD,
    "template": "reminder",
    "lang": "zh",
    "token": "no-such-token",
    "sheet": "person",
    "old": "1",
    "new": "2",
}
_SUBJECTS = (
    f"case:{HELD}",
    f"notice:{NOTICE}",
    "person:1",
    "unit:1",
    "mail:1",
    "template:zh/reminder/subject.txt",
)
_MORE: Mapping[str, tuple[str, ...]] = {
    "/cases/{ref}": tuple(f"/cases/{ref}" for ref in (PLANNED, HELD, SUMMARIZED, CANCELLED, REPORT)),
    "/cases/{ref}/postpone": (f"/cases/{PLANNED}/postpone",),
    "/cases/{ref}/cancel": (f"/cases/{PLANNED}/cancel",),
    "/cases/{ref}/steps/{trigger}": (
        f"/cases/{HELD}/steps/return",
        f"/cases/{HELD}/steps/note",
        f"/cases/{SUMMARIZED}/steps/commend",
        f"/cases/{CANCELLED}/steps/reinstate",
    ),
    "/cases/{ref}/materials/{material}/remove": (f"/cases/{HELD}/materials/4/remove",),
    "/cases/{ref}/materials/{material}/read": (f"/cases/{HELD}/materials/25/read",),
    "/cases/{ref}/rollup": (f"/cases/{REPORT}/rollup",),
    "/cases/copy": ("/cases/copy?q=科学",),
    "/cases": ("/cases", "/cases?state=held&late=1", "/cases?q=没有这样的"),
    "/history/{subject:path}": tuple(f"/history/{one}" for one in _SUBJECTS),
    "/history/at": ("/history/at?on=2023-09-20",),
    "/history/at/{subject:path}": tuple(f"/history/at/{one}?on=2023-09-23" for one in _SUBJECTS),
    "/history": ("/history", "/history?q=平台故障"),
    "/imports/{sheet}": ("/imports/person", "/imports/unit", "/imports/activity"),
    "/notices/{notice}/edit": (f"/notices/{NOTICE}/edit", f"/notices/{NOTICE}/edit?as=text"),
    "/reminders": ("/reminders", "/reminders?by=person"),
    "/reminders/mail": ("/reminders/mail?at=2023-09-28T01:00:00%2B00:00&person=1",),
    "/reminders/day": ("/reminders/day", "/reminders/day?on=2023-09-28", "/reminders/day?on=2023-08-21"),
    "/why": ("/why", "/why?q=科学", f"/why?ref={HELD}", "/why?person=1"),
    "/mails": ("/mails", "/mails?box=sent"),
}


class Address(NamedTuple):
    """One page to look at, and who may."""

    path: str
    rule: Rule

    def is_for(self, role: Role | None) -> bool:
        """Return whether the page is for somebody with a role; None: for somebody who has not signed in."""
        if self.rule.roles is None:
            return role is None
        return role is not None and (not self.rule.roles or role in self.rule.roles)


def addresses() -> Iterator[Address]:
    """Give every page of the route table."""
    for router in ROUTERS:
        for route in router.routes:
            if isinstance(route, APIRoute) and _is_page(route):
                yield from (Address(path, rule_of(route)) for path in _filled(route.path))


def _is_page(route: APIRoute) -> bool:
    return (
        "GET" in (route.methods or ())
        and rule_of(route).door is Door.PAGE
        and route.path not in NO_PAGES | OF_A_MOMENT
    )


def _filled(path: str) -> tuple[str, ...]:
    if path in _MORE:
        return _MORE[path]
    return (re.sub(r"{(\w+)(?::\w+)?}", lambda part: _SAMPLES[part[1]], path),)
