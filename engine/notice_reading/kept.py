"""Keeping readings: the text of a document, where it came from, what was chosen; the rest is read anew."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from config.errors import UserError
from config.reading.read import read_notice
from config.reading.reading import Reading
from config.regions import is_within
from config.schedule import Name, Role
from engine.actors import Actor
from engine.admins import admin_part, require_admin
from engine.notice_reading.choices import Choices, dumped, loaded
from engine.tables import notice_reading, person


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document as it came: what it is called, the hash of its bytes, its text, what could not be read."""

    name: str
    sha256: str
    text: str
    doubts: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptReading:
    """A document that is being read, with what its text says and what was chosen of it."""

    id: int
    who: str
    at: datetime
    paper: Paper
    region: str
    reading: Reading
    choices: Choices
    notice: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLine:
    """One reading of a list."""

    id: int
    who: str
    at: datetime
    name: str
    region: str


def keep_reading(conn: Connection, paper: Paper, *, region: str, actor: Actor, now: datetime) -> int:
    """Keep a document that somebody begins to read; UserError where they are no admin of the region."""
    require_admin(actor, [region])
    row: dict[str, Any] = {
        "person_id": actor.person_id,
        "at": now,
        "name": paper.name,
        "sha256": paper.sha256,
        "text": paper.text,
        "doubts": [[one.zh, one.en] for one in paper.doubts],
        "region": region,
        "choices": {},
    }
    return int(conn.scalars(insert(notice_reading).values(row).returning(notice_reading.c.id)).one())


def reading_of(conn: Connection, number: int) -> KeptReading:
    """Return a reading; UserError where there is none of that number."""
    row = conn.execute(_WHOLE.where(notice_reading.c.id == number)).first()
    if row is None:
        raise UserError(
            zh="没有这份读过的通知，可能已经放弃，或放了 30 天没有用。请重新上传文件。",
            en="there is no such reading; it was given up or is older than 30 days. Upload it again",
            code="reading.unknown",
        )
    return _kept(row)


def readings_for(conn: Connection, actor: Actor) -> tuple[ReadingLine, ...]:
    """Return the readings of the actor's regions that are not in force yet, the newest first."""
    query = _LINE.where(notice_reading.c.applied_at.is_(None)).order_by(notice_reading.c.id.desc())
    mine = (row for row in conn.execute(query) if _is_admin_of(actor, row.region))
    return tuple(
        ReadingLine(id=row.id, who=row.who, at=row.at, name=row.name, region=row.region) for row in mine
    )


def reaches_reading(conn: Connection, actor: Actor, number: int | str, roles: Collection[Role]) -> bool:
    """Return whether a reading is there and the actor is admin of its region."""
    del roles  # readings are for admins alone
    if not str(number).isdecimal():
        return False
    region = conn.scalar(select(notice_reading.c.region).where(notice_reading.c.id == int(number)))
    return region is not None and _is_admin_of(actor, region)


def choose(
    conn: Connection, kept: KeptReading, choices: Choices, *, region: str | None = None, actor: Actor
) -> None:
    """Keep what was chosen; UserError where the actor is no admin of the region chosen."""
    chosen = region or kept.region
    require_admin(actor, {chosen, kept.region})
    values = {"choices": dumped(choices, kept.reading), "region": chosen}
    conn.execute(update(notice_reading).where(notice_reading.c.id == kept.id).values(values))


def mark_applied(conn: Connection, number: int, notice_id: str, *, now: datetime) -> None:
    """Note that a reading has become a notice in force."""
    values = {"notice": notice_id, "applied_at": now}
    conn.execute(update(notice_reading).where(notice_reading.c.id == number).values(values))


def give_up(conn: Connection, number: int) -> None:
    """Take a reading away that came to nothing; UserError for one that became a notice."""
    require_open(reading_of(conn, number))
    conn.execute(delete(notice_reading).where(notice_reading.c.id == number))


def require_open(kept: KeptReading) -> None:
    """Refuse to change a reading that is in force: it is what the history names."""
    if kept.notice is not None:
        raise UserError(
            zh=f"这份通知已经生效（{kept.notice}），读出的内容不再改动；要改日期，请修改日程。",
            en=f"this notice is in force as {kept.notice}; to change its dates, change its schedule",
            code="reading.in_force",
        )


def _is_admin_of(actor: Actor, region: str) -> bool:
    return actor.everything or any(is_within(region, grant.region) for grant in admin_part(actor).grants)


def _kept(row: Any) -> KeptReading:
    reading = read_notice(row.text)
    doubts = tuple(Name(zh=zh, en=en) for zh, en in row.doubts)
    return KeptReading(
        id=row.id,
        who=row.who,
        at=row.at,
        paper=Paper(name=row.name, sha256=row.sha256, text=row.text, doubts=doubts),
        region=row.region,
        reading=reading,
        choices=loaded(row.choices, reading),
        notice=row.notice,
    )


_COLUMNS = (
    notice_reading.c.id,
    person.c.name.label("who"),
    notice_reading.c.at,
    notice_reading.c.name,
    notice_reading.c.region,
)
_LINE = select(*_COLUMNS).join(person, person.c.id == notice_reading.c.person_id)
_WHOLE = select(
    *_COLUMNS,
    notice_reading.c.sha256,
    notice_reading.c.text,
    notice_reading.c.doubts,
    notice_reading.c.choices,
    notice_reading.c.notice,
).join(person, person.c.id == notice_reading.c.person_id)
