"""Gathers the rows of a table into one entry for each thing: checked, merged, every problem noted."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from engine.sheets.cells import Raw, as_text, is_blank
from engine.sheets.fields import Field
from engine.sheets.problems import Problem, Wrong, problem
from engine.sheets.reading import Row, Table

MAX_PROBLEMS = 1000
MAX_UNKNOWN_REGIONS = 20  # finding the nearest name takes 0.1 s each

Values = dict[str, Any]  # by field key; each field's parse gives the type its draft takes


class CellWrong(Exception):
    """A value is wrong beside the others of its row; ``key`` is its field."""

    def __init__(self, key: str, *, zh: str, en: str) -> None:
        super().__init__(en)
        self.key = key
        self.wrong = Wrong(zh=zh, en=en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How the rows of a ``kind`` (unit, person, activity) make entries.

    ``identity`` says which thing a row is about, None where a wrong cell (named by its field) hides that;
    ``check`` raises ``CellWrong`` and looks at the fields ``checks``; the fields in ``many`` may differ
    between rows of one thing. ``needs`` are the fields that must be right before more is said of a field.
    """

    kind: str
    fields: Sequence[Field]
    identity: Callable[[Values, Set[str]], Hashable | None]
    check: Callable[[Values], None]
    checks: frozenset[str] = frozenset()
    many: frozenset[str] = frozenset()
    needs: Mapping[str, Set[str]] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Entry:
    """One thing, from one row or several. ``rows`` keeps the values of each, by its number.

    ``wrong`` are the fields of each row whose cells are wrong: their values are None, or not to be used.
    """

    values: Values
    rows: dict[int, Values] = field(default_factory=dict)
    cells: dict[int, Mapping[str, Raw]] = field(default_factory=dict)
    wrong: dict[int, Set[str]] = field(default_factory=dict)

    @property
    def doubtful(self) -> Set[str]:
        """Return the fields of which some row's cell is wrong."""
        return {key for keys in self.wrong.values() for key in keys}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The entries of a table in order, and its wrong cells; ``until`` is the row where reading stopped."""

    place: str
    rows: int
    entries: Sequence[Entry]
    problems: Sequence[Problem]
    until: int | None = None


def gather(table: Table, columns: Mapping[str, str], shape: Shape) -> Gathered:
    """Return the entries of a table, also of rows with wrong cells; stop where there is no end of those."""
    found = _Gathering(table, columns, shape)
    last = table.rows[-1].number
    until = next((row.number for row in table.rows if found.take(row)), last)
    return Gathered(
        place=table.place,
        rows=len(table.rows),
        entries=list(found.entries.values()),
        problems=found.problems,
        until=until if until != last else None,
    )


class _Gathering:
    """The entries and problems of one table while it is read."""

    def __init__(self, table: Table, columns: Mapping[str, str], shape: Shape) -> None:
        self.columns = columns
        self.shape = shape
        self.entries: dict[Hashable, Entry] = {}
        self.problems: list[Problem] = []
        self.regions: set[str] = set()
        self.ignored = set(table.headings) - set(columns.values())

    def take(self, row: Row) -> bool:
        """Read one row; return whether there are so many problems by now that it is the last."""
        self.problems += [one for one in row.problems if one.column not in self.ignored]
        bad = {one.column for one in row.problems}
        wrong = {one.key for one in self.shape.fields if self.columns.get(one.key) in bad}
        values: Values = dict.fromkeys(one.key for one in self.shape.fields)
        for one in self.shape.fields:
            if one.key not in wrong:
                values[one.key] = self._value(row, one, wrong)
        self._merge(row, values, wrong)
        return len(self.problems) >= MAX_PROBLEMS or len(self.regions) > MAX_UNKNOWN_REGIONS

    def _value(self, row: Row, one: Field, wrong: set[str]) -> object:
        heading = self.columns.get(one.key)
        raw = row.cells[heading] if heading is not None else ""
        try:
            if heading is not None and not is_blank(raw):
                return one.parse(raw)
            if one.required:
                raise Wrong(zh="请填写", en="fill it in")
        except Wrong as found:
            self._note(row, one.key, found)
            wrong.add(one.key)
            if one.key == "region" and not is_blank(raw):
                self.regions.add(as_text(raw))
        return None

    def _note(self, row: Row, key: str, wrong: Wrong) -> None:
        heading = self.columns.get(key) or next(one.zh for one in self.shape.fields if one.key == key)
        self.problems.append(problem(row.number, heading, as_text(row.cells.get(heading, "")), wrong))

    def _merge(self, row: Row, values: Values, wrong: set[str]) -> None:
        try:
            if not wrong & self.shape.checks:
                self.shape.check(values)
        except CellWrong as found:
            self._note(row, found.key, found.wrong)
            wrong.add(found.key)
        identity = self.shape.identity(values, wrong)
        entry = self.entries.setdefault(
            row.number if identity is None else identity, Entry(values={**values})
        )
        for other in self._against(entry, values):
            self._note(row, other.key, other.wrong)
            wrong.add(other.key)
        entry.values |= {key: value for key, value in values.items() if entry.values[key] is None}
        entry.rows[row.number] = values
        entry.cells[row.number] = {key: row.cells[heading] for key, heading in self.columns.items()}
        entry.wrong[row.number] = wrong

    def _against(self, entry: Entry, values: Values) -> Iterator[CellWrong]:
        """Yield what a row says of the same thing that is something else than an earlier row says."""
        for key, value in values.items():
            held = entry.values[key]
            if key not in self.shape.many and None not in (held, value) and held != value:
                first = next(number for number, row in entry.rows.items() if row[key] == held)
                yield CellWrong(
                    key,
                    zh=f"与第 {first} 行不同，两行说的是同一个；请改成一样，或删去一行",
                    en=f"row {first} says otherwise of the same one; make them agree or delete one",
                )
