"""Units, people and their rights: saved from drafts, all of them or none.

History keeps numbers and names of changed fields, never a person's name or address.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from config.schedule import Role
from engine.actors import SYSTEM, Actor, in_force
from engine.drafts import DraftsRejected, Edited, PersonDraft, Rejected, RightDraft, Saved, UnitDraft
from engine.history import GENESIS, Row, append, link
from engine.ids import reserve
from engine.person_record import Deed, change_of, record
from engine.rights import NewRight, require_within
from engine.tables import person, right, unit

UnitKey = tuple[str, str]


def units_by_key(conn: Connection) -> dict[UnitKey, Any]:
    """Return every unit by (region, name)."""
    return {(row.region, row.name): row for row in conn.execute(select(unit))}


def people_by_email(conn: Connection) -> dict[str, Any]:
    """Return every person by mail address in lower case."""
    return {row.email.lower(): row for row in conn.execute(select(person).where(person.c.email.is_not(None)))}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Book:
    """One hand writing in the register: who, when, on which connection."""

    conn: Connection
    actor: Actor
    now: datetime

    def add(self, table: Table, rows: list[Row], *, told: Sequence[str]) -> None:
        """Add rows; history holds the columns ``told``."""
        if not rows:
            return
        entries = []
        for row in rows:
            deed = Deed("add", {"set": {name: row[name] for name in told}})
            entry = link(GENESIS, change_of(table, row["id"], deed, actor=self.actor, now=self.now))
            entries.append(entry)
            row |= {"version": entry["version"], "head": entry["hash"]}
        self.conn.execute(insert(table), rows)
        append(self.conn, entries)

    def change(self, table: Table, row: Any, values: Row, *, told: bool) -> None:
        """Write new values. With ``told`` history holds them, else only which fields they were."""
        different = {name: value for name, value in values.items() if getattr(row, name) != value}
        self.conn.execute(update(table).where(table.c.id == row.id).values(**different))
        self.record(table, row.id, "edit", {"set": different} if told else {"fields": sorted(different)})

    def record(self, table: Table, number: int, trigger: str, details: Row) -> None:
        """Chain one change of a row and move its head."""
        record(self.conn, table, {number: Deed(trigger, details)}, actor=self.actor, now=self.now)


def save_units(conn: Connection, drafts: Sequence[UnitDraft], *, actor: Actor, now: datetime) -> Saved:
    """Add or change units; the same drafts again change nothing."""
    known = units_by_key(conn)
    wanted = {(draft.region, draft.name): {"level": draft.level, "kind": draft.kind} for draft in drafts}
    fresh = {key: values for key, values in wanted.items() if key not in known}
    changed = {key: values for key, values in wanted.items() if key in known and _differs(known[key], values)}
    rows = [
        {"id": number, "region": key[0], "name": key[1], **values}
        for number, (key, values) in zip(reserve(conn, unit, len(fresh)), fresh.items(), strict=True)
    ]
    book = _Book(conn=conn, actor=actor, now=now)
    book.add(unit, rows, told=("region", "name", "level", "kind"))
    for key, values in changed.items():
        book.change(unit, known[key], values, told=True)
    return Saved(
        created=tuple(name for _, name in fresh),
        updated=tuple(name for _, name in changed),
        unchanged=tuple(
            name for region, name in wanted if (region, name) not in fresh and (region, name) not in changed
        ),
        edited=tuple(one for key, values in changed.items() for one in _edited(key[1], known[key], values)),
    )


def save_people(conn: Connection, drafts: Sequence[PersonDraft], *, actor: Actor, now: datetime) -> Saved:
    """Add or change people and add their rights; the same drafts again change nothing.

    Raises DraftsRejected for a unit that is not there, UserError for a right that the actor may not give.
    """
    units = units_by_key(conn)
    if rejected := _without_unit(drafts, units):
        raise DraftsRejected(rejected)
    require_within(actor, [_wanted(grant, units) for draft in drafts for grant in draft.rights])
    known = people_by_email(conn)
    wanted = {draft.email.lower(): _values_of(draft) for draft in drafts}
    fresh = {mail: values for mail, values in wanted.items() if mail not in known}
    changed = {
        mail: values for mail, values in wanted.items() if mail in known and _differs(known[mail], values)
    }
    addresses = {draft.email.lower(): draft.email for draft in drafts}
    rows = [
        {"id": number, "email": addresses[mail], "active": True, "phone": None, **values}
        for number, (mail, values) in zip(reserve(conn, person, len(fresh)), fresh.items(), strict=True)
    ]
    book = _Book(conn=conn, actor=actor, now=now)
    book.add(person, rows, told=())
    for mail, values in changed.items():
        book.change(person, known[mail], values, told=False)
    granted = _grant(book, drafts, units)
    updated = set(changed) | (granted.keys() - fresh.keys())
    edited = [
        *(one for mail, values in changed.items() for one in _edited(addresses[mail], known[mail], values)),
        *(
            Edited(name=addresses[mail], field="rights", before=None, after=one)
            for mail, rights in granted.items()
            for one in rights
            if mail not in fresh
        ),
    ]
    return Saved(
        created=tuple(addresses[mail] for mail in fresh),
        updated=tuple(addresses[mail] for mail in wanted if mail in updated),
        unchanged=tuple(addresses[m] for m in wanted if m not in fresh and m not in updated),
        titles={addresses[mail]: values["name"] for mail, values in wanted.items()},
        edited=tuple(edited),
    )


def _edited(name: str, row: Any, values: Row) -> Iterator[Edited]:
    """Yield what of a row is to be another."""
    for field, after in values.items():
        if getattr(row, field) != after:
            yield Edited(name=name, field=field, before=getattr(row, field), after=after)


def _values_of(draft: PersonDraft) -> Row:
    """Return a person's columns; a sheet without a phone number takes none away."""
    values: Row = {"name": draft.name, "lang": draft.lang}
    values["address_bad"] = False  # who gives it again says that it works
    return values | ({"phone": draft.phone} if draft.phone else {})


