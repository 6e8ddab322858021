"""Deciding on a reading: date by date, and where the notice belongs; refused once it is in force."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection

from config.catalogue import catalogue
from config.errors import UserError
from config.reading.drafting.decisions import Decision, Verdict, can_be_taken
from config.reading.reading import Clause, Sort
from config.regions import find
from config.schedule import Name
from engine.actors import Actor
from engine.field_problems import FieldProblems, Problem
from engine.notice_reading.kept import choose, reading_of, require_open
from engine.schedules import applied_sources

MISSING: Final = Name(zh="请填写日期", en="give a date")
REVERSED: Final = Name(
    zh="最后一天早于第一天，请改正", en="the last day is before the first; correct one of them"
)
NO_DATE: Final = Name(
    zh="这里没有能采用的日期，请改正或不要",
    en="there is no date to be taken over; correct it or leave it out",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """Where a person says that a notice belongs; None: as it is proposed.

    ``region`` is a code or a name; ``parent`` is empty where no notice is to stand above.
    """

    region: str | None = None
    parent: str | None = None
    id: str | None = None
    code: str | None = None


def decide(conn: Connection, number: int, key: str, decision: Decision, *, actor: Actor) -> None:
    """Keep what becomes of one date of a reading; FieldProblems where it cannot become that."""
    kept = reading_of(conn, number)
    require_open(kept)
    clause = next((one for one in kept.reading.clauses if one.key == key), None)
    if clause is None:
        raise UserError(
            zh=f"这份通知里没有读出 {key}。请重新查看读出的日期。",
            en=f"no {key} was read in this notice; look at its dates again",
            code="clause.unknown",
        )
    problems = tuple(_problems(clause, decision))
    if problems:
        raise FieldProblems(problems)
    choose(conn, kept, kept.choices.deciding(key, decision), actor=actor)


def place(conn: Connection, number: int, placing: Placing, *, actor: Actor) -> None:
    """Keep where a notice belongs and what it is called here; UserError where it cannot belong there."""
    kept = reading_of(conn, number)
    require_open(kept)
    region = find(placing.region).code if placing.region else kept.region
    if placing.parent and placing.parent not in {*catalogue(), *applied_sources(conn)}:
        raise UserError(
            zh=f"没有代号为 {placing.parent} 的通知，不能作为上级通知。",
            en=f"there is no notice {placing.parent} to stand above this one",
            code="notice.unknown",
        )
    named = replace(kept.choices, parent=placing.parent, id=placing.id, code=placing.code)
    choose(conn, kept, named, region=region, actor=actor)


def _problems(clause: Clause, decision: Decision) -> Iterator[Problem]:
    day, start = decision.day, decision.start
    if decision.verdict is Verdict.ACCEPT and not can_be_taken(clause):
        yield "verdict", NO_DATE
    if decision.verdict is not Verdict.CORRECT:
        return
    if day is None and (start is None or clause.sort is Sort.WINDOW):
        yield "day", MISSING
    if day and start and start > day:
        yield "day", REVERSED
