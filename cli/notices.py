"""Finding the notice that a word means: a file, an applied version, or one shipped with the program."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, select

from cli.desk import has_home, opened
from cli.words import refusal
from config.catalogue import catalogue, joined
from config.lint import Finding, lint_source
from config.noticefile import parse
from config.resolve import resolve
from config.schedule import Schedule
from config.stored import load
from config.yamltree import read_text
from engine.schedules import applied_sources
from engine.tables import notice, schedule

ENDINGS = (".yaml", ".yml")

Checked = tuple[Schedule, list[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A notice: its schedule, its ``origin`` (file, applied, catalogue), its applied version and state."""

    schedule: Schedule
    origin: str
    version: int | None = None
    state: str | None = None


def is_file(word: str) -> bool:
    """Tell whether a word names a file rather than an id."""
    return word.endswith(ENDINGS) or Path(word).is_file()


def text_of(word: str) -> tuple[str, str]:
    """Return id and YAML text of a file, or of a shipped notice."""
    if is_file(word):
        text = read_text(Path(word))
        return parse(text, word).notice.id, text
    if word in catalogue():
        return word, catalogue()[word]
    resolve(word, catalogue())  # says what there is instead
    raise refusal("notice.not_shipped", word=word)


def find(word: str) -> Found:
    """Return the notice a word means; UserError where there is none."""
    if is_file(word):
        notice_id, text = text_of(word)
        return Found(schedule=resolve(notice_id, joined([(word, text)], base=known_sources())), origin="file")
    applied = _applied(word) if has_home() else None
    if applied is not None:
        return applied
    if "@" in word:
        raise refusal("notice.no_version", word=word)
    return Found(schedule=resolve(word, catalogue()), origin="catalogue")


def every() -> list[Found]:
    """Return all notices: those applied, then those shipped that are not."""
    found = {one.schedule.id: one for one in _all_applied()} if has_home() else {}
    for notice_id in catalogue():
        if notice_id not in found:
            shipped = resolve(notice_id, catalogue())
            found[notice_id] = Found(schedule=shipped, origin="catalogue")
    return sorted(found.values(), key=lambda one: (one.origin != "applied", one.schedule.id))


def checked(word: str, *, today: date, others: Sequence[str] = ()) -> Checked:
    """Check a notice against all it extends; one that is known here, as of the day it was issued.

    That the dates of a notice long issued are past by now is no fault of it. A file's text is read
    where the file names one; ``others`` are files that it may extend.
    """
    if not is_file(word):
        sources = known_sources()
        return lint_source(word, sources, today=_issued(resolve(word, sources)) or today)
    texts = [(file, read_text(Path(file))) for file in (word, *others)]
    notice_file = parse(texts[0][1], word).notice
    published = read_text(Path(word).parent / notice_file.text) if notice_file.text else None
    sources = joined(texts, base=known_sources())
    return lint_source(notice_file.id, sources, today=today, text=published)


def _issued(schedule: Schedule) -> date | None:
    days = [
        schedule.issued.start if schedule.issued else None,
        *(one.start.start for one in schedule.windows),
    ]
    return min((day for day in days if day), default=None)


def known_sources() -> Mapping[str, str]:
    """Return the YAML text of every notice known here: applied ones over those shipped."""
    if not has_home():
        return catalogue()
    with opened() as home, home.database.read() as conn:
        return {**catalogue(), **applied_sources(conn)}


def _applied(word: str) -> Found | None:
    name, _, version = word.partition("@")
    with opened() as home, home.database.read() as conn:
        return next(_read(conn, name, int(version) if version.isdecimal() else None), None)


def _all_applied() -> list[Found]:
    with opened() as home, home.database.read() as conn:
        return list(_read(conn, None, None))


def _read(conn: Connection, name: str | None, version: int | None) -> Iterator[Found]:
    wanted = notice.c.schedule_version if version is None else version
    query = select(notice.c.id, notice.c.state, schedule.c.version, schedule.c.effective).join(
        schedule, (schedule.c.notice == notice.c.id) & (schedule.c.version == wanted)
    )
    if name is not None:
        query = query.where(notice.c.id == name)
    for row in conn.execute(query.order_by(notice.c.id)):
        yield Found(schedule=load(row.effective), origin="applied", version=row.version, state=row.state)
