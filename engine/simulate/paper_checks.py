"""What must hold of a season's papers and commendations; each sentence says one thing that does not."""

import re
from collections.abc import Iterator, Mapping
from hashlib import file_digest
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import orjson
from openpyxl import load_workbook
from sqlalchemy import Connection, select

from config.criteria import Award
from engine.commendation.chain import Chain, chain_of
from engine.rollup.package import PACKAGE, SHEET
from engine.schedules import schedules_in_force
from engine.simulate.papers import FOLDER, RECORD
from engine.tables import case, history, material

_REF = re.compile(r"[A-Z]+(?:-[A-Z0-9]+)*-[0-9]{4,}")


def signed_twice(conn: Connection) -> Iterator[str]:
    """Find activities that are commended although no list with two people's signatures names them."""
    mine = select(case.c.ref, case.c.notice).where(case.c.state == "commended").order_by(case.c.id)
    named: dict[str, frozenset[str]] = {}
    for row in conn.execute(mine).all():
        if row.notice not in named:
            named[row.notice] = _named(chain_of(conn, row.notice))
        if row.ref not in named[row.notice]:
            yield f"{row.ref} is commended, but no list that two admins signed names it"


def _named(chain: Chain) -> frozenset[str]:
    first, second, listed = chain.first, chain.second, chain.listed
    if first is None or second is None or listed is None or first.actor == second.actor:
        return frozenset()
    if len({first.hash, second.hash, listed.hash}) > 1:
        return frozenset()
    own = listed.award(Award.ACTIVITY)
    return frozenset(line.key for line in own.chosen) if own else frozenset()


def papers_hold(conn: Connection, home: Path) -> Iterator[str]:
    """Find what a season's papers say otherwise than its cases; a season without papers has none."""
    record = home / FOLDER / RECORD
    if not record.is_file():
        return
    told = orjson.loads(record.read_bytes())
    for one in told["notices"]:
        for sort, day in (*one["missed"], *one["extra"]):
            yield f"{one['notice']} was read with other dates than its schedule has: {sort} {day}"
    for one in told["sheets"]:
        yield from (f"{one['file']} was not taken in as it says: {wrong}" for wrong in one["wrong"])
        yield from _entered(conn, one)
    for one in told["applications"]:
        yield from (f"{one['file']} was not taken in as it says: {wrong}" for wrong in one["wrong"])
    for one in told["packages"]:
        yield from _package(conn, one, home)


def _entered(conn: Connection, sheet: Mapping[str, Any]) -> Iterator[str]:
    """Find rows of a sheet that are not in the history as activities entered."""
    subjects = [f"case:{ref}" for ref in sheet["refs"]]
    entered = history.c.subject.in_(subjects) & (history.c.trigger == "enter")
    known = set(conn.scalars(select(history.c.subject).where(entered)))
    yield from (
        f"{subject} of {sheet['file']} was never entered" for subject in subjects if subject not in known
    )


def _package(conn: Connection, one: Mapping[str, Any], home: Path) -> Iterator[str]:
    data = (home / one["file"]).read_bytes()
    if file_digest(BytesIO(data), "sha256").hexdigest() != one["sha256"]:
        yield f"the package of {one['subject']} was altered"
    elif one["frozen"]:
        yield from _handed_in(conn, one)
    else:
        yield from _total(conn, one["subject"], data)


def _handed_in(conn: Connection, one: Mapping[str, Any]) -> Iterator[str]:
    """Find a package that is not the one its report was handed in with."""
    query = select(material.c.id).join(case, case.c.id == material.c.case_id)
    same = (
        (case.c.ref == one["subject"]) & (material.c.kind == PACKAGE) & (material.c.sha256 == one["sha256"])
    )
    if conn.scalar(query.where(same, material.c.removed_at.is_(None)).limit(1)) is None:
        yield f"{one['subject']} was not handed in with the package that is kept of it"


def _total(conn: Connection, notice: str, data: bytes) -> Iterator[str]:
    """Find activities that a notice's package counts and the tables do not, or the other way round."""
    family = [name for name, schedule in schedules_in_force(conn).items() if notice in schedule.line]
    mine = (case.c.kind == "activity") & case.c.notice.in_(family) & (case.c.state != "cancelled")
    there = set(conn.scalars(select(case.c.ref).where(mine)))
    counted = _refs_in(data)
    if there != counted:
        odd = sorted(there ^ counted)
        yield f"the package of {notice} counts {len(counted)} activities, there are {len(there)}: {odd[:3]}"


def _refs_in(package: bytes) -> set[str]:
    """Return the numbers that stand in the summary sheet of a package."""
    with ZipFile(BytesIO(package)) as archive:
        book = load_workbook(BytesIO(archive.read(SHEET)), read_only=True)
    rows = (row for page in book.worksheets for row in page.iter_rows(values_only=True))
    cells = (str(cell) for row in rows for cell in row if cell)
    return {found[0] for cell in cells if (found := _REF.fullmatch(cell.partition("@")[0]))}
