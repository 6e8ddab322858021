"""Whom the words of a sheet mean: units by name, people by name and telephone, cases by unit and title."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from unicodedata import normalize

from sqlalchemy import Connection, select

from config.regions import full_name, is_within
from config.schedule import CaseKind, Role
from engine.actors import in_force
from engine.scope import in_region
from engine.sheets.problems import Wrong
from engine.tables import case, person, right, unit

_LABELS = re.compile(r"(?:主办|承办|协办|指导|联合主办)(?:单位|方)?[:：]")
_BETWEEN = re.compile(r"[、,，;；/\n]+|\s{2,}")
_DIGITS = re.compile(r"\D")


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """All units of a notice's region, the people who answer for them, and the activities there are."""

    units: Mapping[str, Sequence[Any]]
    people: Mapping[str, Sequence[Any]]
    coordinators: Mapping[int, frozenset[int]]
    cases: Mapping[tuple[int, str], Sequence[Any]]
    refs: Mapping[str, Any]

    def host(self, words: Sequence[str], *, region: str | None) -> Any:
        """Return the unit that the first of some words names; ``Wrong`` where none is one, or several are."""
        for word in words:
            found = [
                one
                for part in _names(word)
                for one in self.units.get(_plain(part), ())
                if region is None or is_within(one.region, region)
            ]
            if found and all(one.name == found[0].name for one in found[1:]) and len(found) > 1:
                raise _several(found)
            if found:
                return found[0]
        raise _no_unit(next((word for word in words if word.strip()), ""))

    def coordinator(self, name: str | None, phone: str | None, host: Any) -> int | None:
        """Return who of a unit's people is meant; two of one name are told apart by their telephone."""
        if not name:
            return None
        mine = [one for one in self.people.get(_plain(name), ()) if _answers_for(one, host)]
        numbers = {one.id for one in mine}
        if len(numbers) > 1 and phone:
            numbers = {one.id for one in mine if one.phone and _digits(one.phone) == _digits(phone)}
        return numbers.pop() if len(numbers) == 1 else None

    def only_coordinator(self, unit_id: int) -> int | None:
        """Return the unit's coordinator where it has but one."""
        found = self.coordinators.get(unit_id, frozenset())
        return next(iter(found)) if len(found) == 1 else None

    def known(self, host: Any, title: str, starts_on: Any) -> Any:
        """Return the activity of that unit and title, None if it is new; ``Wrong`` if it may be several."""
        found = self.cases.get((host.id, _plain(title)), ())
        if len(found) > 1:
            found = [one for one in found if one.starts_on == starts_on]
        if len(found) > 1:
            raise Wrong(
                zh="这个单位有几项同名活动；请在“编号”一列填写编号",
                en="this unit has several activities of that title; write the number into the column 编号",
            )
        return found[0] if found else None


def directory_of(conn: Connection, notice_id: str, home: str, *, now: datetime) -> Directory:
    """Read what the sheets of a notice may mean; ``home`` is the notice's region."""
    units: dict[str, list[Any]] = {}
    for row in conn.execute(select(unit).where(in_region(unit.c.region, home)).order_by(unit.c.id)):
        units.setdefault(_plain(row.name), []).append(row)
    cases: dict[tuple[int, str], list[Any]] = {}
    refs = {}
    columns = (case.c.id, case.c.ref, case.c.title, case.c.unit_id, case.c.starts_on, case.c.state)
    for row in conn.execute(
        select(*columns).where(case.c.notice == notice_id, case.c.kind == str(CaseKind.ACTIVITY))
    ):
        refs[row.ref] = row
        cases.setdefault((row.unit_id, _plain(row.title)), []).append(row)
    people = _people(conn, now)
    return Directory(units=units, people=people, coordinators=_coordinators(people), cases=cases, refs=refs)


def _coordinators(people: Mapping[str, Sequence[Any]]) -> Mapping[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for one in (one for rows in people.values() for one in rows):
        if one.role == str(Role.COORDINATOR) and one.unit_id is not None:
            found.setdefault(one.unit_id, set()).add(one.id)
    return {unit_id: frozenset(numbers) for unit_id, numbers in found.items()}


def _people(conn: Connection, now: datetime) -> Mapping[str, Sequence[Any]]:
    query = (
        select(person.c.id, person.c.name, person.c.phone, right.c.role, right.c.region, right.c.unit_id)
        .join(right, right.c.person_id == person.c.id)
        .where(person.c.active, in_force(now), right.c.role.in_([str(Role.COORDINATOR), str(Role.LEAD)]))
    )
    found: dict[str, list[Any]] = {}
    for row in conn.execute(query.order_by(person.c.id)):
        found.setdefault(_plain(row.name), []).append(row)
    return found


def _answers_for(one: Any, host: Any) -> bool:
    if one.unit_id is not None:
        return bool(one.unit_id == host.id)
    return bool(one.region == host.region)


def _names(text: str) -> list[str]:
    """Return the units that a text may name: all of it, then its parts."""
    plain = _LABELS.sub("、", text)
    return list(dict.fromkeys([text, *(part for part in _BETWEEN.split(plain) if part.strip())]))


def _plain(text: str) -> str:
    return "".join(normalize("NFKC", text).split())


def _digits(text: str) -> str:
    return _DIGITS.sub("", normalize("NFKC", text))


def _no_unit(word: str) -> Wrong:
    if not word:
        return Wrong(zh="请填写主办单位", en="fill in the host unit")
    return Wrong(
        zh="没有这个单位；请先导入单位，或改成登记的名称",
        en="there is no such unit; import it first, or write its registered name",
    )


def _several(found: Sequence[Any]) -> Wrong:
    names = "、".join(full_name(one.region) for one in found[:4])
    return Wrong(
        zh=f"有几个同名单位（{names}）；请在名称前写明地区，或填写编号",
        en=f"there are several units of that name ({names}); give the number of the activity",
    )
