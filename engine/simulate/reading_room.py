"""Reading a notice back from paper: read, drafted, decided by a person, held against the schedule."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from config.errors import UserError
from config.reading.drafting.decisions import Decision, Verdict, undecided
from config.reading.drafting.draft import draft_yaml
from config.reading.drafting.heading import Heading
from config.reading.read import read_notice
from config.reading.reading import Clause, Reading
from config.resolve import resolve
from config.schedule import Precision, Schedule, When
from engine.documents.reading import read_document
from engine.simulate.notice_paper import write_notice

Said = tuple[str, str]
"""One date of a schedule: what sort it is, and from when to when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRead:
    """What came of reading one notice back.

    ``dates`` is how many different dates its schedule states, ``decided`` how many clauses a person had to
    decide, ``missed`` and ``extra`` the dates that the draft lacks or has too many.
    """

    notice: str
    file: Path
    dates: int
    decided: int
    missed: tuple[Said, ...] = ()
    extra: tuple[Said, ...] = ()

    @property
    def equal(self) -> bool:
        """Return whether the draft says the same days as the schedule."""
        return not (self.missed or self.extra)


def read_back(schedule: Schedule, sources: Mapping[str, str], folder: Path) -> NoticeRead:
    """Write the notice of a schedule as a Word file, read it, and hold its draft against the schedule."""
    path = folder / f"{schedule.id}.docx"
    write_notice(schedule, path)
    reading = read_notice(read_document(path).text)
    meant = dates_of(schedule)
    decisions = _decided(reading, meant)
    found = dates_of(_drafted(reading, decisions, schedule, sources))
    return NoticeRead(
        notice=schedule.id,
        file=path,
        dates=len(meant),
        decided=len(decisions),
        missed=tuple(sorted(meant - found)),
        extra=tuple(sorted(found - meant)),
    )


def dates_of(schedule: Schedule) -> set[Said]:
    """Return the dates that a schedule itself states."""
    found = {
        ("window", _days(one.start.start, one.end.day))
        for one in schedule.windows
        if one.source.notice == schedule.id
    }
    for one in schedule.milestones:
        for name, when in (("opens", one.opens), ("due", one.due)):
            source = one.sources.get(name)
            if when is not None and source is not None and source.notice == schedule.id:
                found |= _said(name, when)
    return found


def _said(name: str, when: When) -> set[Said]:
    if when.precision is Precision.RELATIVE:
        return {(name, f"held + {when.after}{' working' if when.working else ''}")}
    return {(name, _days(when.start, when.day))} if when.day else set()


def _days(first: date | None, last: date | None) -> str:
    return f"{first} – {last}"


def _decided(reading: Reading, meant: set[Said]) -> dict[str, Decision]:
    """Return what a person with the paper in hand decides: what stands there is taken, nothing else."""
    days = {day for _, said in meant for day in said.split(" – ")}
    chosen = {one.key: Decision(verdict=Verdict.ACCEPT) for one in undecided(reading, {})}
    wrong = (one for one in reading.clauses if not _stands(one, days))
    return chosen | {one.key: Decision(verdict=Verdict.DROP) for one in wrong}


def _stands(clause: Clause, days: set[str]) -> bool:
    read = [str(day) for day in (clause.when.start, clause.when.day) if day]
    return not read or bool(days & set(read))


def _drafted(
    reading: Reading, decisions: Mapping[str, Decision], schedule: Schedule, sources: Mapping[str, str]
) -> Schedule:
    """Return the schedule that a reading is drafted to; an empty one where the draft cannot stand."""
    parent = resolve(schedule.line[1], sources) if len(schedule.line) > 1 else None
    heading = Heading(id=schedule.id, code=schedule.code, region=schedule.region, parent=parent)
    text = draft_yaml(reading, decisions, heading)
    try:
        return resolve(schedule.id, {**sources, schedule.id: text})
    except UserError:
        return Schedule(
            id=schedule.id,
            code=schedule.code,
            title=schedule.title,
            region=schedule.region,
            issuer=schedule.issuer,
            line=(schedule.id,),
        )
