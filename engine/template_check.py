"""Is a text fit to be a mail template? Looked at before it is kept: it must make every mail it is for."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from html.parser import HTMLParser

from engine.template_names import KINDS, TemplateName
from notifications.letter import Letter
from notifications.limits import LENGTH
from notifications.render import TemplateFault, Templates, sample_letter

_MANY = (1, 7, 130)
_RUNS = ("applet", "base", "embed", "form", "frame", "iframe", "input", "object", "script")
_FETCHES = ("audio", "img", "link", "svg", "video")
_UNWELCOME = frozenset((*_RUNS, *_FETCHES))


def check(name: TemplateName, text: str, others: Mapping[str, str]) -> None:
    """Refuse a text that is too long, fails for some letter, or lets a mail fetch or run something.

    ``others`` are the other texts that lie over the shipped ones.
    """
    if len(text) > LENGTH:
        raise TemplateFault(
            name.name,
            None,
            zh=f"有 {len(text)} 个字符，最多 {LENGTH} 个；请缩短。",
            en=f"it has {len(text)} characters, at most {LENGTH} are allowed; shorten it.",
        )
    templates = Templates({**others, name.name: text})
    for letter in _letters(name):
        rendered = templates.render(letter)
        _refuse_unwelcome(name.name, rendered.html)
        _refuse_empty(name.name, rendered.subject, rendered.text)


def _letters(name: TemplateName) -> Iterator[Letter]:
    for kind in KINDS if name.kind is None else (name.kind,):
        letter = sample_letter(kind, name.lang)
        yield letter
        for count in _MANY if letter.items else ():
            many = (replace(one, ref=f"{one.ref}-{n}") for n in range(count) for one in letter.items)
            yield replace(letter, items=tuple(many))


class _Tags(HTMLParser):
    """The tags of a mail that do not belong in one."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag, or an attribute that runs something."""
        if tag in _UNWELCOME:
            self.found.append(tag)
        self.found += [name for name, _ in attrs if name.startswith("on") or name == "background"]


def _refuse_unwelcome(name: str, html: str) -> None:
    tags = _Tags()
    tags.feed(html)
    tags.close()
    if tags.found:
        raise TemplateFault(
            name,
            None,
            zh=f"邮件里不能有“{tags.found[0]}”：图片、脚本和表单会被拦截或泄露阅读情况；请删去。",
            en=f"a mail has no '{tags.found[0]}': pictures, scripts and forms are blocked or tell who reads;"
            " take it out.",
        )


def _refuse_empty(name: str, subject: str, text: str) -> None:
    if not subject or not text.strip():
        raise TemplateFault(
            name,
            None,
            zh="生成的主题或正文是空的；请写上内容，或恢复默认。",
            en="the subject or the text comes out empty; write something, or restore the default.",
        )
