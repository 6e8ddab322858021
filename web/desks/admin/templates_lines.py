"""Templates as lines of lists: each kind of mail in each language, each version with what it changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.template_versions import TemplateLine, TemplateText, TextVersion
from web.desks.admin.templates_form import COMMON
from web.desks.notices.text_diff import text_diff

_MOST = 30  # versions of one text that are compared


@dataclass(frozen=True, slots=True, kw_only=True)
class KindLine:
    """The texts of one kind of mail in one language: how many are one's own, who changed them last."""

    own: int
    at: datetime | None
    who: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionShown:
    """One version of a text, and the lines that it changed."""

    version: TextVersion
    lines: tuple[tuple[str, str], ...]


def kind_lines(lines: Iterable[TemplateLine]) -> Mapping[tuple[str, str], KindLine]:
    """Return the texts by kind of mail and language."""
    found: dict[tuple[str, str], list[TemplateLine]] = {}
    for one in lines:
        found.setdefault((one.kind or COMMON, one.lang), []).append(one)
    return {key: _kind_line(some) for key, some in found.items()}


def version_lines(text: TemplateText, lang: str) -> tuple[VersionShown, ...]:
    """Return the newest versions of a text; each is compared with the one before it."""
    shown = text.versions[:_MOST]
    before = (*text.versions[1 : _MOST + 1], None)
    return tuple(
        VersionShown(version=new, lines=text_diff(_text(old, text), _text(new, text), lang))
        for new, old in zip(shown, before, strict=False)
    )


def _text(version: TextVersion | None, text: TemplateText) -> str:
    return text.shipped if version is None or version.text is None else version.text


def _kind_line(lines: list[TemplateLine]) -> KindLine:
    touched = [(one.at, one.who) for one in lines if one.at]
    at, who = max(touched, key=lambda one: one[0]) if touched else (None, None)
    return KindLine(own=sum(one.own for one in lines), at=at, who=who)
