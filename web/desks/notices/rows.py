"""The dates and rules of a schedule as rows of a table: what, when, and whose words say so."""

from collections.abc import Iterator
from dataclasses import dataclass

from config.schedule import Milestone, Name, Source, When, Window
from engine.notice_page import NoticePage
from engine.notice_versions import effective_values
from web.desks.notices.dates import when_said
from web.desks.notices.wording import Wording
from web.words import said

_RULES = ("theme", "subtheme", "send_at", "review", "daily")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceShown:
    """Where a value comes from: this notice (``own``), one above, or neither: the program's default.

    ``notice`` is the id of one above that the reader can open.
    """

    own: bool
    title: str
    notice: str
    clause: str
    cite: str
    note: Name | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueRow:
    """One value: what it is called, what it is, how sure it is, and where it comes from."""

    name: str
    value: str
    source: SourceShown
    key: str = ""
    approximate: bool = False
    is_open: bool = False


def date_rows(page: NoticePage, lang: str) -> tuple[ValueRow, ...]:
    """Return every effective date of a notice."""
    windows = (_window_row(one, page, lang) for one in page.schedule.windows)
    milestones = (row for one in page.schedule.milestones for row in _milestone_rows(one, page, lang))
    return (*windows, *milestones)


def rule_rows(page: NoticePage, lang: str) -> tuple[ValueRow, ...]:
    """Return what else a notice rules: its theme, when mails leave, what each step needs, its own days."""
    words = Wording(schedules=(page.schedule,), lang=lang, year=page.today.year)
    shown = ("requires.", "days.")
    return tuple(
        ValueRow(
            name=words.place(one.place),
            value=words.value(one.place, one.value),
            source=_shown(Source(notice=one.notice, clause=one.clause, cite=one.cite, note=one.note), page),
            is_open=one.is_open,
        )
        for one in effective_values(page.schedule)
        if one.place in _RULES or one.place.startswith(shown)
    )


def _window_row(one: Window, page: NoticePage, lang: str) -> ValueRow:
    first, last = (when_said(when, lang, year=page.today.year) for when in (one.start, one.end))
    places = {f"windows.{one.key}.start", f"windows.{one.key}.end"}
    return ValueRow(
        name=one.name.in_(lang),
        value=said("notices.from_to", lang, first=first, last=last),
        source=_shown(one.source, page),
        approximate=one.start.approximate or one.end.approximate,
        is_open=bool(places & set(page.schedule.open)),
    )


def _milestone_rows(one: Milestone, page: NoticePage, lang: str) -> Iterator[ValueRow]:
    if one.opens:
        yield _dated(one, "opens", one.opens, page=page, lang=lang)
    yield _dated(one, "due", one.due, page=page, lang=lang)


def _dated(one: Milestone, field: str, when: When, *, page: NoticePage, lang: str) -> ValueRow:
    return ValueRow(
        name=said(f"notices.place_milestone_{field}", lang, name=one.name.in_(lang)),
        key=one.key,
        value=when_said(when, lang, year=page.today.year),
        source=_shown(one.sources.get(field) or one.sources["milestone"], page),
        approximate=when.approximate,
        is_open=f"milestones.{one.key}.{field}" in page.schedule.open,
    )


def _shown(source: Source, page: NoticePage) -> SourceShown:
    above = {one.id: one for one in page.parents}.get(source.notice)
    return SourceShown(
        own=source.notice == page.schedule.id,
        title=above.title if above else "",
        notice=above.id if above and above.known else "",
        clause=source.clause or "",
        cite=source.cite or "",
        note=source.note,
    )
