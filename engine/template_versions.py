"""Mail templates of one's own: every version is kept, and no text is kept that could not make its mails."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, insert, select, text

from config.errors import UserError
from config.schedule import Name
from engine.actors import Actor
from engine.admins import require_admin
from engine.audit.subjects import Kind, named
from engine.history import Change, append, head_of, link
from engine.tables import notice, person, template_text
from engine.template_check import check
from engine.template_names import name_of, names, shipped_text
from engine.template_texts import own_texts

_LOCK = 0x74656D70  # "temp"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextVersion:
    """One version of a template: who wrote it and when; without ``text`` it restored the shipped one.

    ``who`` is the name of the person who acted, None where it was not one.
    """

    version: int
    text: str | None
    at: datetime
    actor: str
    who: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateLine:
    """One template in the list; ``own`` where an admin's text is in force; ``version`` 0: never touched."""

    name: str
    lang: str
    kind: str | None
    part: str
    title: Name
    version: int
    own: bool
    at: datetime | None
    who: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateText:
    """One template: the text in force, the shipped one, and all versions, the newest first."""

    line: TemplateLine
    text: str
    shipped: str
    versions: tuple[TextVersion, ...]


def templates(conn: Connection) -> tuple[TemplateLine, ...]:
    """Return every template that may be written, by language and kind."""
    newest = {row.name: row for row in conn.execute(_versions().order_by(template_text.c.version))}
    return tuple(_line(one.name, newest.get(one.name)) for one in names())


def template(conn: Connection, name: str) -> TemplateText:
    """Return one template; UserError where there is none of that name."""
    name_of(name)
    mine = _versions().where(template_text.c.name == name).order_by(template_text.c.version.desc())
    rows = conn.execute(mine).all()
    shipped = shipped_text(name)
    newest = rows[0] if rows else None
    return TemplateText(
        line=_line(name, newest),
        text=newest.text if newest and newest.text is not None else shipped,
        shipped=shipped,
        versions=tuple(_version(row) for row in rows),
    )


def save(conn: Connection, name: str, text: str, *, actor: Actor, now: datetime, expect_version: int) -> int:
    """Put a text in force and return its version; the text in force again changes nothing.

    ``expect_version`` is the one that the writer saw. UserError where the text could not make its mails
    (``mail.template``, with the line), another was faster, or the actor is no admin of every notice here.
    """
    written = text.replace("\r\n", "\n")
    if written == _expected(conn, name, actor=actor, version=expect_version).text:
        return expect_version
    check(name_of(name), written, own_texts(conn))
    return _add(conn, name, written, actor=actor, now=now)


def restore_default(conn: Connection, name: str, *, actor: Actor, now: datetime, expect_version: int) -> int:
    """Put the shipped text in force again and return the version; where it is, nothing changes."""
    if not _expected(conn, name, actor=actor, version=expect_version).line.own:
        return expect_version
    rest = {other: text for other, text in own_texts(conn).items() if other != name}
    check(name_of(name), shipped_text(name), rest)
    return _add(conn, name, None, actor=actor, now=now)


def _expected(conn: Connection, name: str, *, actor: Actor, version: int) -> TemplateText:
    """Return a template that the actor may write and that stands as they saw it."""
    require_admin(actor, conn.scalars(select(notice.c.region).distinct()).all())
    if conn.dialect.name == "postgresql":
        conn.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    found = template(conn, name)
    if found.line.version != version:
        who = found.line.who or "?"
        raise UserError(
            zh=f"这个模板刚被{who}改过（第 {found.line.version} 版），您的修改没有保存。"
            "请对照新内容再改一次。",
            en=f"{who} changed this template meanwhile (version {found.line.version}),"
            " yours was not saved; compare and save again",
            code="template.changed_meanwhile",
        )
    return found


def _add(conn: Connection, name: str, written: str | None, *, actor: Actor, now: datetime) -> int:
    subject = f"template:{name}"
    head = head_of(conn, subject)
    used = shipped_text(name) if written is None else written
    details: Mapping[str, Any] = {"version": head.version + 1, "sha256": sha256(used.encode()).hexdigest()}
    entry = link(
        head,
        Change(
            subject=subject,
            trigger="restore" if written is None else "save",
            source="",
            dest="",
            actor=actor.name,
            details=details,
            occurred_at=now,
            recorded_at=now,
        ),
    )
    version: int = entry["version"]
    row = {"name": name, "version": version, "text": written, "at": now, "actor": actor.name}
    conn.execute(insert(template_text).values(row))
    append(conn, [entry])
    return version


def _versions() -> Any:
    who = person.c.name.label("who")
    return select(template_text, who).outerjoin(person, named(Kind.PERSON, person) == template_text.c.actor)


def _line(name: str, newest: Any) -> TemplateLine:
    one = name_of(name)
    return TemplateLine(
        name=name,
        lang=one.lang,
        kind=one.kind,
        part=one.part,
        title=one.title,
        version=newest.version if newest else 0,
        own=bool(newest and newest.text is not None),
        at=newest.at if newest else None,
        who=newest.who if newest else None,
    )


def _version(row: Any) -> TextVersion:
    return TextVersion(version=row.version, text=row.text, at=row.at, actor=row.actor, who=row.who)
