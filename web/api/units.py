"""Units: in a list, one by one, entered, corrected."""

from typing import Annotated

from fastapi import Query
from pydantic import Field
from sqlalchemy import Connection
from starlette.responses import Response

from config.schedule import Role
from engine.unit_edit import UnitValues, add_unit, edit_unit
from engine.unit_view import UnitFilter, unit_view, units_of
from web.access import Door, allow
from web.api.changing import Answer, ChangeDep, told
from web.api.models_people import FullUnit, NewUnit, NewUnitValues, UnitKind, Units
from web.api.paging import Pages, part_of
from web.api.route import PREFIX, routes_of
from web.api.types import Id, Line, RegionCode
from web.reach import Reach
from web.visit import Visit, VisitDep

router = routes_of("units")


class Wanted(Pages):
    """Which units are asked for."""

    text: Line | None = Field(None, description="Part of a name.")
    region: RegionCode | None = Field(None, description="With all within it.")
    kind: UnitKind | None = None


@router.get("/units", response_model=Units)
@allow(door=Door.API)
def list_units(visit: VisitDep, wanted: Annotated[Wanted, Query()]) -> Response:
    """List the units that you may see, by region and name."""
    asked = UnitFilter(**wanted.asked())
    with visit.read() as conn:
        found = units_of(conn, visit.me.actor, asked, page=wanted.page, per_page=wanted.limit)
    return told(Units.of(part_of(found)))


@router.post("/units", status_code=201, response_model=FullUnit)
@allow(Role.ADMIN, door=Door.API)
def enter_unit(body: NewUnit, change: ChangeDep) -> Response:
    """Enter a unit of your region."""
    visit = change.visit

    def work(conn: Connection) -> Answer:
        values = UnitValues(**body.model_dump(mode="json"))
        number = add_unit(conn, values, actor=visit.me.actor, now=visit.now)
        return _full(conn, number, visit, status=201)

    return change.do(work)


@router.get("/units/{unit}", response_model=FullUnit)
@allow(reach=Reach.UNIT, door=Door.API)
def read_unit(unit: Id, visit: VisitDep) -> Response:
    """Show one unit with its people."""
    with visit.read() as conn:
        return told(FullUnit.of(unit_view(conn, unit, actor=visit.me.actor, now=visit.now)))


@router.patch("/units/{unit}", response_model=FullUnit)
@allow(Role.ADMIN, reach=Reach.UNIT, door=Door.API)
def change_unit(unit: Id, body: NewUnitValues, change: ChangeDep) -> Response:
    """Correct a unit's name, level or kind."""
    visit = change.visit

    def work(conn: Connection) -> Answer:
        have = unit_view(conn, unit, actor=visit.me.actor, now=visit.now).line
        given = {name: getattr(have, name) for name in ("name", "region", "level", "kind")}
        given |= body.model_dump(mode="json", exclude_none=True)
        edit_unit(conn, unit, UnitValues(**given), actor=visit.me.actor, now=visit.now)
        return _full(conn, unit, visit)

    return change.do(work)


def _full(conn: Connection, unit: int, visit: Visit, *, status: int = 200) -> Answer:
    view = unit_view(conn, unit, actor=visit.me.actor, now=visit.now)
    return Answer(FullUnit.of(view), status, location=f"{PREFIX}/units/{unit}")
