"""Units entered and corrected one by one, by an admin of their region."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, select, update

from config.errors import UserError
from config.regions import Level, find, full_name, is_within
from config.schedule import Name, Role
from engine.actors import Actor
from engine.drafts import UnitDraft
from engine.field_problems import FieldProblems, Problem
from engine.person_record import Deed, record
from engine.roster import save_units
from engine.sheets.fields import KINDS
from engine.tables import unit

MOST_NAME = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitValues:
    """A unit as typed."""

    name: str
    region: str
    level: str
    kind: str


def is_admin_of(actor: Actor, region: str) -> bool:
    """Return whether an actor is admin of a region."""
    grants = (one for one in actor.grants if one.role is Role.ADMIN and one.unit_id is None)
    return actor.everything or any(is_within(region, one.region) for one in grants)


def require_admin_of(actor: Actor, region: str) -> None:
    """Refuse an actor who is not admin of a region: UserError ``rights.beyond``."""
    if not is_admin_of(actor, region):
        raise UserError(
            zh=f"超出了您的权限：{full_name(region)}的单位要由管理该地区的管理员来办。",
            en=f"this is beyond your rights: units of {full_name(region)} are for an admin of that region",
            code="rights.beyond",
        )


def add_unit(conn: Connection, values: UnitValues, *, actor: Actor, now: datetime) -> int:
    """Enter a unit and return its number; FieldProblems names what is wrong."""
    clean = _checked(conn, _placed(values))
    require_admin_of(actor, clean.region)
    draft = UnitDraft(name=clean.name, region=clean.region, level=clean.level, kind=clean.kind)
    save_units(conn, [draft], actor=actor, now=now)
    mine = select(unit.c.id).where(unit.c.region == clean.region, unit.c.name == clean.name)
    return int(conn.scalars(mine).one())


def edit_unit(conn: Connection, unit_id: int, values: UnitValues, *, actor: Actor, now: datetime) -> bool:
    """Correct a unit's name, level or type; return whether anything changed. Its region stays."""
    row = conn.execute(select(unit).where(unit.c.id == unit_id).with_for_update()).one()
    require_admin_of(actor, row.region)
    fixed = UnitValues(name=values.name, region=row.region, level=values.level, kind=values.kind)
    clean = _checked(conn, fixed, but=unit_id)
    changed = {
        name: getattr(clean, name)
        for name in ("name", "level", "kind")
        if getattr(clean, name) != getattr(row, name)
    }
    if changed:
        conn.execute(update(unit).where(unit.c.id == unit_id).values(changed))
        record(conn, unit, {unit_id: Deed("edit", {"set": changed})}, actor=actor, now=now)
    return bool(changed)


def _placed(values: UnitValues) -> UnitValues:
    """Return the values with the code of the region, of which a name will do."""
    try:
        return replace(values, region=find(values.region).code)
    except UserError as error:
        raise FieldProblems([("region", error.text)]) from None


def _checked(conn: Connection, values: UnitValues, *, but: int | None = None) -> UnitValues:
    name = " ".join(values.name.split())
    problems: list[Problem] = []
    if not name:
        problems.append(("name", Name(zh="请填写单位全称", en="give the unit's full name")))
    if len(name) > MOST_NAME:
        problems.append(("name", Name(zh=f"最多 {MOST_NAME} 个字", en=f"at most {MOST_NAME} characters")))
    if values.kind not in KINDS.values():
        problems.append(("kind", Name(zh="请选择类型", en="choose a type")))
    if values.level not in tuple(Level):
        problems.append(("level", Name(zh="请选择级别", en="choose a level")))
    twin = select(unit.c.id).where(unit.c.region == values.region, unit.c.name == name)
    found = conn.scalar(twin)
    if found is not None and found != but:
        problems.append(("name", Name(zh="这个地区已有同名单位", en="the region has a unit of that name")))
    if problems:
        raise FieldProblems(problems)
    return UnitValues(name=name, region=values.region, level=values.level, kind=values.kind)
