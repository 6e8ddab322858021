"""Handing a report in: its package becomes a material, with its hash in the history, and stays as it is."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import file_digest
from pathlib import Path

from sqlalchemy import Connection, select

from config.official import Sheets
from engine.actors import Actor
from engine.do import Done, Order, do
from engine.material_rows import Material, keep, keep_bytes, new_part
from engine.rollup.gathering import Item
from engine.rollup.package import (
    PACKAGE,
    REPORT,
    SHEET,
    Package,
    built,
    handed_in,
    rolled_up,
    write_package,
)
from engine.rollup.subject import Subject, require_due
from engine.tables import material
from workflows.materials import either

AGAIN = "重新汇总报送"
"""The reason that history gives for taking an earlier package away."""


def shelve(package: Package, *, store: Path) -> tuple[Material, ...]:
    """Keep a package and what of it the notice asks for, and return them as materials; no row is changed."""
    subject = package.gathered.subject
    packed = _packed(package, package_name(subject.ref or ""), store)
    return (packed, *_asked(package, store))


def made_ready(
    conn: Connection,
    subject: Subject,
    *,
    now: datetime,
    store: Path,
    shelf: Path,
    sheets: Sheets | None = None,
) -> tuple[Material, ...]:
    """Build the package of a report that is due and keep it on a ``shelf``; nothing for one handed in."""
    if not subject.open:
        return ()
    with built(conn, subject, now=now, store=store, sheets=sheets) as package:
        return shelve(package, store=shelf)


def package_name(ref: str) -> str:
    """Return what the package of a report is called."""
    return f"汇总包-{ref}.zip"


def _packed(package: Package, name: str, store: Path) -> Material:
    part = new_part(store)
    try:
        write_package(package, part)
        with part.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        size = part.stat().st_size
        keep(part, store / digest)
    finally:
        part.unlink(missing_ok=True)
    return Material(kind=PACKAGE, name=name, uri=f"sha256:{digest}", sha256=digest, size=size)


def _asked(package: Package, store: Path) -> Iterator[Material]:
    """Yield what the notice asks for and nobody handed in: made by the program, or from the activities."""
    have: dict[str, int] = {}
    for item in handed_in(package.gathered):
        have[item.kind] = have.get(item.kind, 0) + 1
    made = {"report": (REPORT, package.report), "summary_sheet": (SHEET, package.sheet)}
    for kinds, count in package.gathered.subject.needs.items():
        short = count - sum(have.get(kind, 0) for kind in either(kinds))
        for kind in either(kinds):
            if kind in made and short > 0:
                yield keep_bytes(kind, made[kind][0], made[kind][1], store=store)
                short -= 1
        for item in _borrowed(package, either(kinds))[: max(short, 0)]:
            yield Material(kind=item.kind, name=item.name, uri=item.uri, sha256=item.sha256, size=item.size)


def _borrowed(package: Package, kinds: tuple[str, ...]) -> list[Item]:
    """Return what the activities have of some kinds, of photos those that go along."""
    ranked = sorted(package.gathered.counted, key=lambda one: -(one.row.participants or 0))
    others = [kind for kind in kinds if kind != "photo"]
    rest = [item for one in ranked for item in one.of_kind(*others)]
    return [*(package.photos if "photo" in kinds else ()), *rest]


def hand_in(
    conn: Connection,
    subject: Subject,
    materials: tuple[Material, ...],
    *,
    actor: Actor,
    now: datetime,
    reason: str | None = None,
) -> Done:
    """Hand a report in with its package, in the caller's transaction; an earlier package is taken away.

    UserError where it was handed in already; StepsBlocked tells what else stands against it: something is
    missing, or the case was changed since ``subject`` was read.
    """
    require_due(subject)
    ref, version = subject.ref or "", subject.version
    earlier = _earlier(conn, subject)
    if earlier:
        away = Order(
            trigger="detach", refs=(ref,), actor=actor, reason=AGAIN, removed=earlier, expect={ref: version}
        )
        version = do(conn, away, now=now).done[0].version
    order = Order(
        trigger="submit",
        refs=(ref,),
        actor=actor,
        reason=reason,
        materials=materials,
        expect={ref: version},
    )
    return do(conn, order, now=now).done[0]


def _earlier(conn: Connection, subject: Subject) -> tuple[int, ...]:
    """Return the numbers of an earlier package and of what was handed in with it."""
    return tuple(one.id for one in rolled_up(_of_case(conn, subject)))


def _of_case(conn: Connection, subject: Subject) -> list[Item]:
    m = material.c
    query = select(m.id, m.case_id, m.kind, m.name, m.uri, m.sha256, m.size, m.added_at)
    mine = query.where(m.case_id == subject.case_id, m.removed_at.is_(None)).order_by(m.id)
    return [Item(*row) for row in conn.execute(mine)]
