"""What an actor may see, as conditions for queries: cases, people, units, mails and notices.

Who may do something with a case may see it: ``seen`` says in SQL what ``Actor.roles_for`` says of one case.
A right that has ended still shows whom it belonged to: who has left stays in the lists.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, false, func, null, or_, select, true

from config.errors import UserError
from config.regions import prefix
from config.schedule import Role
from engine.actors import Actor, Grant
from engine.tables import case, message, notice, person, right, unit

_CHUNK = 500
_DIGITS = 6


def in_region(column: ColumnElement[str], code: str) -> ColumnElement[bool]:
    """Return the condition that a code is ``code`` or within it; a range, so that an index can serve it."""
    start = prefix(code)
    if not start:
        return true()
    if len(start) == _DIGITS:
        return column == code
    return column.between(start.ljust(_DIGITS, "0"), start.ljust(_DIGITS, "9"))


def seen(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that an actor may see a case."""
    if not is_wide(actor):
        return or_(*seen_apart(actor))
    # no index over a region that is nearly everything: SQLite would sort it all for one page
    region, unit_id, mine = map(_unindexed, (case.c.region, case.c.unit_id, case.c.coordinator_id))
    reach = _reach(actor, region=region, unit_id=unit_id)
    return or_(true() if actor.everything else false(), *reach, *_own(actor, mine))


def seen_apart(actor: Actor) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return ``seen`` as two conditions that share no case: by whole regions, and by unit or as one's own."""
    if actor.everything:
        return true(), false()
    grants = dict.fromkeys(actor.grants)
    wide = _any(_covers_case(grant) for grant in grants if grant.unit_id is None)
    narrow = (_covers_case(grant) for grant in grants if grant.unit_id is not None)
    own = _any((*narrow, *_own(actor, case.c.coordinator_id)))
    return wide, and_(own, ~wide)


def _any(conditions: Iterable[ColumnElement[bool]]) -> ColumnElement[bool]:
    """Return one condition for several; no constant within it, for SQLite would use no index then."""
    found = tuple(conditions)
    return or_(*found) if found else false()


def is_wide(actor: Actor) -> bool:
    """Return whether an actor sees a whole city or more."""
    return actor.everything or any(
        one.unit_id is None and one.role is not Role.COORDINATOR and len(prefix(one.region)) < _DIGITS
        for one in actor.grants
    )


def _unindexed(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.coalesce(column, null())


def visible(conn: Connection, actor: Actor, refs: Sequence[str]) -> frozenset[str]:
    """Return those of some cases that an actor may see."""
    found: set[str] = set()
    for start in range(0, len(refs), _CHUNK):
        mine = case.c.ref.in_(refs[start : start + _CHUNK])
        found.update(conn.scalars(select(case.c.ref).where(mine, seen(actor))))
    return frozenset(found)


def require_visible(conn: Connection, actor: Actor, ref: str) -> None:
    """Refuse a case that an actor may not see, in the words for one that does not exist."""
    if not visible(conn, actor, [ref]):
        raise unknown_case(ref)


def unknown_case(ref: str) -> UserError:
    """Return the refusal of a number that no case has, as far as the asker may know."""
    return UserError(
        zh=f"没有编号为 {ref} 的事项（共 1 个找不到）。用 duban activity list 查看编号。",
        en=f"there is no case {ref} (1 not found); duban activity list has the numbers",
        code="case.unknown",
    )


def people_seen(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that an actor may see a person: who has a right or a case where they look."""
    if actor.everything:
        return true()
    return or_(false(), *_own(actor, person.c.id), _known_to(actor.grants, person.c.id))


def units_seen(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that an actor may see a unit: within reach, or the host of a case of their own."""
    if actor.everything:
        return true()
    hosts = (exists().where(case.c.unit_id == unit.c.id, own) for own in _own(actor, case.c.coordinator_id))
    return or_(false(), *_reach(actor, region=unit.c.region, unit_id=unit.c.id), *hosts)


def mails_seen(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that an actor may see a mail: their own, and those to people they watch over."""
    if actor.everything:
        return true()
    watching = tuple(grant for grant in actor.grants if grant.role is not Role.COORDINATOR)
    return or_(false(), *_own(actor, message.c.person_id), _known_to(watching, message.c.person_id))


def notices_seen(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that an actor may see a notice: of their regions, above, below, or of a case."""
    if actor.everything:
        return true()
    mine = (exists().where(case.c.notice == notice.c.id, own) for own in _own(actor, case.c.coordinator_id))
    return or_(false(), *(_around(grant.region) for grant in actor.grants), *mine)


def in_region_of(actor: Actor, column: ColumnElement[str]) -> ColumnElement[bool]:
    """Return the condition that a region is within one that an actor watches over."""
    watching = (grant for grant in actor.grants if grant.role is not Role.COORDINATOR)
    return or_(false(), *(in_region(column, grant.region) for grant in watching if grant.unit_id is None))


def _around(code: str) -> ColumnElement[bool]:
    above = {code[:kept].ljust(_DIGITS, "0") for kept in (0, 2, 4)}
    return or_(notice.c.region.in_(sorted(above)), in_region(notice.c.region, code))


def _own(actor: Actor, column: ColumnElement[int]) -> Iterator[ColumnElement[bool]]:
    if actor.person_id is not None:
        yield column == actor.person_id


def _reach(
    actor: Actor, *, region: ColumnElement[str], unit_id: ColumnElement[int]
) -> Iterator[ColumnElement[bool]]:
    return (_covers(grant, region, unit_id) for grant in dict.fromkeys(actor.grants))


def _covers(grant: Grant, region: ColumnElement[str], unit_id: ColumnElement[int]) -> ColumnElement[bool]:
    if grant.unit_id is not None:
        return unit_id == grant.unit_id
    return region == grant.region if grant.role is Role.COORDINATOR else in_region(region, grant.region)


def _covers_case(grant: Grant) -> ColumnElement[bool]:
    return _covers(grant, case.c.region, case.c.unit_id)


def _known_to(grants: Sequence[Grant], who: ColumnElement[int]) -> ColumnElement[bool]:
    """Return the condition that somebody has a right or a case that one of the grants covers."""
    if not grants:
        return false()
    rights = or_(*(_covers(grant, right.c.region, right.c.unit_id) for grant in grants))
    cases = or_(*(_covers_case(grant) for grant in grants))
    return or_(
        exists().where(and_(right.c.person_id == who, rights)),
        exists().where(and_(case.c.coordinator_id == who, cases)),
    )
