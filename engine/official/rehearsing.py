"""An official sheet tried: what it would change, or all that stands against it; nothing is kept."""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.actors import Actor
from engine.database import Database
from engine.official.problems import OfficialRefused
from engine.official.reading import Reading
from engine.official.taking import take_in_sheet
from engine.official.told import Taken
from engine.sheets.problems import Problem


def rehearse_sheet(
    database: Database, reading: Reading, notice_id: str, *, actor: Actor, now: datetime, store: Path
) -> Taken:
    """Return what would become of a sheet; refused as ``take_in_sheet`` refuses it."""
    with TemporaryDirectory(prefix="duban-") as folder, database.rehearse() as conn:
        keep = Path(folder)
        return take_in_sheet(conn, reading, notice_id, actor=actor, now=now, store=store, keep=keep)


def problems_of(
    database: Database, reading: Reading, notice_id: str, *, actor: Actor, now: datetime, store: Path
) -> tuple[Problem, ...]:
    """Return every place for which a sheet would be refused."""
    try:
        rehearse_sheet(database, reading, notice_id, actor=actor, now=now, store=store)
    except OfficialRefused as error:
        return tuple(error.problems)
    return ()
