"""Gathers the rows of a table into one entry for each thing: checked, merged, every problem noted."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.sheets.cells import Raw, as_text, is_blank
from engine.sheets.fields import Field
from engine.sheets.problems import Problem, SheetRefused, Wrong, problem
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

    ``identity`` says which thing a row is about; ``check`` raises ``CellWrong``;
    the fields in ``many`` may differ between rows of one thing.
    """

    kind: str
    fields: Sequence[Field]
    identity: Callable[[Values], Hashable]
    check: Callable[[Values], None]
    many: frozenset[str] = frozenset()


@dataclass(slots=True, kw_only=True)
class Entry:
    """One thing, from one row or several. ``rows`` keeps the values of each, by its number."""

    values: Values
    rows: dict[int, Values] = field(default_factory=dict)
    cells: dict[int, Mapping[str, Raw]] = field(default_factory=dict)


def gather(table: Table, columns: Mapping[str, str], shape: Shape) -> list[Entry]:
    """Return the entries of a table in order. Raises ``SheetRefused`` with every problem of it."""
    found = _Gathering(table, columns, shape)
    for row in table.rows:
        found.take(row)
    found.finish()
    return list(found.entries.values())


class _Gathering:
    """The entries and problems of one table while it is read."""

    def __init__(self, table: Table, columns: Mapping[str, str], shape: Shape) -> None:
        self.table = table
        self.columns = columns
        self.shape = shape
        self.entries: dict[Hashable, Entry] = {}
        self.problems: list[Problem] = []
        self.regions: set[str] = set()
        self.ignored = set(table.headings) - set(columns.values())

    def take(self, row: Row) -> None:
        """Read one row; stop the whole where there is no end of problems."""
        before = len(self.problems)
        self.problems += [one for one in row.problems if one.column not in self.ignored]
        bad = {one.column for one in row.problems}
        fine = [one for one in self.shape.fields if self.columns.get(one.key) not in bad]
        values = {one.key: self._value(row, one) for one in fine}
        if len(self.problems) == before:
            self._merge(row, values)
        if len(self.problems) >= MAX_PROBLEMS or len(self.regions) > MAX_UNKNOWN_REGIONS:
            raise self._refusal(until=row.number)

    def finish(self) -> None:
        """Refuse the table if it has a problem."""
        if self.problems:
            raise self._refusal()

    def _refusal(self, until: int | None = None) -> SheetRefused:
        last = self.table.rows[-1].number
        return SheetRefused(
            self.table.place, self.problems, rows=len(self.table.rows), until=until if until != last else None
        )

    def _value(self, row: Row, one: Field) -> object:
        heading = self.columns.get(one.key)
        raw = row.cells[heading] if heading is not None else ""
        if heading is None or is_blank(raw):
            if one.required:
                self._note(row, one.key, Wrong(zh="请填写", en="fill it in"))
            return None
        try:
            return one.parse(raw)
        except Wrong as wrong:
            self._note(row, one.key, wrong)
            if one.key == "region":
                self.regions.add(as_text(raw))
            return None

    def _note(self, row: Row, key: str, wrong: Wrong) -> None:
        heading = self.columns.get(key) or next(one.zh for one in self.shape.fields if one.key == key)
        self.problems.append(problem(row.number, heading, as_text(row.cells.get(heading, "")), wrong))

    def _merge(self, row: Row, values: Values) -> None:
        try:
            self.shape.check(values)
            identity = self.shape.identity(values)
            entry = self.entries.setdefault(identity, Entry(values=dict(values)))
            self._agree(entry, values)
        except CellWrong as found:
            self._note(row, found.key, found.wrong)
            return
        entry.values |= {key: value for key, value in values.items() if entry.values[key] is None}
        entry.rows[row.number] = values
        entry.cells[row.number] = {key: row.cells[heading] for key, heading in self.columns.items()}

    def _agree(self, entry: Entry, values: Values) -> None:
        """Refuse a row that says of the same thing something else than an earlier row."""
        for key, value in values.items():
            held = entry.values[key]
            if key not in self.shape.many and None not in (held, value) and held != value:
                first = next(number for number, row in entry.rows.items() if row[key] == held)
                raise CellWrong(
                    key,
                    zh=f"与第 {first} 行不同，两行说的是同一个；请改成一样，或删去一行",
                    en=f"row {first} says otherwise of the same one; make them agree or delete one",
                )
