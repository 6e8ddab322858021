"""Official sheets written: blank, or filled from cases; one document an activity, one table of many."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import Connection, select

from config.errors import UserError
from config.official import FileKind, OfficialSheet, Value
from config.regions import region
from engine.official.document_out import Documents
from engine.official.records import Cases, Record, records
from engine.official.table_out import Around, Written, table_bytes
from engine.official.wording import BLANK, day_text, unfilled, written
from engine.rules import zone
from engine.schedules import schedule_of
from engine.tables import notice
from engine.whole_file import whole_file

_RULE = "              "  # where something is to be written by hand


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What head and foot of a sheet say; what is empty is left to be written by hand."""

    year: int
    unit: str = ""
    region: str = ""
    date: str = ""
    count: str = ""
    contact: str = ""
    phone: str = ""


def blank(sheet: OfficialSheet, path: Path, *, year: int) -> None:
    """Write a sheet with nothing filled in."""
    about = About(year=year, region=region(sheet.region).name)
    if sheet.file is FileKind.DOCX:
        texts = {one.key: unfilled(one, sheet) for one in sheet.columns}
        data = Documents(sheet).document(texts, _around(sheet, about), reference="")
    else:
        rows = [_blank_row(sheet, number) for number in range(1, sheet.blank_rows + 1)]
        data = table_bytes(sheet, _around(sheet, about), rows)
    _write(path, data)


def fill_table(  # noqa: PLR0913  which cases, onto which sheet, and what its head says
    conn: Connection,
    sheet: OfficialSheet,
    cases: Cases,
    path: Path,
    *,
    now: datetime,
    store: Path | None = None,
    unit: str = "",
) -> int:
    """Write the table of some cases (numbers, or a filter) to ``path`` and return how many they are.

    ``store`` is the folder of materials: without it answers of forms are not known. ``unit`` is who reports.
    """
    if sheet.file is not FileKind.XLSX:
        raise _no_table(sheet)
    found = records(conn, cases, sheet.questions, now=now, store=store)
    about = _about(conn, sheet, found, now=now, unit=unit)
    rows = [_row(sheet, number, one) for number, one in enumerate(found, 1)]
    _write(path, table_bytes(sheet, _around(sheet, about), rows))
    return len(found)


def fill_documents(
    conn: Connection,
    sheet: OfficialSheet,
    cases: Cases,
    path: Path,
    *,
    now: datetime,
    store: Path | None = None,
) -> int:
    """Write one document for each case: a .docx of the only one, or a .zip of them; return how many."""
    if sheet.file is not FileKind.DOCX:
        raise _no_table(sheet)
    found = records(conn, cases, sheet.questions, now=now, store=store)
    if path.suffix.lower() != ".zip" and len(found) != 1:
        raise UserError(
            zh=f"共 {len(found)} 项活动，一项一份；请写 .zip 结尾的文件名，或只选一项。",
            en=f"{len(found)} activities, a document each; give a name that ends in .zip, or one case",
            code="official.several",
        )
    documents = _documents(conn, sheet, found, now=now)
    if path.suffix.lower() != ".zip":
        _write(path, next(documents)[1])
        return 1
    with whole_file(path) as part, ZipFile(part, "w", ZIP_DEFLATED) as package:
        for name, data in documents:
            package.writestr(name, data)
    return len(found)


def fill(
    conn: Connection,
    sheet: OfficialSheet,
    cases: Cases,
    path: Path,
    *,
    now: datetime,
    store: Path | None = None,
) -> int:
    """Write a sheet filled from cases, as its kind of file wants; return how many they are."""
    write = fill_table if sheet.file is FileKind.XLSX else fill_documents
    return write(conn, sheet, cases, path, now=now, store=store)


def reference(record: Record) -> str:
    """Return what says on paper which case it is, and as of which version."""
    return f"{record.ref}@{record.version}"


def _documents(
    conn: Connection, sheet: OfficialSheet, found: Sequence[Record], *, now: datetime
) -> Iterator[tuple[str, bytes]]:
    documents = Documents(sheet)
    for one in found:
        about = _about(conn, sheet, [one], now=now, unit=one.row.unit_name)
        texts = {item.key: written(item, one, sheet) for item in sheet.columns}
        yield (
            f"{one.ref}.docx",
            documents.document(texts, _around(sheet, about), reference=reference(one)),
        )


def _row(sheet: OfficialSheet, number: int, one: Record) -> Written:
    texts = [
        str(number) if item.value is Value.NUMBER else written(item, one, sheet) for item in sheet.columns
    ]
    return Written(texts, reference(one))


def _blank_row(sheet: OfficialSheet, number: int) -> Written:
    return Written([str(number) if one.value is Value.NUMBER else "" for one in sheet.columns], "")


def _about(
    conn: Connection, sheet: OfficialSheet, found: Sequence[Record], *, now: datetime, unit: str
) -> About:
    """Return what is known for the head: the year of the cases' notice, and who reports if it is but one."""
    about = _notice(conn, found[0].row.notice if found else None, now)
    hosts = {one.row.unit_name for one in found}
    return About(
        year=about[0],
        unit=unit or (hosts.pop() if len(hosts) == 1 else ""),
        region=region(sheet.region).name,
        date=about[1],
        count=str(len(found)),
    )


def _notice(conn: Connection, notice_id: str | None, now: datetime) -> tuple[int, str]:
    """Return the year of a notice's season, and today by its clock."""
    known = notice_id and conn.execute(select(notice.c.id).where(notice.c.id == notice_id)).first()
    if not known:
        return now.year, day_text(now.date())
    schedule = schedule_of(conn, str(notice_id))
    starts = [one.start.start for one in schedule.windows if one.start.start]
    today = now.astimezone(zone(schedule.zone)).date()
    return min(starts, default=today).year, day_text(today)


def _around(sheet: OfficialSheet, about: About) -> Around:
    said: Mapping[str, Any] = {
        "year": about.year,
        "unit": about.unit or _RULE,
        "region": about.region,
        "date": about.date or "    年  月  日",
        "count": about.count or "    ",
        "contact": about.contact or _RULE,
        "phone": about.phone or _RULE,
    }
    return Around(
        title=_filled(sheet.title, said),
        head=[_filled(one, said) for one in sheet.head],
        foot=[_filled(one, said) for one in sheet.foot],
    )


def _filled(text: str, said: Mapping[str, Any]) -> str:
    return BLANK.sub(lambda found: str(said[found[1]]), text)


def _write(path: Path, data: bytes) -> None:
    with whole_file(path) as part:
        part.write_bytes(data)


def _no_table(sheet: OfficialSheet) -> UserError:
    return UserError(
        zh=f"“{sheet.name.zh}”是 {sheet.file} 文件；请换一种表格。",
        en=f"'{sheet.key}' is a {sheet.file} file; choose another sheet",
        code="official.other_kind",
    )