def rejected_people(conn: Connection, drafts: Sequence[PersonDraft]) -> list[Rejected]:
    """Return all for which ``save_people`` would reject some drafts; asking changes nothing."""
    return _without_unit(drafts, units_by_key(conn))


def _without_unit(drafts: Sequence[PersonDraft], units: dict[UnitKey, Any]) -> list[Rejected]:
    return [
        Rejected(
            index=index,
            field="unit",
            zh=f"没有单位“{grant.unit}”（地区 {grant.region}）；请先导入单位，或改正名称。",
            en=f"there is no unit {grant.unit!r} in region {grant.region}; import it first or mend the name",
        )
        for index, draft in enumerate(drafts)
        for grant in draft.rights
        if grant.unit is not None and (grant.region, grant.unit) not in units
    ]


def _grant(
    book: _Book, drafts: Sequence[PersonDraft], units: dict[UnitKey, Any]
) -> Mapping[str, Sequence[RightDraft]]:
    """Add the rights not held yet; return them by the addresses (lower case) of those who got them."""
    people = people_by_email(book.conn)
    columns = (right.c.person_id, right.c.role, right.c.region, right.c.unit_id)
    held = {tuple(row) for row in book.conn.execute(select(*columns).where(in_force(book.now)))}
    new: dict[str, list[Row]] = {}
    granted: dict[str, list[RightDraft]] = {}
    for draft in drafts:
        mail = draft.email.lower()
        for grant in draft.rights:
            row = _right_row(people[mail].id, grant, units)
            if tuple(row.values()) not in held:
                held.add(tuple(row.values()))
                new.setdefault(mail, []).append(row)
                granted.setdefault(mail, []).append(grant)
    if new:
        book.conn.execute(insert(right), [row for rows in new.values() for row in rows])
    for mail, rows in new.items():
        grants = [{name: row[name] for name in ("role", "region", "unit_id")} for row in rows]
        book.record(person, people[mail].id, "grant", {"rights": grants})
    return granted


def _wanted(grant: RightDraft, units: dict[UnitKey, Any]) -> NewRight:
    row = _right_row(0, grant, units)
    return NewRight(role=grant.role, region=grant.region, unit_id=row["unit_id"])


def _right_row(person_id: int, grant: RightDraft, units: dict[UnitKey, Any]) -> Row:
    regional = grant.role in (Role.ADMIN, Role.AUDITOR)  # theirs is the whole region, whatever their own unit
    unit_id = None if regional or grant.unit is None else units[(grant.region, grant.unit)].id
    return {"person_id": person_id, "role": str(grant.role), "region": grant.region, "unit_id": unit_id}


def _differs(row: Any, values: Row) -> bool:
    return any(getattr(row, name) != value for name, value in values.items())


def mark_address(conn: Connection, person_id: int, *, bad: bool, reason: str, now: datetime) -> None:
    """Note that a mail server refused (or again takes) a person's address."""
    row = conn.execute(select(person).where(person.c.id == person_id)).one()
    if row.address_bad == bad:
        return
    conn.execute(update(person).where(person.c.id == person_id).values(address_bad=bad))
    book = _Book(conn=conn, actor=SYSTEM, now=now)
    trigger = "refuse_address" if bad else "accept_address"
    book.record(person, person_id, trigger, {"fields": ["address_bad"], "why": reason})
