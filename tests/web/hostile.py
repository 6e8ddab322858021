"""A city whose people put markup into everything they can fill, and how to see whether it is live."""

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

from config.catalogue import catalogue
from engine.material_rows import Material
from tests.engine.world import NOTICE, World, at
from tests.web.border import Border, open_border

MARKUP = """</title></textarea><script>alert(1)</script>"'><img src=x onerror=alert(1)>{{7*7}}${7*7}<b x="""
SCRIPT = "javascript:alert(1)//"
TYPED = {
    "unit": {"name": MARKUP},
    "person": {"name": MARKUP, "phone": MARKUP},
    "case_": {
        "title": MARKUP,
        "place": MARKUP,
        "online_url": SCRIPT,
        "recommended_by": MARKUP,
        "award": MARKUP,
    },
    "material": {"name": MARKUP, "uri": SCRIPT},
    "message": {"subject": MARKUP, "note": MARKUP, "error": MARKUP, "address": MARKUP},
    "session": {"device": MARKUP},
    "api_token": {"name": MARKUP},
    "notice_reading": {
        "name": MARKUP,
        "text": f"关于{MARKUP}的通知\n请各单位于2023年9月30日前报送{MARKUP}。",
    },
    "form_draft": {"answers": json.dumps({"title": MARKUP, "summary": MARKUP})},
}
"""What the tables hold, put there without the checks on the way: those are not to be relied on."""

_UNIQUE = {("unit", "name")}
_LINKS = (
    "href",
    "src",
    "action",
    "formaction",
    "hx-get",
    "hx-post",
    "xlink:href",
    "poster",
    "data",
    "background",
)
_SCHEMES = ("", "http", "https", "mailto", "tel")


class Live(HTMLParser):
    """What in a page could run, or lead to what runs."""

    def __init__(self, *, own_styles: bool = False) -> None:
        super().__init__()
        self.found: list[str] = []
        self._own_styles = own_styles

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        given = {name: value or "" for name, value in attrs}
        if tag == "script" and not given.get("src", "").startswith("/static/"):
            self.found.append("script")
        if tag in ("object", "embed", "base") or (tag == "style" and not self._own_styles):
            self.found.append(tag)
        self.found.extend(f"{tag} {name}" for name in given if name.startswith("on") or name == "srcdoc")
        if "style" in given and not self._own_styles:
            self.found.append(f"{tag} style")
        links = [given[name] for name in given if name in _LINKS]
        self.found.extend(f"{tag} → {link[:40]}" for link in links if not _is_harmless(tag, link))
        scripts = [name for name, value in given.items() if name[:3] == "hx-" and _runs(value)]
        self.found.extend(f"{tag} {name}" for name in scripts)


def _is_harmless(tag: str, link: str) -> bool:
    plain = _plain(link)
    if tag == "img" and plain.startswith("data:image/"):
        return True
    return plain != "x" and urlsplit(plain).scheme in _SCHEMES


def _runs(value: str) -> bool:
    return _plain(value).startswith(("js:", "javascript:"))


def _plain(value: str) -> str:
    """Return what a browser makes of an address before it looks at it."""
    return re.sub(r"[\x00-\x20]", "", value).lower()


def live_in(html: str, *, own_styles: bool = False) -> list[str]:
    """Return what could run in a page."""
    reader = Live(own_styles=own_styles)
    reader.feed(html)
    reader.close()
    return reader.found


@contextmanager
def open_hostile(folder: Path) -> Iterator[Border]:
    """Serve such a city."""
    with open_border(folder) as border:
        world = World(border.home.database)
        _walk(world)
        with closing(sqlite3.connect(folder / "home" / "duban.db")) as conn:
            for table, values in TYPED.items():
                for column, value in values.items():
                    own = "? || rowid" if (table, column) in _UNIQUE else "?"
                    conn.execute(f"UPDATE {table} SET {column} = {own}", (value,))
            conn.commit()
        border.samples = defaultdict(lambda: "1", border.samples)
        yield border


def _walk(world: World) -> None:
    """Leave markup in history too, which nobody may alter afterwards."""
    first, second = "QZ-2023-0002", "QZ-2023-0003"
    photo = Material(kind="photo", name=MARKUP, uri="https://example.cn/photo/9")
    world.do("attach", first, materials=(photo,), reason=MARKUP, now=at(9, 1))
    world.do("edit", first, changes={"title": MARKUP, "place": MARKUP}, reason=MARKUP, now=at(9, 2))
    world.do("cancel", second, reason=MARKUP, now=at(9, 3))
    title = re.search("^title: .*$", catalogue()[NOTICE], re.MULTILINE)
    assert title is not None
    quoted = "title: '" + MARKUP.replace("'", "''") + "'"
    world.apply(catalogue()[NOTICE].replace(title[0], quoted), now=at(9, 4))
    world.sweep(at(9, 26))
