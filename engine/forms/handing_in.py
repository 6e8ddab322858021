"""Handing a form in: the case gets its values, and the form becomes one of its materials."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from config.form import Form
from engine.actors import Actor
from engine.do import Order, do
from engine.field_problems import FieldProblems
from engine.forms.answers import checked
from engine.forms.drafts import draft_of, drop_draft, require_open
from engine.forms.filled import handed_in, write_form
from engine.material_rows import Material

REPLACED = "重新提交表格"
"""The reason that history gives for the version of a form that another one replaces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """A form handed in: the material that it became, and the version of its case after that."""

    material: Material
    version: int


def hand_in_form(  # noqa: PLR0913  who hands in what, where its file goes, and what they had seen
    conn: Connection,
    ref: str,
    form: Form,
    *,
    actor: Actor,
    now: datetime,
    store: Path,
    expect: int | None = None,
) -> HandedIn:
    """Hand the draft of a form in, in the caller's transaction; the version before it is taken away.

    FieldProblems names everything that is wrong or missing, StepsBlocked what stands against it
    (``expect``: the version of the case that the person saw).
    """
    row = require_open(conn, ref, actor=actor, now=now)
    draft = draft_of(conn, ref, form, now=now, store=store)
    if not draft.complete:
        told = {**dict(draft.problems), **dict(draft.missing)}
        raise FieldProblems([(one.key, told[one.key]) for one in form.fields if one.key in told])
    values = checked(form, draft.answers, year=now.year).values
    written = write_form(form, ref, values, store)
    hand = _Hand(conn, ref, actor, now, row.version if expect is None else expect)
    changes = _changes(form, row, values)
    if changes:
        hand.step("edit", changes=changes)
    earlier = handed_in(conn, ref, form)
    if [one.sha256 for one in earlier] != [written.sha256]:
        hand.step("attach", materials=(written,))
        if earlier:  # after what replaces them: a step done may have needed one
            hand.step("detach", removed=tuple(one.id for one in earlier), reason=REPLACED)
    drop_draft(conn, row.id, form)
    return HandedIn(material=written, version=hand.version)


@dataclass(slots=True)
class _Hand:
    """One person doing several steps of one case, each from where the one before left it."""

    conn: Connection
    ref: str
    actor: Actor
    now: datetime
    version: int

    def step(self, trigger: str, **order: Any) -> None:
        """Do one step."""
        expect = {self.ref: self.version}
        asked = Order(trigger=trigger, refs=(self.ref,), actor=self.actor, expect=expect, **order)
        [done] = do(self.conn, asked, now=self.now).done
        self.version = done.version


def _changes(form: Form, row: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of the case that the answers change."""
    meant = {one.fills: values.get(one.key) for one in form.fields if one.fills}
    if "online" in meant:
        meant["online"] = bool(meant["online"])
    for name in ("starts_on", "ends_on"):
        if meant.get(name):
            meant[name] = date.fromisoformat(str(meant[name]))
    return {name: value for name, value in meant.items() if getattr(row, name) != value}
