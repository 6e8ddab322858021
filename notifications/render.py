"""A letter becomes subject, text, HTML and calendar. Pure: no database, no network, no clock."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice, product
from traceback import walk_tb

from jinja2 import Template
from jinja2.exceptions import TemplateNotFound, TemplateSyntaxError

from config.errors import UserError
from notifications.calendar_part import calendar
from notifications.digest import digest
from notifications.letter import Letter
from notifications.limits import LimitedEnvironment, LimitReached, budget
from notifications.samples import KINDS, sample_letter
from notifications.sandbox import LIMIT, MailEnvironment
from notifications.sources import TextLoader, shipped
from notifications.words import clip, one_line

__all__ = ["Rendered", "TemplateFault", "Templates", "check_templates", "sample_letter"]

SUBJECT = 40
"""A subject has at most this many characters: more is not shown on a phone."""

_ENDS = re.compile(r"[ \t]+\n")
_GAPS = re.compile(r"\n{3,}")
_HANDFUL = 64  # pieces between two looks at the size
_PARTS = ("subject.txt", "body.txt", "body.html")
_LANGS = ("zh", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A letter as it will be read. ``calendar`` is an .ics with its due dates, if it has any."""

    subject: str
    text: str
    html: str
    calendar: bytes | None = None


class TemplateFault(UserError):
    """A mail template cannot be used: which one, where, and the way out.

    ``line`` is that of the template as written, None where no single line is at fault.
    """

    def __init__(self, name: str, line: int | None, *, zh: str, en: str) -> None:
        at_zh = f"第 {line} 行" if line else ""
        at_en = f", line {line}" if line else ""
        super().__init__(
            zh=f"邮件模板 {name} {at_zh}".rstrip() + f"：{zh}",
            en=f"Mail template {name}{at_en}: {en}",
            code="mail.template",
        )
        self.name = name
        self.line = line


class Templates:
    """The mail templates of one installation, compiled once.

    ``texts`` lie over the shipped ones, by name (``zh/reminder/subject.txt``). With any, time and size
    of every mail are limited.
    """

    def __init__(self, texts: Mapping[str, str] | None = None) -> None:
        environment = LimitedEnvironment if texts else MailEnvironment
        self._environment = environment(TextLoader({**shipped(), **(texts or {})}))

    def render(self, letter: Letter) -> Rendered:
        """Return the letter as mail; a fault of a template raises TemplateFault."""
        with budget():
            return self._render(letter)

    def _render(self, letter: Letter) -> Rendered:
        lang = "en" if letter.to.lang == "en" else "zh"
        values: dict[str, object] = {"letter": letter, "digest": digest(letter)}
        folder = f"{lang}/{letter.template}"
        subject = clip(one_line(self._fill(f"{folder}/subject.txt", values)), SUBJECT)
        values["subject"] = subject
        text = _tidy(self._fill(f"{folder}/body.txt", values))
        html = self._fill(f"{folder}/body.html", values)
        return Rendered(subject=subject, text=text, html=html, calendar=calendar(letter))

    def _fill(self, name: str, values: Mapping[str, object]) -> str:
        try:
            return _limited(self._environment.get_template(name), values)
        except Exception as error:  # a template may raise anything that Python can
            raise _fault(name, error) from error


def _tidy(text: str) -> str:
    """Take out trailing spaces and second empty lines, which conditions in a template leave."""
    return _GAPS.sub("\n\n", _ENDS.sub("\n", text)).strip() + "\n"


def check_templates(templates: Templates | None = None) -> tuple[UserError, ...]:
    """Render every kind of mail in both languages with invented letters; return what is wrong."""
    used = templates or Templates()
    return tuple(_problems(used, (sample_letter(kind, lang) for kind, lang in product(KINDS, _LANGS))))


def _problems(templates: Templates, letters: Iterable[Letter]) -> Iterable[UserError]:
    for letter in letters:
        try:
            templates.render(letter)
        except UserError as error:
            yield error


def _limited(template: Template, values: Mapping[str, object]) -> str:
    made: list[str] = []
    size = 0
    pieces = template.generate(values)
    while some := "".join(islice(pieces, _HANDFUL)):
        size += len(some)
        if size > LIMIT:
            raise OverflowError(f"more than {LIMIT} characters")
        made.append(some)
    return "".join(made)


def _fault(name: str, error: Exception) -> TemplateFault:
    if isinstance(error, TemplateNotFound):
        return TemplateFault(
            name,
            None,
            zh=f"没有 “{error.name}” 这个文件；请补上它，或改用已有的邮件种类（{'、'.join(KINDS)}）。",
            en=f'there is no file "{error.name}"; add it, or use one of the kinds {", ".join(KINDS)}.',
        )
    place, line = _place(error, name)
    if isinstance(error, LimitReached):
        return TemplateFault(
            place,
            line,
            zh=f"{error.text.zh}；请减少循环和重复的文字。",
            en=f"{error.text.en}; use fewer loops and repeated texts.",
        )
    words = clip(one_line(str(error)), 200) or type(error).__name__
    return TemplateFault(
        place,
        line,
        zh=f"无法生成邮件（{words}）；请改正这一处，或删除自定义的模板以恢复自带的模板。",
        en=f"the mail cannot be made ({words}); mend it, or remove your template to use the shipped one.",
    )


def _place(error: Exception, name: str) -> tuple[str, int | None]:
    """Return the innermost template and line at which it failed."""
    if isinstance(error, TemplateSyntaxError):
        return error.name or name, error.lineno
    place: tuple[str, int | None] = (name, None)
    for frame, line in walk_tb(error.__traceback__):
        file = frame.f_code.co_filename
        if file.endswith((".txt", ".html")):  # jinja2 writes template names into tracebacks
            place = file, line
    return place
