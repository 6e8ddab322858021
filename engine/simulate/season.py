"""What a season came to: who got what, where the cases ended, which mails to look at."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Select, func, select

from config.firings import DAILY
from config.regions import region
from config.schedule import Name
from engine.schedules import schedules_in_force
from engine.simulate.examples import ExampleMail
from engine.tables import case as case_
from engine.tables import firing, history, ledger, message, person
from workflows.registry import lifecycle


@dataclass(frozen=True, slots=True, kw_only=True)
class RungFigures:
    """One rung of one milestone of one notice.

    ``firings`` is how many came (``past`` when the notice was put in force are not counted), ``cases``
    how many it found lagging, ``mails`` the mails sent that told of them, ``people`` who got one.
    """

    notice: str
    milestone: str
    name: Name
    rung: str
    firings: int
    cases: int
    mails: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """A season that has been played.

    ``places`` names each notice's region; ``states`` are by notice, kind of case and state; ``ledger``
    is by outcome, ``mails`` by state, ``templates`` the mails sent by kind, ``steps`` the changes of
    cases by trigger, ``blocked`` what people tried in vain, ``papers`` the notices read, the sheets
    taken in and the packages made. ``root`` covers the end of every chain of the history, and ``sound``
    says that it proved unaltered. ``seconds`` is the wall time of all, ``phases`` of its parts.
    """

    year: int
    seed: int
    activities: int
    home: Path
    start: date
    end: date
    places: Mapping[str, str]
    rungs: tuple[RungFigures, ...]
    states: Mapping[str, Mapping[str, Mapping[str, int]]]
    ledger: Mapping[str, int]
    mails: Mapping[str, int]
    templates: Mapping[str, int]
    steps: Mapping[str, int]
    people: int
    history_rows: int
    unsettled: int
    restarts: int
    blocked: Mapping[str, int]
    examples: tuple[ExampleMail, ...]
    papers: Mapping[str, Any]
    root: str
    sound: bool
    seconds: float
    phases: Mapping[str, float]

    def as_dict(self) -> dict[str, Any]:
        """Return the season as plain data for JSON."""
        told = asdict(self)
        told["home"], told["start"], told["end"] = (
            str(self.home),
            self.start.isoformat(),
            self.end.isoformat(),
        )
        told["seconds"] = round(self.seconds, 2)
        told["phases"] = {name: round(seconds, 2) for name, seconds in self.phases.items()}
        told["examples"] = [{**asdict(one), "path": str(one.path)} for one in self.examples]
        return told


def rung_figures(conn: Connection) -> tuple[RungFigures, ...]:
    """Return what every rung did, in the order of notices, milestones and time."""
    schedules = schedules_in_force(conn)
    told = {(row.notice, row.milestone, row.rung): row for row in conn.execute(_told())}
    fired = conn.execute(_fired()).all()
    names = {(s.id, m.key): m.name for s in schedules.values() for m in s.milestones}
    places = {key: place for place, key in enumerate(names)}
    known = [row for row in fired if (row.notice, row.milestone) in names]
    known.sort(key=lambda row: (places[row.notice, row.milestone], row.first))
    return tuple(
        RungFigures(
            notice=row.notice,
            milestone=row.milestone,
            name=names[row.notice, row.milestone],
            rung=row.rung,
            firings=row.firings,
            cases=found.cases if found else 0,
            mails=found.mails if found else 0,
            people=found.people if found else 0,
        )
        for row in known
        for found in [told.get((row.notice, row.milestone, row.rung))]
    )


def places_of(conn: Connection) -> dict[str, str]:
    """Return the name of each notice's region."""
    return {one.id: region(one.region).name for one in schedules_in_force(conn).values()}


def _fired() -> Select[Any]:
    return (
        select(
            firing.c.notice,
            firing.c.milestone,
            firing.c.rung,
            func.count().label("firings"),
            func.min(firing.c.at).label("first"),
        )
        .where(firing.c.outcome.in_(("swept", "stale")), firing.c.rung != DAILY)
        .group_by(firing.c.notice, firing.c.milestone, firing.c.rung)
    )


def _told() -> Select[Any]:
    sent = (message.c.sweep_id == ledger.c.sweep_id) & (message.c.person_id == ledger.c.person_id)
    sent &= (message.c.state == "sent") & (ledger.c.outcome == "mailed")
    return (
        select(
            firing.c.notice,
            firing.c.milestone,
            firing.c.rung,
            func.count(ledger.c.case_id.distinct()).label("cases"),
            func.count(message.c.id.distinct()).label("mails"),
            func.count(message.c.person_id.distinct()).label("people"),
        )
        .select_from(ledger)
        .join(firing, firing.c.id == ledger.c.firing_id)
        .outerjoin(message, sent)
        .group_by(firing.c.notice, firing.c.milestone, firing.c.rung)
    )


def states_reached(conn: Connection) -> dict[str, dict[str, dict[str, int]]]:
    """Return how many cases stand where, by notice and kind, in the order of the lifecycle."""
    rows = select(case_.c.notice, case_.c.kind, case_.c.state, func.count().label("cases"))
    found: dict[str, dict[str, dict[str, int]]] = {}
    for row in conn.execute(
        rows.group_by(case_.c.notice, case_.c.kind, case_.c.state).order_by(case_.c.notice, case_.c.kind)
    ):
        found.setdefault(row.notice, {}).setdefault(row.kind, {})[row.state] = row.cases
    return {
        notice: {
            kind: {str(state): counts[state] for state in lifecycle(kind).labels if state in counts}
            for kind, counts in kinds.items()
        }
        for notice, kinds in found.items()
    }


def counted(conn: Connection, query: Select[Any]) -> dict[str, int]:
    """Return a query of (name, count) as a mapping in the order of names."""
    return {str(name): int(count) for name, count in sorted(tuple(row) for row in conn.execute(query))}


def counts_of(conn: Connection) -> dict[str, Any]:
    """Return the plain counts of a season."""
    of_cases = history.c.subject.startswith("case:")
    return {
        "ledger": counted(conn, select(ledger.c.outcome, func.count()).group_by(ledger.c.outcome)),
        "mails": counted(conn, select(message.c.state, func.count()).group_by(message.c.state)),
        "templates": counted(
            conn,
            select(message.c.template, func.count())
            .where(message.c.state == "sent")
            .group_by(message.c.template),
        ),
        "steps": counted(
            conn, select(history.c.trigger, func.count()).where(of_cases).group_by(history.c.trigger)
        ),
        "people": conn.scalar(select(func.count()).select_from(person)),
        "history_rows": conn.scalar(select(func.count()).select_from(history)),
    }
