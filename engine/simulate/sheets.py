"""Activities handed in on the authority's own sheet: filled in, sent back where a date is wrong, taken in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from shutil import copyfile
from typing import Any

from openpyxl import load_workbook
from sqlalchemy import Connection, select

from config.official import FileKind, OfficialSheet, shipped_sheets
from engine.actors import Actor
from engine.database import Database
from engine.official.filling import blank
from engine.official.marking import write_marked_sheet
from engine.official.problems import OfficialRefused
from engine.official.reading import Asked, Reading, read_official
from engine.official.taking import take_in_sheet
from engine.simulate.plot import Planned
from engine.tables import case, person, unit

MOST = 3
"""How many sheets of one notice come in by hand."""

_MOST_ROWS = 5
_NO_DAY, _RETURNED = "9月31日", "退回"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTaken:
    """One sheet taken in: its activities, how many places were wrong at first, what is not as it says."""

    notice: str
    file: Path
    refs: tuple[str, ...]
    returned: int
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Where the sheets of one notice are handed in: at its admin, who keeps forms in ``store``."""

    notice: str
    sheet: OfficialSheet
    admin: Actor
    store: Path

    def take(
        self, database: Database, path: Path, plans: Sequence[Planned], *, mistaken: bool, now: datetime
    ) -> SheetTaken:
        """Take a unit's sheet in; one with a day that does not exist is corrected when it comes back."""
        year = (plans[0].draft.starts_on or now.date()).year
        blank(self.sheet, path, year=year)
        rows = [_texts(one) for one in plans]
        _fill(path, self.sheet, [rows[0] | {"period": _NO_DAY}, *rows[1:]] if mistaken else rows)
        returned = self._returned(database, path, now) if mistaken else 0
        if returned:
            _fill(path, self.sheet, rows)
        refs = self._taken(database, path, now)
        with database.read() as conn:
            wrong = tuple(_differences(conn, refs, plans))
        return SheetTaken(notice=self.notice, file=path, refs=refs, returned=returned, wrong=wrong)

    def _returned(self, database: Database, path: Path, now: datetime) -> int:
        """Give a sheet back with its mistakes marked; return how many, nothing of it is taken in yet.

        What is corrected then is the marked file.
        """
        try:
            with database.rehearse() as conn:
                self._take(conn, path, now)
        except OfficialRefused as refused:
            marked = path.with_stem(f"{path.stem}-{_RETURNED}")
            write_marked_sheet(marked, self._read(path), path, refused.problems, lang="zh")
            copyfile(marked, path)
            return len(refused.problems)
        return 0

    def _taken(self, database: Database, path: Path, now: datetime) -> tuple[str, ...]:
        with database.write() as conn:
            return self._take(conn, path, now)

    def _take(self, conn: Connection, path: Path, now: datetime) -> tuple[str, ...]:
        reading = self._read(path)
        taken = take_in_sheet(conn, reading, self.notice, actor=self.admin, now=now, store=self.store)
        return taken.saved.created

    def _read(self, path: Path) -> Reading:
        return read_official(Asked(path=path, sheet=self.sheet), shipped_sheets())


def sheet_for(notice_id: str) -> OfficialSheet | None:
    """Return the table on which a notice's activities are handed in, None where it has none of its own."""
    mine = (one for one in shipped_sheets().values() if notice_id in one.notices)
    return next((one for one in mine if one.file is FileKind.XLSX), None)


def handed_in_together(plans: Iterable[Planned]) -> list[Planned]:
    """Return the activities of the first association that writes a sheet of what it enters that day."""
    mine: dict[Any, list[Planned]] = {}
    for one in plans:
        if one.unit.draft.kind == "association" and not one.draft.online:
            mine.setdefault(one.unit.draft, []).append(one)
    return next(iter(mine.values()), [])[:_MOST_ROWS]


def _texts(one: Planned) -> dict[str, str]:
    """Return what a unit writes of one activity, by the items of the sheet."""
    draft, who = one.draft, one.unit.coordinator
    return {
        "title": draft.title,
        "period": _period(draft.starts_on, draft.ends_on),
        "place": draft.place or "",
        "organiser": draft.unit,
        "contact": who.name,
        "phone": who.phone,
    }


def _period(first: date | None, last: date | None) -> str:
    days = [f"{day.year}年{day.month}月{day.day}日" for day in dict.fromkeys((first, last)) if day]
    return "至".join(days)


def _fill(path: Path, sheet: OfficialSheet, rows: Sequence[Mapping[str, str]]) -> None:
    """Type rows into the blank lines of a table, as a person does."""
    book = load_workbook(path)
    page = book.active
    headings = {one.heading: one.key for one in sheet.columns}
    top = next(row for row in page.iter_rows() if sum(cell.value in headings for cell in row) > 2)
    columns = {headings[cell.value]: cell.column for cell in top if cell.value in headings}
    for number, texts in enumerate(rows, top[0].row + 1):
        for key, text in texts.items():
            if key in columns:
                page.cell(number, columns[key]).value = text
    book.save(path)


def _differences(conn: Connection, refs: Sequence[str], plans: Sequence[Planned]) -> Iterator[str]:
    """Yield what the activities do not say as their sheet does."""
    query = (
        select(case, unit.c.name.label("unit_name"), person.c.email)
        .join(unit, unit.c.id == case.c.unit_id)
        .outerjoin(person, person.c.id == case.c.coordinator_id)
        .where(case.c.ref.in_(refs))
        .order_by(case.c.id)
    )
    rows = conn.execute(query).all()
    if len(rows) != len(plans):
        yield f"{len(plans)} rows became {len(rows)} activities"
    for row, one in zip(rows, plans, strict=False):
        draft = one.draft
        said = (draft.title, draft.unit, draft.starts_on, draft.ends_on, draft.place, draft.coordinator)
        now = (row.title, row.unit_name, row.starts_on, row.ends_on, row.place, row.email)
        yield from (
            f"{row.ref}: {is_!r} instead of {was!r}" for was, is_ in zip(said, now, strict=True) if was != is_
        )
