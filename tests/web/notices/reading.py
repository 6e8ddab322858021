"""Reads a page as a browser does: what a form would send as it stands, and the words of a part."""

import re
from collections.abc import Mapping
from html import unescape
from html.parser import HTMLParser


class _Form(HTMLParser):
    """The successful controls of the form with an action."""

    def __init__(self, action: str) -> None:
        super().__init__()
        self._action = action
        self._inside = False
        self._field: str | None = None
        self.values: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "form":
            self._inside = given.get("action") == self._action
        elif self._inside and tag == "textarea":
            self._field, self.values[name] = name, ""
        elif self._inside and tag == "select":
            self._field, self.values[name] = f"select {name}", ""
        elif self._inside and tag == "option" and "selected" in given and self._field:
            self.values[self._field.removeprefix("select ")] = given.get("value") or ""
        elif self._inside and tag == "input" and name:
            self._input(name, given)

    def _input(self, name: str, given: Mapping[str, str | None]) -> None:
        kind = given.get("type") or "text"
        if kind in ("checkbox", "radio") and "checked" not in given:
            return
        if kind not in ("file", "submit"):
            self.values[name] = given.get("value") or ""

    def handle_data(self, data: str) -> None:
        if self._field and not self._field.startswith("select "):
            self.values[self._field] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._field:
            self.values[self._field] = self.values[self._field].removeprefix("\n")
        if tag in ("textarea", "select"):
            self._field = None
        if tag == "form":
            self._inside = False


def form_of(html: str, action: str) -> dict[str, str]:
    """Return what the form with ``action`` would send as it stands."""
    form = _Form(action)
    form.feed(html)
    assert form.values, f"no form with the action {action}"
    del form.values["csrf"]
    return form.values


def words_of(html: str, part: str = "main") -> str:
    """Return the words of the first element of a sort, tags and spare spaces left out."""
    inner = re.split(f"<{part}[^>]*>", html, maxsplit=1)[1].partition(f"</{part}>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", inner)).split())
