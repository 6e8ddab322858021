"""Web pages: what a reader of the page sees, line by line."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from config.schedule import Name
from engine.documents.document import Content, Kind
from engine.documents.flow import Flow, row_text, tidy
from engine.documents.plain_text import decoded
from engine.documents.refused import doubt

_UNSEEN = re.compile(
    "head|script|style|noscript|template|svg|math|iframe|object|audio|video|canvas|nav|aside|footer"
    "|button|select|option|textarea|input|r[tp]"
)
_STRUCK = re.compile("s|del|strike")
_BLOCK = re.compile(
    "address|article|blockquote|body|caption|center|d[dlt]|div|fieldset|figcaption|figure|form|h[1-6]|header"
    "|hr|li|main|[ou]l|p|pre|section|summary|details|table|t(?:body|foot|head)|t[rdh]"
)
_LINE_THROUGH = re.compile(r"text-decoration[^;]{0,80}line-through", re.IGNORECASE)
_NOT_SHOWN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_BIG5 = re.compile(rb"charset\s{0,9}=\s{0,9}[\"']?big5", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_FIRST_WIDE = "\u2e80"


def read_page(data: bytes) -> Content:
    """Return the text of a web page."""
    source, doubts = _source(data)
    walk = _Walk()
    root = LexborHTMLParser(source).root
    if root is not None:
        walk.through(root)
    if walk.struck:
        doubts = (*doubts, doubt("struck", count=walk.struck))
    return Content(kind=Kind.PAGE, text=tidy(walk.text()), doubts=doubts)


def _source(data: bytes) -> tuple[str, tuple[Name, ...]]:
    """Return the page as text. UTF-8 that fits is no accident, so what the page says of itself is second."""
    if _BIG5.search(data[:4096]):
        for encoding in ("utf-8", "big5hkscs"):
            try:
                return data.decode(encoding), ()
            except UnicodeDecodeError:
                continue
    return decoded(data)


class _Walk:
    """Goes through a page without recursion: pages may be nested deeper than any stack."""

    def __init__(self) -> None:
        self.struck = 0
        self._flows = [Flow()]
        self._rows: list[list[str]] = []
        self._kept = 0  # how many <pre> are open

    def text(self) -> str:
        return self._flows[0].text()

    def through(self, root: LexborNode) -> None:
        waiting: list[tuple[LexborNode, str | None]] = [(root, None)]
        while waiting:
            node, ending = waiting.pop()
            if ending is not None:
                self._leave(ending)
            elif node.is_text_node:
                self._write(node.text_content or "")
            elif node.is_element_node and self._is_seen(node):
                waiting.append((node, self._enter(node.tag or "")))
                waiting += [(child, None) for child in reversed(list(node.iter(include_text=True)))]

    def _is_seen(self, node: LexborNode) -> bool:
        tag, style = node.tag or "", node.attributes.get("style") or ""
        if _UNSEEN.fullmatch(tag) or "hidden" in node.attributes or _NOT_SHOWN.search(style):
            return False
        if _STRUCK.fullmatch(tag) or _LINE_THROUGH.search(style):
            self.struck += 1
            return False
        return True

    def _enter(self, tag: str) -> str:
        """Begin an element; return what is to be done at its end."""
        flow = self._flows[-1]
        if tag == "br":
            flow.end_line()
        if not _BLOCK.fullmatch(tag):
            return ""
        if tag == "tr":
            self._rows.append([])
            return "tr"
        if tag in ("td", "th") and self._rows:
            self._flows.append(Flow())
            return "td"
        flow.end_line()
        self._kept += tag == "pre"
        return "pre" if tag == "pre" else "block"

    def _leave(self, ending: str) -> None:
        if ending == "td":
            self._rows[-1].append(self._flows.pop().text())
        elif ending == "tr":
            self._flows[-1].end_line()
            self._flows[-1].add(row_text(self._rows.pop()))
        self._kept -= ending == "pre"
        if ending in ("tr", "pre", "block"):
            self._flows[-1].end_line()

    def _write(self, text: str) -> None:
        flow = self._flows[-1]
        if not self._kept:
            flow.add(_collapsed(text, flow.last))
            return
        first, *others = text.split("\n")
        flow.add(first)
        for line in others:
            flow.end_line()
            flow.add(line)


def _collapsed(text: str, before: str) -> str:
    """Return a text with its white space as a browser shows it; a break in Chinese is the source's own."""

    def space(found: re.Match[str]) -> str:
        start, end = found.span()
        left = text[start - 1] if start else before
        right = text[end : end + 1]
        if not left or left == " ":
            return ""
        return "" if "\n" in found[0] and left >= _FIRST_WIDE and right >= _FIRST_WIDE else " "

    return _SPACES.sub(space, text)
