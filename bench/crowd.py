"""Who works at once in a big city, each on which cases: their own, and some that another changes too."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from sqlite3 import connect

from bench.busy import Job

_COUNTIES = 12
_OWN = 6  # cases of each person that nobody else changes, besides those to be completed
_SHARED = 5  # of each coordinator's cases, with the lead of the county
_CASES = """SELECT p.email, c.ref, c.state FROM case_ c JOIN person p ON p.id = c.coordinator_id
    WHERE c.state IN ('planned', 'registered', 'held', 'info_completed') ORDER BY c.id"""

Cases = Mapping[str, Sequence[tuple[str, str]]]
"""Numbers and states of the cases that can be changed, by the address of their coordinator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """How many are at it for how long, and the seconds that each thinks between two changes."""

    leads: int
    coordinators: int
    seconds: float
    think: float = 0.0

    @property
    def addresses(self) -> list[str]:
        """Return who they are."""
        return [*map(_lead, range(1, self.leads + 1)), *map(_coordinator, range(1, self.coordinators + 1))]


def jobs(folder: Path, crowd: Crowd) -> list[Job]:
    """Return the work of everybody in a crowd."""
    cases = cases_of(folder)
    return [*_of_coordinators(cases, crowd), *_of_leads(cases, crowd)]


def _of_coordinators(cases: Cases, crowd: Crowd) -> Iterator[Job]:
    for n in range(1, crowd.coordinators + 1):
        rest = cases[_coordinator(n)][_SHARED:]
        yield Job(
            number=n,
            address=_coordinator(n),
            own=[ref for ref, state in rest if state != "held"][:_OWN],
            shared=_shared(n, cases) if _county(n) <= crowd.leads else (),
            held=[ref for ref, state in rest if state == "held"],
        )


def _of_leads(cases: Cases, crowd: Crowd) -> Iterator[Job]:
    for county in range(1, crowd.leads + 1):
        absent = next(n for n in count(crowd.coordinators + 1) if _county(n) == county)
        present = [n for n in range(1, crowd.coordinators + 1) if _county(n) == county]
        yield Job(
            number=crowd.coordinators + county,
            address=_lead(county),
            own=[ref for ref, _ in cases[_coordinator(absent)]][:_OWN],
            shared=[ref for n in present for ref in _shared(n, cases)],
        )


def _shared(n: int, cases: Cases) -> list[str]:
    return [ref for ref, _ in cases[_coordinator(n)][:_SHARED]]


def _county(n: int) -> int:
    return (n - 1) % _COUNTIES + 1


def _coordinator(n: int) -> str:
    return f"wang{n}@example.cn"


def _lead(county: int) -> str:
    return f"lead{county}@example.cn"


def cases_of(folder: Path) -> Cases:
    cases: dict[str, list[tuple[str, str]]] = {}
    with closing(connect(folder / "duban.db")) as raw:
        for address, ref, state in raw.execute(_CASES):
            cases.setdefault(address, []).append((ref, state))
    return cases
