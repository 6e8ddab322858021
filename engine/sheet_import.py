"""A sheet of units, people or activities taken in by an admin: whole or not at all, within their rights.

A dry run is ``take_in`` in ``Database.rehearse``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection

from config.errors import UserError
from config.regions import full_name
from config.schedule import Role
from engine.activities import rejected_activities, save_activities
from engine.actors import Actor
from engine.database import Database
from engine.drafts import ActivityDraft, DraftsRejected, PersonDraft, Rejected, Saved, UnitDraft
from engine.new_case import notices_for
from engine.person_edit import managed
from engine.rights import NewRight, may_grant
from engine.roster import people_by_email, rejected_people, save_people, save_units
from engine.schedules import schedule_of
from engine.sheets.drafts_from import Drafts, read_activities, read_people, read_units
from engine.sheets.problems import Problem, SheetRefused
from engine.unit_edit import is_admin_of

D = TypeVar("D", UnitDraft, PersonDraft, ActivityDraft)


class SheetKind(StrEnum):
    """What a sheet holds."""

    UNIT = "unit"
    PERSON = "person"
    ACTIVITY = "activity"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetOrder:
    """A sheet to be taken in; activities say for which notice."""

    kind: SheetKind
    path: Path
    notice: str | None = None


def take_in(conn: Connection, order: SheetOrder, *, actor: Actor, now: datetime) -> Saved:
    """Save everything of a sheet and return what became of it.

    Raises SheetRefused with every problem by row and column, UserError for a file that is no such sheet;
    then nothing was saved.
    """
    if order.kind is SheetKind.UNIT:
        return _units(conn, read_units(order.path), actor=actor, now=now)
    if order.kind is SheetKind.PERSON:
        return _people(conn, read_people(order.path), actor=actor, now=now)
    notice_id = require_open_notice(conn, order.notice, actor=actor, now=now)
    sheet = read_activities(order.path, year=_year(conn, notice_id, now))
    return _activities(conn, notice_id, sheet, actor=actor, now=now)


def problems_in(database: Database, order: SheetOrder, *, actor: Actor, now: datetime) -> tuple[Problem, ...]:
    """Return every cell for which a sheet would be refused; nothing is kept.

    UserError for a file that is no such sheet.
    """
    try:
        with database.rehearse() as conn:
            take_in(conn, order, actor=actor, now=now)
    except SheetRefused as error:
        return tuple(error.problems)
    return ()


def require_open_notice(conn: Connection, notice_id: str | None, *, actor: Actor, now: datetime) -> str:
    """Return the notice that activities are for; UserError where the actor has none such in force."""
    known = {one.id for one in notices_for(conn, actor, now=now)}
    if notice_id not in known:
        raise UserError(
            zh="请选择这些活动属于哪个通知。",
            en="choose the notice that these activities are for",
            code="import.notice",
        )
    return str(notice_id)


def _units(conn: Connection, sheet: Drafts[UnitDraft], *, actor: Actor, now: datetime) -> Saved:
    _require_sound(sheet, _elsewhere([one.region for one in sheet.drafts], actor))
    return save_units(conn, sheet.drafts, actor=actor, now=now)


def _people(conn: Connection, sheet: Drafts[PersonDraft], *, actor: Actor, now: datetime) -> Saved:
    drafts = sheet.drafts
    beyond, foreign = _beyond(drafts, actor), _not_theirs(conn, drafts, actor=actor, now=now)
    _require_sound(sheet, [*beyond, *foreign, *rejected_people(conn, drafts)])
    return save_people(conn, drafts, actor=actor, now=now)


def _activities(
    conn: Connection, notice_id: str, sheet: Drafts[ActivityDraft], *, actor: Actor, now: datetime
) -> Saved:
    beyond = _elsewhere([one.region for one in sheet.drafts], actor)
    if beyond or sheet.gathered.problems:
        more = rejected_activities(conn, notice_id, sheet.drafts, actor=actor, now=now)
        raise sheet.refused([*beyond, *more])
    try:
        return save_activities(conn, notice_id, sheet.drafts, actor=actor, now=now)
    except DraftsRejected as error:
        raise sheet.refused(error.rejected) from error


def _year(conn: Connection, notice_id: str, now: datetime) -> int:
    days = [one.start.start for one in schedule_of(conn, notice_id).windows if one.start.start]
    return min(days).year if days else now.year


def _require_sound(sheet: Drafts[D], rejected: Sequence[Rejected]) -> None:
    if rejected or sheet.gathered.problems:
        raise sheet.refused(rejected)


def _elsewhere(regions: Sequence[str], actor: Actor) -> list[Rejected]:
    return [
        Rejected(
            index=index,
            field="region",
            zh=f"{full_name(code)}不在您管理的地区内；请删去这一行，或由该地区的管理员导入。",
            en=f"{full_name(code)} is beyond your region; delete the row or let its admin import it",
        )
        for index, code in enumerate(regions)
        if not is_admin_of(actor, code)
    ]


def _beyond(drafts: Sequence[PersonDraft], actor: Actor) -> Iterator[Rejected]:
    """Yield the rights that are not the actor's to give."""
    for index, draft in enumerate(drafts):
        for one in draft.rights:
            if not may_grant(actor, NewRight(role=Role(one.role), region=one.region)):
                yield Rejected(
                    index=index,
                    field="region",
                    zh=f"{full_name(one.region)}的权限超出了您的权限；请删去这一行，或由该地区的管理员导入。",
                    en=f"a right in {full_name(one.region)} is beyond yours; delete the row or let its admin"
                    " import it",
                )


def _not_theirs(
    conn: Connection, drafts: Sequence[PersonDraft], *, actor: Actor, now: datetime
) -> Iterator[Rejected]:
    """Yield whom the actor could not find again, and whom another region's admin has to change."""
    known = people_by_email(conn)
    rows = [known.get(draft.email.lower()) for draft in drafts]
    changed = [row.id for row, draft in zip(rows, drafts, strict=True) if row and _changes(row, draft)]
    foreign = set(changed) - managed(conn, actor, changed, now=now)
    for index, (row, draft) in enumerate(zip(rows, drafts, strict=True)):
        if row is None and not draft.rights:
            yield Rejected(
                index=index,
                field="rights",
                zh="新人员要写角色和地区；请填写。",
                en="somebody new needs a role and a region; fill them in",
            )
        elif row is not None and row.id in foreign:
            yield Rejected(
                index=index,
                field="email",
                zh="这是别的地区的人员，姓名和电话由那里的管理员修改；请改成与登记一致，或删去这一行。",
                en="this person is of another region, whose admin keeps name and phone; delete the row",
            )


def _changes(row: Any, draft: PersonDraft) -> bool:
    wanted = {"name": draft.name, "lang": draft.lang, "address_bad": False}
    wanted |= {"phone": draft.phone} if draft.phone else {}
    return any(getattr(row, name) != value for name, value in wanted.items())
