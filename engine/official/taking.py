"""An official sheet taken in: new activities entered, known ones changed where the sheet says otherwise.

All of it in the caller's transaction, or nothing: every problem is told at once, at its place.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from config.official import Item, OfficialSheet, Value
from config.regions import full_name, is_within
from config.schedule import Name
from engine.actors import Actor
from engine.do import StepsBlocked
from engine.drafts import Saved
from engine.official.comparing import Said, said_anew, said_of
from engine.official.contacts import Unknown
from engine.official.directory import Directory, directory_of
from engine.official.earlier import as_written
from engine.official.grid import REFERENCE_FORM, Cell, Line
from engine.official.parsing import span
from engine.official.problems import HeadingsAsked, OfficialRefused, problem_at
from engine.official.reading import Reading
from engine.official.records import Record, records
from engine.official.saving import Hand, Parts, change_known, enter_new, split
from engine.official.table_out import REFERENCE
from engine.official.wording import as_written as told_as
from engine.official.wording import period_text, written
from engine.schedules import schedule_of
from engine.sheets.cells import Raw, Unreadable, as_text, is_blank
from engine.sheets.problems import Problem, Wrong
from engine.unit_edit import is_admin_of
from workflows.wording import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One place of one activity: what it said, and what the sheet says."""

    ref: str
    title: str
    heading: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """One new activity as it was understood; ``row`` is its row, or which document it is."""

    row: int
    title: str
    period: str
    place: str
    unit: str
    region: str
    contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a sheet: numbers of activities; the new ones, what changed of others; what to know."""

    saved: Saved
    entered: tuple[Entered, ...] = ()
    changes: tuple[Changed, ...]
    notes: tuple[Name, ...]


@dataclass(slots=True, kw_only=True)
class _Match:
    """One line, the activity that it is about (None: a new one) and what it says anew."""

    line: Line
    cells: Mapping[str, Cell]
    said: Said = field(default_factory=Said)
    record: Record | None = None
    ref: str | None = None
    version: int | None = None
    host: Any = None


def take_in_sheet(  # noqa: PLR0913  what was read, for which notice, who brings it, where answers are kept
    conn: Connection,
    reading: Reading,
    notice_id: str,
    *,
    actor: Actor,
    now: datetime,
    store: Path,
    keep: Path | None = None,
) -> Taken:
    """Save what a sheet says and return what became of it.

    New forms are kept in ``keep`` (default: ``store``). Raises HeadingsAsked where headings are not
    understood, OfficialRefused with every problem; then nothing was saved.
    """
    if reading.guesses or reading.missing:
        raise HeadingsAsked(reading)
    hand = Hand(conn=conn, notice=notice_id, actor=actor, now=now, keep=keep or store)
    return _Taking(hand, reading, store).take()


class _Taking:
    """One sheet on its way in."""

    def __init__(self, hand: Hand, reading: Reading, store: Path) -> None:
        self.hand, self.reading, self.store = hand, reading, store
        self.sheet: OfficialSheet = reading.sheet
        schedule = schedule_of(hand.conn, hand.notice)
        days = [one.start.start for one in schedule.windows if one.start.start]
        self.year = min(days).year if days else hand.now.year
        self.home = schedule.region
        self.headings = {item: name for name, item in reading.columns.items()}
        self.directory: Directory = directory_of(hand.conn, hand.notice, self.home, now=hand.now)
        self.problems: list[Problem] = []
        self.notes: list[Name] = list(reading.notes)
        self.changes: list[Changed] = []
        self.entered: list[Entered] = []
        self.unknown = Unknown(reading.grid.documents)

    def take(self) -> Taken:
        """Match every line, compare it, and save what is new."""
        matches = [_Match(line=line, cells=self.reading.cells(line)) for line in self.reading.lines]
        for match in matches:
            self._guard(match, self._find)
        self._refuse_twice(matches)
        self._compare(matches)
        self._require_sound()
        saved = self._save(matches)
        self._require_sound()
        return Taken(
            saved=saved,
            entered=tuple(self.entered),
            changes=tuple(self.changes),
            notes=(*self.notes, *self.unknown.notes()),
        )

    def _guard(self, match: _Match, work: Any) -> None:
        try:
            work(match)
        except _At as error:
            self._note(match, error.key, error.value, error.wrong)

    def _note(self, match: _Match, key: str, value: str, wrong: Wrong) -> None:
        heading = self.headings.get(key) or self._sentence_of(key) or self.headings.get("title", REFERENCE)
        documents = self.reading.grid.documents
        self.problems.append(problem_at(match.line, heading, value, wrong, documents=documents))

    def _sentence_of(self, key: str) -> str | None:
        words = (one for one in self.sheet.columns if one.sentence and f"{{{key}}}" in one.sentence)
        return next((self.headings[one.key] for one in words if one.key in self.headings), None)

    def _require_sound(self) -> None:
        if self.problems:
            raise OfficialRefused(self.reading, sorted(self.problems, key=lambda one: one.row))

    def _find(self, match: _Match) -> None:
        """Find which activity a line is about: by its number, else by unit and title."""
        if match.line.reference:
            code = REFERENCE_FORM.fullmatch(match.line.reference)
            if code is None or code[1] not in self.directory.refs:
                raise _At(
                    REFERENCE,
                    match.line.reference,
                    zh="本通知没有这个编号；新的活动请把编号留空",
                    en="the notice has no such number; leave it empty for a new activity",
                )
            match.ref, match.version = code[1], int(code[2]) if code[2] else None
            return
        title = self._text(match, Value.TITLE)
        if not title:
            return
        match.host = self._host(match)
        try:
            known = self.directory.known(match.host, title, self._first_day(match))
        except Wrong as wrong:
            raise _At.of("title", title, wrong) from wrong
        match.ref = known.ref if known else None

    def _host(self, match: _Match) -> Any:
        hosts = self._hosts()
        words = [_shown(match.cells[one.key].raw) for one in hosts if one.key in match.cells]
        region = self._text(match, Value.REGION)
        try:
            return self.directory.host(
                [*words, match.line.reporter], region=region if region.isdecimal() else None
            )
        except Wrong as wrong:
            raise _At.of(hosts[0].key if hosts else "title", words[0] if words else "", wrong) from wrong

    def _text(self, match: _Match, value: Value) -> str:
        keys = (one.key for one in self.sheet.columns if one.value is value and one.key in match.cells)
        return next((" ".join(_shown(match.cells[key].raw).split()) for key in keys), "")

    def _first_day(self, match: _Match) -> Any:
        for one in self.sheet.columns:
            raw = match.cells[one.key].raw if one.key in match.cells else ""
            if one.value in (Value.PERIOD, Value.STARTS_ON) and not isinstance(raw, Unreadable):
                try:
                    return None if is_blank(raw) else span(raw, year=self.year)[0]
                except Wrong:
                    return None  # told when the cell itself is read
        return None

    def _refuse_twice(self, matches: Sequence[_Match]) -> None:
        """Refuse two lines about one activity."""
        first: dict[object, _Match] = {}
        for match in matches:
            title = self._text(match, Value.TITLE)
            fresh = (match.host.id, title, self._first_day(match)) if match.host is not None else None
            held = first.setdefault(match.ref or fresh or id(match), match)
            if held is not match:
                each = "份" if self.reading.grid.documents else "行"
                wrong = Wrong(
                    zh=f"与第 {held.line.number} {each}是同一项活动；请删去一个",
                    en=f"number {held.line.number} is about the same activity; delete one of them",
                )
                self._note(match, "title", title, wrong)

    def _compare(self, matches: Sequence[_Match]) -> None:
        known = [match.ref for match in matches if match.ref]
        form, hand = self.sheet.questions, self.hand
        found = {one.ref: one for one in records(hand.conn, known, form, now=hand.now, store=self.store)}
        for match in matches:
            match.record = found.get(match.ref or "")
        before = as_written(hand.conn, dict(_stale(matches)), store=self.store)
        for match in matches:
            self._compare_one(match, before.get(match.ref or ""))

    def _compare_one(self, match: _Match, before: Record | None) -> None:
        if match.record is None:
            if match.line.reference or (match.host is None and self._text(match, Value.TITLE)):
                return  # told already: it is not known which activity, or whose
            match.said = said_anew(match.cells, self.sheet, year=self.year)
            self._take_reporter(match)
            self._guard(match, self._check_new)
        else:
            match.said = said_of(
                match.cells,
                self.sheet,
                match.record,
                before=before,
                sure=bool(match.line.reference),
                year=self.year,
            )
            self.changes += self._changed(match, match.record)
        for key, (value, wrong) in match.said.wrong.items():
            self._note(match, key, value, wrong)

    def _take_reporter(self, match: _Match) -> None:
        """Take who reports for the host of an activity that names none."""
        for one in self._hosts() if match.host is not None else ():
            if match.said.wrong.get(one.key, ("-",))[0] == "":
                del match.said.wrong[one.key]
                match.said.values[one.key] = match.host.name

    def _hosts(self) -> Sequence[Item]:
        return [one for one in self.sheet.columns if one.value is Value.UNIT or one.answer == "organiser"]

    def _check_new(self, match: _Match) -> None:
        host = match.host
        if host is None:
            return
        actor = self.hand.actor
        if not is_within(host.region, self.home) or not is_admin_of(actor, host.region):
            raise _At(
                "organiser",
                host.name,
                zh="不在您管理的地区内；请由该地区的管理员导入",
                en="it is beyond your region; let its admin import it",
            )

    def _changed(self, match: _Match, record: Record) -> Iterator[Changed]:
        for item in self.sheet.columns:
            if item.key in match.cells and self._concerns(item, match.said.values):
                after = _shown(match.cells[item.key].raw)
                if item.key in match.said.values and not item.choices:
                    after = told_as(item.what, match.said.values[item.key])
                yield Changed(
                    ref=record.ref,
                    title=record.row.title,
                    heading=item.heading,
                    before=written(item, record, self.sheet),
                    after=after,
                )

    @staticmethod
    def _concerns(item: Item, values: Mapping[str, Any]) -> bool:
        return (
            item.key in values
            or any(f"{{{key}}}" in (item.sentence or "") for key in values)
            or (item.other is not None and item.other in values)
        )

    def _save(self, matches: Sequence[_Match]) -> Saved:
        fresh = [match for match in matches if match.record is None]
        parts = [split(self.sheet, match.said.values) for match in fresh]
        for match, part in zip(fresh, parts, strict=True):
            self._set_coordinator(match, part.columns, part.answers, match.host)
            self.entered.append(_entered(match, part))
        hosts = [match.host for match in fresh]
        refs = enter_new(self.hand, self.sheet, list(zip(hosts, parts, strict=True)), store=self.store)
        updated: list[str] = []
        same: list[str] = []
        for match in matches:
            if match.record is not None:
                hands_in = self.sheet.hands_in and not match.record.handed_in
                changed = bool(match.said.values or hands_in) and self._change(match, match.record)
                (updated if changed else same).append(match.record.ref)
        return Saved(created=tuple(refs), updated=tuple(updated), unchanged=tuple(same))

    def _change(self, match: _Match, record: Record) -> bool:
        part = split(self.sheet, match.said.values)
        if "contact" in part.answers:
            self._set_coordinator(match, part.columns, part.answers, record.row)
        try:
            changed, against = change_known(self.hand, self.sheet, record, part)
        except StepsBlocked as error:
            zh = "；".join(say(one, "zh") for one in error.blocked[0].blockers)
            en = "; ".join(say(one, "en") for one in error.blocked[0].blockers)
            self._note(
                match,
                "title",
                record.row.title,
                Wrong(zh=f"现在不能改：{zh}", en=f"it cannot be changed: {en}"),
            )
            return False
        for key, name in against:
            item = next((one.key for one in self.sheet.items if key in (one.answer, one.key)), key)
            self._note(match, item, "", Wrong(zh=name.zh, en=name.en))
        return changed

    def _set_coordinator(
        self, match: _Match, columns: dict[str, Any], answers: Mapping[str, Any], host: Any
    ) -> None:
        """Let the case be answered for by whom the sheet names, where it is one of the unit's own people."""
        unit = _Unit(getattr(host, "unit_id", None) or host.id, host.region)
        name = answers.get("contact")
        who = self.directory.coordinator(name, answers.get("phone"), unit)
        if who is not None:
            columns["coordinator_id"] = who
            return
        if match.record is None:
            columns["coordinator_id"] = self.directory.only_coordinator(unit.id)
        if name:
            answering = columns.get("coordinator_id") or getattr(host, "coordinator_id", None)
            self.unknown.add(str(name), match.line, reminded=answering is not None)


