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
from engine.do import Blocked, blocked_by
from engine.drafts import Saved
from engine.field_problems import Problem as FieldProblem
from engine.official.comparing import Said, said_anew, said_of
from engine.official.contacts import Unknown
from engine.official.directory import Directory, directory_of
from engine.official.earlier import as_written
from engine.official.grid import REFERENCE_FORM, Cell, Line
from engine.official.parsing import span
from engine.official.problems import HeadingsAsked, OfficialRefused, problem_at
from engine.official.reading import Reading
from engine.official.records import Record, records
from engine.official.saving import (
    Hand,
    Parts,
    Planned,
    against_new,
    change_known,
    enter_new,
    finish,
    first_step,
    plan_change,
    split,
)
from engine.official.table_out import REFERENCE
from engine.official.told import Changed, Entered, Taken
from engine.official.wording import as_written as told_as
from engine.official.wording import period_text, written
from engine.rules import far_from_season
from engine.schedules import schedule_of
from engine.sheets.cells import Raw, Unreadable, as_text, is_blank
from engine.sheets.problems import Problem, Wrong
from engine.unit_edit import is_admin_of
from workflows.wording import say


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
    parts: Parts = field(default_factory=Parts)
    planned: Planned | None = None


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
        self.schedule = schedule_of(hand.conn, hand.notice)
        days = [one.start.start for one in self.schedule.windows if one.start.start]
        self.year = min(days).year if days else hand.now.year
        self.home = self.schedule.region
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
        self._plan(matches)
        self._require_sound()
        saved = self._save(matches)
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
        match.host = self._host(match)
        if not title:
            return
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
            fresh = (
                (match.host.id, title, self._first_day(match)) if match.host is not None and title else None
            )
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
            match.said = said_anew(match.cells, self.sheet, year=self.year)
            self._leave_out_told(match)
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

    def _leave_out_told(self, match: _Match) -> None:
        """Take who reports for the host where none is named; what the line is about was told already."""
        wrong = match.said.wrong
        for one in self._hosts():
            if wrong.get(one.key, ("-",))[0] == "":
                del wrong[one.key]
                if match.host is not None:
                    match.said.values[one.key] = match.host.name
        if match.line.reference:  # which activity it means is not known: it may lack what that has
            match.said.wrong = {key: told for key, told in wrong.items() if told[0]}

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

    def _plan(self, matches: Sequence[_Match]) -> None:
        """Work out what is to be written, and note what stands against it."""
        for match in matches:
            match.parts = split(self.sheet, match.said.values)
            if match.record is not None:
                self._plan_change(match, match.record)
                continue
            self._note_form(match, self._far(match))
            if match.host is not None:
                self._set_coordinator(match, match.host)
                self._note_form(match, against_new(self.hand, self.sheet, match.host, match.parts))
        known = {match.record.ref: match for match in matches if match.record is not None}
        plans = [match.planned for match in matches if match.planned]
        first = {one.record.ref: first_step(self.hand, self.sheet, one) for one in plans}
        orders = [order for order in first.values() if order]
        for blocked in blocked_by(self.hand.conn, orders, now=self.hand.now):
            self._note_blocked(known[blocked.ref], blocked)

    def _far(self, match: _Match) -> Sequence[FieldProblem]:
        """Return what is wrong with the days of a new activity, told once at the place of its days."""
        days = (one.key for one in self.sheet.columns if one.value in (Value.PERIOD, Value.STARTS_ON))
        place = next(days, "starts_on")
        return [(place, why) for _, why in far_from_season(self.schedule, match.parts.columns)][:1]

    def _plan_change(self, match: _Match, record: Record) -> None:
        if not match.said.values and (record.handed_in or not self.sheet.hands_in):
            return
        if "contact" in match.parts.answers:
            self._set_coordinator(match, record.row)
        match.planned = plan_change(self.hand, self.sheet, record, match.parts)
        self._note_form(match, match.planned.against)

    def _note_form(self, match: _Match, against: Sequence[FieldProblem]) -> None:
        for key, name in against:
            item = next((one.key for one in self.sheet.items if key in (one.answer, one.key)), key)
            if item not in match.said.wrong:  # told already
                said = _shown(match.cells[item].raw) if item in match.cells else ""
                self._note(match, item, said, Wrong(zh=name.zh, en=name.en))

    def _note_blocked(self, match: _Match, blocked: Blocked) -> None:
        zh = "；".join(say(one, "zh") for one in blocked.blockers)
        en = "; ".join(say(one, "en") for one in blocked.blockers)
        wrong = Wrong(zh=f"现在不能改：{zh}", en=f"it cannot be changed: {en}")
        self._note(match, "title", match.record.row.title if match.record else "", wrong)

    def _save(self, matches: Sequence[_Match]) -> Saved:
        fresh = [match for match in matches if match.record is None]
        self.entered += [_entered(match, match.parts) for match in fresh]
        pairs = [(match.host, match.parts) for match in fresh]
        refs = enter_new(self.hand, self.sheet, pairs, store=self.store)
        planned = [match.planned for match in matches if match.planned]
        updated = change_known(self.hand, self.sheet, planned)
        finish(self.hand)
        known = [match.record.ref for match in matches if match.record is not None]
        changed = set(updated)
        same = tuple(ref for ref in known if ref not in changed)
        return Saved(created=tuple(refs), updated=tuple(updated), unchanged=same)

    def _set_coordinator(self, match: _Match, host: Any) -> None:
        """Let the case be answered for by whom the sheet names, where it is one of the unit's own people."""
        columns, answers = match.parts.columns, match.parts.answers
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
