"""What an official sheet says, written: cases entered and edited, forms handed in or kept as drafts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection, bindparam, insert, update

from config.form import Field, FieldType, Form
from config.official import OfficialSheet, Value
from config.schedule import CaseKind
from engine.actors import Actor
from engine.cases import enter
from engine.do import Order, blockers_of, do, do_all
from engine.field_problems import Problem
from engine.forms.answers import Checked, Typed, checked, typed
from engine.forms.drafts import drop_draft, require_open
from engine.forms.filled import handed_in, shown, write_form
from engine.forms.handing_in import REPLACED
from engine.history import Row
from engine.official.records import Record, records
from engine.sheets.problems import shown as short
from engine.tables import form_draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """Who brings a sheet, for which notice, when, and where the forms it hands in are kept.

    ``drafts`` and ``notes`` gather what ``finish`` writes at once.
    """

    conn: Connection
    notice: str
    actor: Actor
    now: datetime
    keep: Path
    drafts: list[tuple[bool, Row]] = field(default_factory=list)
    notes: list[Order] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Parts:
    """What a line says, by where it belongs: columns of the case, answers of its form."""

    columns: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)


def split(sheet: OfficialSheet, values: Mapping[str, Any]) -> Parts:
    """Return where the values of a line belong."""
    parts, form = Parts(), sheet.questions
    for key, value in values.items():
        item = sheet.by_key.get(key)
        if item is not None and item.value is not None:
            parts.columns |= _of_case(item.value, value)
            continue
        answer = (item.answer if item else key) or key
        asked = form.field(answer)
        if asked is not None and asked.fills:
            parts.columns[asked.fills] = date.fromisoformat(value) if asked.fills.endswith("_on") else value
        else:
            parts.answers[answer] = value
    if "online" in parts.columns:
        parts.columns["online"] = bool(parts.columns["online"])
    return parts


def _of_case(value: Value, said: Any) -> Mapping[str, Any]:
    if value is Value.PERIOD:
        first, last = said or (None, None)
        return {"starts_on": first, "ends_on": last}
    # whose activity it is goes by its unit, which is found by name
    return {} if value in (Value.UNIT, Value.REGION) else {str(value): said}


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What a line is to change: ``record`` as it is and ``after`` it, the edit, the answers of the form.

    ``found`` is None where no answers are touched; ``against`` is what stands against the form.
    """

    record: Record
    after: Record
    parts: Parts
    order: Order | None
    answers: Mapping[str, Typed]
    found: Checked | None
    against: Sequence[Problem]

    @property
    def whole(self) -> bool:
        """Return whether answers are touched and the form would be whole with them."""
        return self.found is not None and not (self.found.problems or self.found.missing)


def first_step(hand: Hand, sheet: OfficialSheet, planned: Planned) -> Order | None:
    """Return the step that tells whether a line can be taken: its edit, else that of its answers."""
    if planned.order is not None or planned.found is None:
        return planned.order
    if _hands_in(sheet, planned):
        return Order(trigger="attach", refs=(planned.record.ref,), actor=hand.actor)
    return _note(hand, planned)


def _hands_in(sheet: OfficialSheet, planned: Planned) -> bool:
    return planned.whole and (planned.record.handed_in or sheet.hands_in)


def _note(hand: Hand, planned: Planned) -> Order:
    told = _told_of(planned.record, planned.parts.answers)
    return Order(trigger="note", refs=(planned.record.ref,), actor=hand.actor, reason=told)


def plan_change(hand: Hand, sheet: OfficialSheet, record: Record, parts: Parts) -> Planned:
    """Return what a line is to change of an activity; asking changes nothing."""
    changes = {name: value for name, value in parts.columns.items() if getattr(record.row, name) != value}
    order = Order(trigger="edit", refs=(record.ref,), actor=hand.actor, changes=changes) if changes else None
    after = replace(record, row=SimpleNamespace(**{**record.row._asdict(), **changes}))
    touched = bool(parts.answers) or (record.handed_in and bool(_fills(sheet.questions) & set(changes)))
    answers, found = _with(after, parts.answers, sheet.asked, hand) if touched else ({}, None)
    against = _against(record, parts.answers, found) if found else ()
    return Planned(
        record=record, after=after, parts=parts, order=order, answers=answers, found=found, against=against
    )


def against_new(hand: Hand, sheet: OfficialSheet, host: Any, parts: Parts) -> Sequence[Problem]:
    """Return what is wrong with the answers of a new activity; what is missing may come later."""
    columns = {**dict.fromkeys(_fills(sheet.questions)), **parts.columns}
    row = SimpleNamespace(**columns, unit_name=host.name, person_name=None, phone=None, email=None)
    record = Record(row=row, form=sheet.questions, answers={}, typed={}, handed_in=False)
    return _against(record, parts.answers, _with(record, parts.answers, sheet.asked, hand)[1])


def _against(record: Record, new: Mapping[str, Any], found: Checked) -> Sequence[Problem]:
    """Return why answers cannot be taken: a form that was handed in stays whole."""
    if record.handed_in:
        return (*found.problems, *found.missing)
    return [one for one in found.problems if one[0] in new]


