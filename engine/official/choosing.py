"""Which official sheet some cases go onto: the activities of a list onto a table, one onto its form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from config.official import FileKind, OfficialSheet, Sheets, sheet_of, sheets_for
from config.schedule import CaseKind
from engine.case_filter import CaseFilter
from engine.cases import cases_by_ref
from engine.listing import one_case, refs_of
from engine.official.records import MOST


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A sheet, and the activities that go onto it."""

    sheet: OfficialSheet
    refs: tuple[str, ...]


def sheet_of_list(
    conn: Connection, wanted: CaseFilter, sheets: Sheets, *, key: str | None = None, now: datetime
) -> Chosen | None:
    """Return the activities of a list with the sheet named by ``key``, else the table of their notice.

    None where they are of several notices or there are none; UserError where no sheet has that key.
    """
    refs = refs_of(conn, wanted, now=now, most=MOST)
    found = cases_by_ref(conn, refs) if refs else []
    activities = [one for one in found if one.kind == str(CaseKind.ACTIVITY)]
    sheet = sheet_of(key, sheets) if key is not None else _table_of(activities, sheets)
    return Chosen(sheet=sheet, refs=tuple(one.ref for one in activities)) if sheet else None


def _table_of(activities: Sequence[Any], sheets: Sheets) -> OfficialSheet | None:
    if len({one.notice for one in activities}) != 1:
        return None
    made = sheets_for(activities[0].notice, activities[0].region, sheets)
    return next((one for one in made if one.file is FileKind.XLSX), None)


def form_of_case(conn: Connection, ref: str, sheets: Sheets, *, now: datetime) -> OfficialSheet | None:
    """Return the form on which an activity is applied for, None where its notice has none."""
    one = one_case(conn, ref, now=now)
    if one.kind != str(CaseKind.ACTIVITY):
        return None
    made = sheets_for(one.notice, one.region, sheets)
    return next((sheet for sheet in made if sheet.file is FileKind.DOCX), None)
