"""The mail templates that an admin may write, and what they are called."""

from collections.abc import Mapping
from dataclasses import dataclass

from config.errors import UserError
from config.schedule import Name
from notifications.sources import shipped

LANGS: Mapping[str, Name] = {"zh": Name(zh="中文", en="Chinese"), "en": Name(zh="英文", en="English")}
KINDS: Mapping[str, Name] = {
    "opening": Name(zh="开始登记", en="Opening"),
    "reminder": Name(zh="到期提醒", en="Reminder"),
    "overdue": Name(zh="逾期提醒", en="Overdue"),
    "already_due": Name(zh="补录后提醒", en="Already due when entered"),
    "returned": Name(zh="退回修改", en="Sent back"),
    "closing": Name(zh="提醒结束", en="Closing note"),
    "commendation": Name(zh="表扬", en="Commendation"),
    "commended": Name(zh="表扬结果：获表扬", en="Result: commended"),
    "thanked": Name(zh="表扬结果：致谢", en="Result: thanks"),
    "daily": Name(zh="每日汇总", en="Daily summary"),
    "test": Name(zh="测试邮件", en="Test mail"),
}
"""Not the checkpoint, which is a proof, nor the mails with a link to sign in."""

PARTS: Mapping[str, Name] = {
    "subject.txt": Name(zh="主题", en="subject"),
    "body.txt": Name(zh="纯文字正文", en="plain text"),
    "body.html": Name(zh="网页正文", en="formatted text"),
}
FRAMES: Mapping[str, Name] = {
    "mail.txt": Name(zh="共用的纯文字框架", en="frame of every plain text"),
    "mail.html": Name(zh="共用的网页框架", en="frame of every formatted text"),
    "words.txt": Name(zh="共用的说法", en="phrases of every mail"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateName:
    """One template: its file's name, its language, its kind of mail (None: common to all) and its title."""

    name: str
    lang: str
    kind: str | None
    part: str
    title: Name


def names() -> tuple[TemplateName, ...]:
    """Return all templates that may be written, by language and kind."""
    found: list[TemplateName] = []
    for lang in LANGS:
        found += [_of_kind(lang, kind, part) for kind in KINDS for part in PARTS]
        found += [_frame(lang, part) for part in FRAMES]
    return tuple(found)


def name_of(name: str) -> TemplateName:
    """Return the template of a name; UserError where there is none that may be written."""
    found = next((one for one in names() if one.name == name), None)
    if found is None:
        raise UserError(
            zh=f"没有可以修改的邮件模板“{name}”；请从模板列表中选择。",
            en=f"there is no mail template '{name}' to edit; choose one of the list",
            code="template.unknown",
        )
    return found


def shipped_text(name: str) -> str:
    """Return the text that the program carries under a name."""
    return shipped()[name]


def _of_kind(lang: str, kind: str, part: str) -> TemplateName:
    called, file, tongue = KINDS[kind], PARTS[part], LANGS[lang]
    title = Name(zh=f"{called.zh} · {file.zh}（{tongue.zh}）", en=f"{called.en}: {file.en} ({tongue.en})")
    return TemplateName(name=f"{lang}/{kind}/{part}", lang=lang, kind=kind, part=part, title=title)


def _frame(lang: str, part: str) -> TemplateName:
    file, tongue = FRAMES[part], LANGS[lang]
    title = Name(zh=f"{file.zh}（{tongue.zh}）", en=f"{file.en} ({tongue.en})")
    return TemplateName(name=f"{lang}/{part}", lang=lang, kind=None, part=part, title=title)
