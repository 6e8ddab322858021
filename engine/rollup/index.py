"""The index of a package: a page that opens anywhere, with every file, its hash and what it belongs to."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple
from urllib.parse import quote

from engine.rollup.archive import Entry
from engine.rollup.gathering import Gathered
from engine.rollup.sentences import day, heading

NAME = "index.html"

_STYLE = (
    "body{font:16px/1.7 'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;color:#1f2328;"
    "max-width:1080px;margin:32px auto;padding:0 16px}table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;vertical-align:top;padding:6px 8px;border-bottom:1px solid #e4e2dc}"
    "td.n{text-align:right;white-space:nowrap}code{font-size:12px;word-break:break-all}h1{font-size:26px}"
    "h2{font-size:20px;margin-top:32px}@media print{body{margin:0}}"
)


class Left(NamedTuple):
    """Something that could not go along, and why."""

    ref: str
    name: str
    why: str


class Linked(NamedTuple):
    """A page of the web that belongs to an activity or a report."""

    ref: str
    title: str
    uri: str


def index_page(
    gathered: Gathered, entries: Sequence[Entry], links: Sequence[Linked], left: Sequence[Left]
) -> bytes:
    """Return the index of what is packed, of the links that go with it, and of what was left out."""
    text = "\n".join(_page(gathered, entries, links, left))
    return text.encode("utf-8", "replace")


def _page(
    gathered: Gathered, entries: Sequence[Entry], links: Sequence[Linked], left: Sequence[Left]
) -> Iterator[str]:
    subject = gathered.subject
    title = f"{heading(subject)}材料目录"
    changed = gathered.changed_at.astimezone(subject.family[subject.notice].zone).date()
    yield '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>"
    yield f"<h1>{escape(title)}</h1><p>{escape(subject.schedule.title)}</p>"
    number = f"　报送编号：{escape(subject.ref)}" if subject.ref else ""
    yield f"<p>{escape(subject.unit)}{number}　数据截至：{day(changed)}　共 {len(entries)} 个文件</p>"
    yield from _table(("文件", "事项", "名称", "大小", "SHA-256"), (_file(one) for one in sorted(entries)))
    if links:
        yield f"<h2>链接（{len(links)} 条）</h2>"
        yield from _table(("事项", "名称", "链接"), (_link(one) for one in links))
    if left:
        yield f"<h2>未收入的材料（{len(left)} 个）</h2>"
        yield from _table(("事项", "材料", "原因"), (tuple(map(escape, one)) for one in left))
    yield "</body></html>"


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield "<table><thead><tr>" + "".join(f"<th>{one}</th>" for one in headings) + "</tr></thead><tbody>"
    for row in rows:
        yield "<tr>" + "".join(f"<td>{one}</td>" for one in row) + "</tr>"
    yield "</tbody></table>"


def _file(one: Entry) -> tuple[str, ...]:
    link = f'<a href="{quote(one.name)}">{escape(one.name)}</a>'
    return link, escape(one.ref), escape(one.title), _size(one.size), f"<code>{one.sha256}</code>"


def _link(one: Linked) -> tuple[str, ...]:
    # only what leads to the web becomes a link; anything else stays a text
    safe = one.uri.startswith(("https://", "http://"))
    uri = escape(one.uri)
    shown = f'<a href="{uri}" rel="noopener noreferrer nofollow">{uri}</a>' if safe else uri
    return escape(one.ref), escape(one.title), shown


def _size(size: int) -> str:
    return f"{size / 1048576:.1f} MB" if size >= 1048576 else f"{max(1, round(size / 1024))} KB"
