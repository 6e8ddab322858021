"""The texts of one kind of mail in one language, as an editor shows them and a form sends them."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from config.schedule import Name
from engine.template_names import FRAMES, KINDS, LANGS, PARTS
from engine.template_versions import TemplateText, template
from notifications.render import TemplateFault
from web.forms import Form
from web.words import said

COMMON = "common"
"""What every mail shares: its frames and phrases, edited like a kind of mail."""

_SHOWN_WITH = "reminder"  # the kind of mail that shows the common texts


@dataclass(frozen=True, slots=True, kw_only=True)
class MailTexts:
    """The texts of one kind of mail (or common to all) in one language."""

    kind: str
    lang: str
    title: Name
    texts: tuple[TemplateText, ...]

    @property
    def shown_as(self) -> str:
        """Return the kind of mail that shows these texts."""
        return _SHOWN_WITH if self.kind == COMMON else self.kind

    def name(self, part: str) -> str:
        """Return the name of a part's template."""
        return template_name(self.kind, self.lang, part)


def template_name(kind: str, lang: str, part: str) -> str:
    """Return the name of a template; ``engine.template_names`` knows whether there is one."""
    return f"{lang}/{part}" if kind == COMMON else f"{lang}/{kind}/{part}"


def kind_title(kind: str) -> Name:
    """Return what a kind of mail is called."""
    common = Name(zh=said("mail_templates.common", "zh"), en=said("mail_templates.common", "en"))
    return common if kind == COMMON else KINDS.get(kind, Name(zh=kind, en=kind))


def part_title(part: str) -> Name:
    """Return what a part of a mail is called."""
    return PARTS.get(part) or FRAMES[part]


def parts_of(kind: str) -> tuple[str, ...]:
    """Return the parts that a kind of mail is made of."""
    return tuple(FRAMES if kind == COMMON else PARTS)


def mail_texts(conn: Connection, kind: str, lang: str) -> MailTexts:
    """Return the texts of a kind of mail; UserError where there is no such kind or language."""
    texts = tuple(template(conn, template_name(kind, lang, part)) for part in parts_of(kind))
    return MailTexts(kind=kind, lang=lang, title=kind_title(kind), texts=texts)


def lang_title(lang: str) -> Name:
    """Return what a language is called."""
    return LANGS[lang]


def typed_texts(form: Form, mail: MailTexts) -> Mapping[str, str]:
    """Return the texts that a form sends, by template; those that it leaves out are not among them."""
    parts = (one.line.part for one in mail.texts)
    return {mail.name(part): str(form.value(part)) for part in parts if part in form.data}


def note_fault(form: Form, mail: MailTexts, fault: TemplateFault) -> None:
    """Note a fault at the text it is in, by its line; one in another text, at the first."""
    parts = {mail.name(one.line.part): one.line.part for one in mail.texts}
    part = parts.get(fault.name, mail.texts[0].line.part)
    form.note({part: _told(fault, known=fault.name in parts)})


def _told(fault: TemplateFault, *, known: bool) -> Name:
    """Return a fault without the name of the file, which its field says."""
    if not known:
        return fault.text
    zh, en = fault.text.zh.partition("：")[2], fault.text.en.partition(": ")[2]
    if fault.line is None:
        return Name(zh=zh, en=en)
    line = str(fault.line)
    return Name(
        zh=said("mail_templates.at_line", "zh", line=line, what=zh),
        en=said("mail_templates.at_line", "en", line=line, what=en),
    )
