"""The application of one activity as a Word file: written from what is known, filled in, taken in again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from config.official import FileKind, OfficialSheet, shipped_sheets
from engine.actors import Actor
from engine.database import Database
from engine.official.filling import fill_documents
from engine.official.reading import Asked, read_official
from engine.official.records import records
from engine.official.taking import take_in_sheet
from engine.tables import case

_TYPED: Mapping[str, str] = {
    "kind": "展览展示、互动体验",
    "audience": "青少年、老年人",
    "expected": "300",
    "content": "现场讲解、动手体验和答疑，配发科普资料。",
    "safety": "专人疏导，备急救包，雨天改在室内。",
}
"""What a unit adds to an application, by the items of the sheet."""

_SENTENCE = "预计公众参与活动人数 300 人，组织工作人员 12 人。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """One application that was taken in, and what of it the case does not say now."""

    notice: str
    ref: str
    file: Path
    wrong: tuple[str, ...]


def application_for(notice_id: str) -> OfficialSheet | None:
    """Return the document on which an activity of a notice is applied for, None where it has none."""
    mine = (one for one in shipped_sheets().values() if notice_id in one.notices)
    return next((one for one in mine if one.file is FileKind.DOCX), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Applications:
    """Where the applications of one notice are handed in: at its admin, who keeps forms in ``store``."""

    notice: str
    sheet: OfficialSheet
    admin: Actor
    store: Path

    def take(self, database: Database, path: Path, ref: str, *, now: datetime) -> Applied:
        """Give out an activity's application, fill it in and take it in again."""
        with database.read() as conn:
            fill_documents(conn, self.sheet, [ref], path, now=now, store=self.store)
        _type_in(path, self.sheet)
        with database.write() as conn:
            reading = read_official(Asked(path=path, sheet=self.sheet), shipped_sheets())
            take_in_sheet(conn, reading, self.notice, actor=self.admin, now=now, store=self.store)
        with database.read() as conn:
            wrong = tuple(self._differences(conn, ref, now))
        return Applied(notice=self.notice, ref=ref, file=path, wrong=wrong)

    def _differences(self, conn: Connection, ref: str, now: datetime) -> Iterator[str]:
        """Yield what was typed and is not among the case's answers."""
        [known] = records(conn, [ref], self.sheet.questions, now=now, store=self.store)
        there = conn.scalar(select(case.c.title).where(case.c.ref == ref))
        if there != known.row.title:
            yield f"{ref} has another title"
        meant: Mapping[str, Any] = {"expected": 300, "content": _TYPED["content"]}
        for key, value in meant.items():
            said = {**known.typed, **known.answers}.get(key)
            if str(said) != str(value):
                yield f"{ref}: {key} is {said!r} instead of {value!r}"


def _type_in(path: Path, sheet: OfficialSheet) -> None:
    """Type what is still empty into the cells beside their labels, as a person does."""
    from docx import Document  # noqa: PLC0415  an extra

    document = Document(str(path))
    labels = {one.heading: one for one in sheet.columns}
    for row in document.tables[0].rows:
        for label, cell in zip(row.cells, row.cells[1:], strict=False):
            item = labels.get(label.text.strip())
            if item is None:
                continue
            if item.sentence:
                cell.text = _SENTENCE
            elif item.key in _TYPED:
                cell.text = _TYPED[item.key]
    document.save(str(path))