def enter_new(
    hand: Hand, sheet: OfficialSheet, fresh: Sequence[tuple[Any, Parts]], *, store: Path
) -> list[str]:
    """Enter new activities at once; what else their lines say is handed in or kept."""
    rows = [{"unit_id": host.id, "region": host.region, **_days(parts.columns)} for host, parts in fresh]
    refs = enter(hand.conn, hand.notice, rows, kind=CaseKind.ACTIVITY, actor=hand.actor, now=hand.now)
    known = {one.ref: one for one in records(hand.conn, refs, sheet.questions, now=hand.now, store=store)}
    for ref, (_, parts) in zip(refs, fresh, strict=True):
        if parts.answers:
            _answer(hand, sheet, plan_change(hand, sheet, known[ref], Parts(answers=parts.answers)))
    return refs


def _days(columns: Mapping[str, Any]) -> Mapping[str, Any]:
    last = columns.get("ends_on") or columns.get("starts_on")
    return {**columns, "ends_on": last}


def change_known(hand: Hand, sheet: OfficialSheet, planned: Sequence[Planned]) -> list[str]:
    """Change activities as planned, where nothing stands against it; return the numbers of those changed."""
    do_all(hand.conn, [one.order for one in planned if one.order], now=hand.now)
    changed = []
    for one in planned:
        if one.found is not None:
            _answer(hand, sheet, one, noted=True)
            changed.append(one.record.ref)
        elif _hand_in_whole(hand, sheet, one.after) or one.order:
            changed.append(one.record.ref)
    return changed


def finish(hand: Hand) -> None:
    """Write the answers that are kept as drafts, and what history says of them."""
    fresh = [row for known, row in hand.drafts if not known]
    if fresh:
        hand.conn.execute(insert(form_draft), fresh)
    again = [
        {**row, "the_case": row["case_id"], "the_form": row["form"]} for known, row in hand.drafts if known
    ]
    if again:
        mine = form_draft.c.case_id == bindparam("the_case"), form_draft.c.form == bindparam("the_form")
        hand.conn.execute(update(form_draft).where(*mine), again)
    do_all(hand.conn, hand.notes, now=hand.now, quiet=True)


def _hand_in_whole(hand: Hand, sheet: OfficialSheet, record: Record) -> bool:
    """Hand in what was kept as a draft so far, where the sheet is its form and nothing is missing."""
    if record.handed_in or not sheet.hands_in or blockers_of(hand.conn, record.ref, "attach", now=hand.now):
        return False
    found = _with(record, {}, sheet.asked, hand)[1]
    if found.problems or found.missing:
        return False
    _hand_in(hand, sheet.asked, record, found)
    return True


def _told_of(record: Record, new: Mapping[str, Any]) -> str:
    """Return what history says of answers that a sheet changed while their form is not handed in."""
    asked = [one for one in record.form.fields if one.key in new]
    texts = [
        one.name.zh
        # history is kept for ever: it does not say how to reach a person
        if one.type in (FieldType.PHONE, FieldType.EMAIL)
        else f"{one.name.zh}由“{_said(one, record.answer(one))}”改为“{_said(one, new[one.key])}”"
        for one in asked
    ]
    return f"按导入的表格修改申报表：{'；'.join(texts)}"


def _said(asked: Field, value: Any) -> str:
    return short(shown(asked, value).zh) if value not in (None, "", []) else ""


def _fills(form: Form) -> set[str]:
    return {one.fills for one in form.fields if one.fills}


def _answer(hand: Hand, sheet: OfficialSheet, planned: Planned, *, noted: bool = False) -> None:
    """Hand the form in anew where it was handed in, or where the sheet is that form; else keep a draft.

    What the sheet has no place for is not required of it. ``noted``: history says what a draft changed.
    """
    record, found, new = planned.after, planned.found, planned.parts.answers
    if found is None:
        return
    if _hands_in(sheet, planned):
        _hand_in(hand, sheet.asked, record, found)
        return
    _keep_draft(hand, sheet.asked, record, {key: planned.answers.get(key, "") for key in new})
    if noted:
        hand.notes.append(_note(hand, planned))


def _with(
    record: Record, new: Mapping[str, Any], form: Form, hand: Hand
) -> tuple[Mapping[str, Typed], Checked]:
    """Return the answers of a case with some new ones, as typed and as they are understood."""
    known = {one.key: record.answer(one) for one in form.fields} | dict(new)
    answers = typed(form, {key: value for key, value in known.items() if value is not None})
    return answers, checked(form, answers, year=hand.now.year)


def _hand_in(hand: Hand, form: Form, record: Record, found: Checked) -> None:
    conn, ref = hand.conn, record.ref
    require_open(conn, ref, actor=hand.actor, now=hand.now)
    written = write_form(form, ref, found.values, hand.keep)
    earlier = handed_in(conn, ref, form)
    if [one.sha256 for one in earlier] == [written.sha256]:
        return
    do(conn, Order(trigger="attach", refs=(ref,), actor=hand.actor, materials=(written,)), now=hand.now)
    if earlier:  # after what replaces them: a step done may have needed one
        gone = tuple(one.id for one in earlier)
        order = Order(trigger="detach", refs=(ref,), actor=hand.actor, removed=gone, reason=REPLACED)
        do(conn, order, now=hand.now)
    drop_draft(conn, record.row.id, form)


def _keep_draft(hand: Hand, form: Form, record: Record, answers: Mapping[str, Typed]) -> None:
    """Keep answers for whoever fills the form in: who brings them, the coordinator, or nobody yet."""
    who = hand.actor.person_id or record.row.coordinator_id
    about = {"case_id": record.row.id, "form": form.key, "saved_at": hand.now, "person_id": who}
    hand.drafts.append((bool(record.typed), {**about, "answers": {**record.typed, **answers}}))
