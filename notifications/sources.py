"""Where the texts of the mails lie: the shipped folders, and what an admin puts over them."""

from collections.abc import Callable, Mapping
from importlib import resources
from importlib.resources.abc import Traversable

from jinja2 import BaseLoader, Environment
from jinja2.exceptions import TemplateNotFound

from notifications.styling import inline_css

STYLE = "style.css"


def shipped() -> dict[str, str]:
    """Return the shipped texts by name (``zh/reminder/body.txt``)."""
    return dict(_walk(resources.files("notifications") / "templates", ""))


def folder(root: Traversable) -> dict[str, str]:
    """Return the texts of an admin's folder, laid out like the shipped one."""
    return dict(_walk(root, ""))


def _walk(place: Traversable, prefix: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for child in place.iterdir():
        if child.is_dir():
            found += _walk(child, f"{prefix}{child.name}/")
        elif child.name.endswith((".txt", ".html", ".css")):
            found.append((f"{prefix}{child.name}", child.read_text(encoding="utf-8")))
    return found


class TextLoader(BaseLoader):
    """Gives Jinja2 the texts of a mapping; HTML with its styles written in."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return text and name; the name as the file makes tracebacks tell template lines."""
        name = template
        if name not in self._texts and name.endswith(".html") and not name.endswith("/body.html"):
            name = name.removesuffix(".html") + ".txt"  # one set of macros serves both, escaped here
        if name not in self._texts:
            raise TemplateNotFound(template)
        source = self._texts[name]
        if name.endswith(".html"):
            environment.parse(source, name, name)  # a syntax error is told by the line as written
            source = inline_css(source, self._texts.get(STYLE, ""))
        return source, name, lambda: True
