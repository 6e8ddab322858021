"""What makes pages quick: nothing waits on the wire, and macros are made once for a page, for that page."""

import socket
from contextlib import closing
from types import SimpleNamespace

import pytest
from markupsafe import Markup

from web.serve import listen
from web.templating import Pages
from web.words import TEXTS, said_in_markup


def test_the_body_of_an_answer_does_not_wait_until_its_head_is_acknowledged() -> None:
    with closing(listen("127.0.0.1", 0)) as at:
        with closing(socket.create_connection(at.getsockname())):
            taken, _ = at.accept()
        with closing(taken):
            assert taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_macros_of_a_page_are_made_for_that_page(lang: str) -> None:
    pages = Pages()
    pages.whole("error.html", _values("zh", "one-token"))

    shown = pages.whole("error.html", _values(lang, "another-token"))

    assert TEXTS["common.skip"][lang == "en"] in shown
    assert "another-token" in shown
    assert "one-token" not in shown


def _values(lang: str, csrf: str) -> dict[str, object]:
    visit = SimpleNamespace(lang=lang, path="/", viewer=None, demo=False, told=None, desk=None, is_htmx=False)
    told = SimpleNamespace(in_=lambda _: "…")
    return {"visit": visit, "csrf": csrf, "status": 404, "title": "…", "text": told, "request_id": "1"}


def test_gaps_of_a_message_are_escaped_unless_they_are_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TEXTS, "test.gaps", ("<{a}|{b}|{n:case|cases}|{x:.1f}>", ""))  # type: ignore[arg-type]

    said = said_in_markup("test.gaps", "zh", a="<i>", b=Markup("<b>"), n=3, x=0.26)

    assert said == Markup("&lt;&lt;i&gt;|<b>|3 cases|0.3&gt;")
