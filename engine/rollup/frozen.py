"""The package that a report was handed in with: what history says came along, whatever was done since."""

from hashlib import file_digest
from pathlib import Path

from sqlalchemy import Connection, func, select

from config.errors import UserError
from engine.clock import unstamp
from engine.rollup.gathering import Item
from engine.rollup.package import is_package
from engine.rollup.subject import Subject
from engine.tables import history, material
from workflows.decide import reached
from workflows.registry import lifecycle


def frozen_package(conn: Connection, subject: Subject, *, store: Path) -> Item:
    """Return the package that a report was handed in with; UserError where there is none, or it is gone."""
    found = packed(conn, subject)
    if found is None:
        raise UserError(
            zh=f"{subject.ref} 报送时没有汇总包；要重新汇总，请先由管理员退回。",
            en=f"{subject.ref} was handed in without a package; to make one, have it sent back first",
            code="rollup.none",
        )
    place = store / str(found.sha256)
    if not place.is_file() or _digest(place) != found.sha256:
        raise UserError(
            zh=f"{subject.ref} 的汇总包不见了或被改动过；请联系管理员从备份恢复。",
            en=f"the package of {subject.ref} is gone or was altered; ask the admin to restore it",
            code="rollup.altered",
        )
    return found


def packed(conn: Connection, subject: Subject) -> Item | None:
    """Return the package that came with a report the last time it was handed in, taken away since or not.

    None where none came, and while the report is not handed in.
    """
    if subject.state not in reached(lifecycle("report"), "submitted"):
        return None
    mine = (history.c.subject == f"case:{subject.ref}") & (history.c.trigger == "submit")
    last = conn.scalar(select(func.max(history.c.recorded_at)).where(mine))
    if last is None:
        return None
    columns = select(*(material.c[name] for name in Item._fields))
    then = columns.where(material.c.case_id == subject.case_id, material.c.added_at == unstamp(last))
    return next((one for one in (Item(*row) for row in conn.execute(then)) if is_package(one)), None)


def _digest(place: Path) -> str:
    with place.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