@dataclass(frozen=True, slots=True)
class _Unit:
    id: int
    region: str


class _At(Exception):
    """What is wrong with one place of a line."""

    def __init__(self, key: str, value: str, *, zh: str, en: str) -> None:
        super().__init__(en)
        self.key, self.value, self.wrong = key, value, Wrong(zh=zh, en=en)

    @classmethod
    def of(cls, key: str, value: str, wrong: Wrong) -> "_At":
        """Return a mistake at its place."""
        return cls(key, value, zh=wrong.zh, en=wrong.en)


def _stale(matches: Sequence[_Match]) -> Iterator[tuple[str, tuple[Record, int]]]:
    """Yield the activities that have changed since the sheet was written, and as of when it was."""
    for match in matches:
        if match.record and match.version and match.version < match.record.version:
            yield match.record.ref, (match.record, match.version)


def _entered(match: _Match, part: Parts) -> Entered:
    first, last = part.columns.get("starts_on"), part.columns.get("ends_on")
    return Entered(
        row=match.line.number,
        title=str(part.columns.get("title") or ""),
        period=period_text(first, last) if first else "",
        place=str(part.columns.get("place") or ""),
        unit=match.host.name,
        region=full_name(match.host.region),
        contact=str(part.answers.get("contact") or ""),
    )


def _shown(raw: Raw | Unreadable) -> str:
    return raw.text if isinstance(raw, Unreadable) else as_text(raw).strip()
