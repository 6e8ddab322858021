"""Drafts from sheets: units, people and activities, each with the row it came from.

A sheet is taken whole or not at all: every problem in it is told at once (``SheetRefused``).
Rows that repeat another are merged; rows that contradict another are problems.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

from config.regions import NATION, level
from config.schedule import Role
from engine.drafts import ActivityDraft, PersonDraft, Rejected, RightDraft, UnitDraft
from engine.sheets import fields
from engine.sheets.cells import Raw, as_text
from engine.sheets.gathering import CellWrong, Entry, Gathered, Shape, Values, gather
from engine.sheets.headings import columns_of, known_by
from engine.sheets.problems import Problem, SheetRefused, Wrong, problem, refused
from engine.sheets.reading import read_table

T = TypeVar("T")
D = TypeVar("D", UnitDraft, PersonDraft, ActivityDraft)

_DAYS = frozenset({"starts_on", "ends_on"})
_RIGHT = frozenset({"role", "region", "unit"})
_KNOWN_BY = frozenset({"ref", "region", "unit", "title", "starts_on"})

_NEEDS: Mapping[str, Set[str]] = {"region": {"region"}, "unit": {"region", "unit"}, "ref": {"ref"}}
_PERSON_NEEDS: Mapping[str, Set[str]] = {
    "rights": {"email", *_RIGHT},
    "email": {"email", "name", "phone", "lang"},
}

# the field of a draft that has no column of its own name
_COLUMN = {"rights": "role", "host": "unit", "unit_id": "unit"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Located(Generic[T]):
    """A draft and where it stands. ``row`` is its first row; ``cells`` has all its rows by number.

    ``headings`` are the sheet's own, by the key of the field (``fields.Field.key``). A draft lacks what
    wrong cells say; ``moot`` are its fields of which nothing more can be said before they are mended.
    """

    draft: T
    place: str
    row: int
    cells: Mapping[int, Mapping[str, Raw]]
    headings: Mapping[str, str]
    moot: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafts(Generic[D]):
    """All that a sheet says: a draft for each thing, also where some of its cells are wrong, and these."""

    located: Sequence[Located[D]]
    gathered: Gathered

    @property
    def drafts(self) -> Sequence[D]:
        """Return the drafts alone, in order."""
        return [one.draft for one in self.located]

    def refused(self, rejected: Sequence[Rejected] = ()) -> SheetRefused:
        """Return the refusal with every wrong cell and what else was rejected, by row."""
        problems = list(self.gathered.problems)
        for one in rejected:
            located = self.located[one.index]
            problems += [_problem(located, one)] if one.field not in located.moot else []
        return SheetRefused(
            self.gathered.place,
            sorted(problems, key=lambda one: one.row),
            rows=self.gathered.rows,
            until=self.gathered.until,
        )


def read_units(path: Path, *, sheet: str | None = None) -> Drafts[UnitDraft]:
    """Read units, and every cell that is wrong. The level is the region's own where the sheet says none."""
    shape = Shape(kind="unit", fields=fields.UNIT, identity=_unit_identity, check=_anything, needs=_NEEDS)
    return _drafts(path, shape, _unit, sheet=sheet)


def read_people(path: Path, *, sheet: str | None = None) -> Drafts[PersonDraft]:
    """Read people, and every cell that is wrong; rows with one address are one person with several rights."""
    shape = Shape(
        kind="person",
        fields=fields.PERSON,
        identity=lambda row, _: row["email"] and row["email"].lower(),
        check=_check_right,
        checks=_RIGHT,
        many=frozenset({"email", "role", "region", "unit"}),
        needs=_PERSON_NEEDS,
    )
    return _drafts(path, shape, _person, sheet=sheet)


def read_activities(path: Path, *, year: int, sheet: str | None = None) -> Drafts[ActivityDraft]:
    """Read activities, and every cell that is wrong.

    A date without a year is of ``year``, the last day is by default the first.
    """
    shape = Shape(
        kind="activity",
        fields=fields.activity(year),
        identity=_activity_identity,
        check=_check_days,
        checks=_DAYS,
        needs=_NEEDS,
    )
    return _drafts(path, shape, _activity, sheet=sheet)


def _drafts(path: Path, shape: Shape, build: Callable[[Entry], D], *, sheet: str | None) -> Drafts[D]:
    table = read_table(path, known=known_by(shape.fields), sheet=sheet)
    columns = columns_of(table, shape.fields, kind=shape.kind)
    if not table.rows:
        raise refused(
            "empty",
            table.place,
            zh="只有表头，没有数据行。请填写后再导入。",
            en="it has headings but no rows; fill it in and try again",
        )
    gathered = gather(table, columns, shape)
    located = [_located(table.place, columns, one, draft=build(one), shape=shape) for one in gathered.entries]
    return Drafts(located=located, gathered=gathered)


def _located(place: str, columns: Mapping[str, str], entry: Entry, *, draft: D, shape: Shape) -> Located[D]:
    return Located(
        draft=draft,
        place=place,
        row=min(entry.rows),
        cells=entry.cells,
        headings=columns,
        moot=frozenset(field for field, needed in shape.needs.items() if needed & entry.doubtful),
    )


def _unit(entry: Entry) -> UnitDraft:
    values = entry.values
    region = values["region"] or NATION
    return UnitDraft(
        name=values["name"] or "",
        region=region,
        kind=values["kind"] or "",
        level=values["level"] or str(level(region)),
    )


def _person(entry: Entry) -> PersonDraft:
    values = entry.values
    rights = [
        RightDraft(role=Role(row["role"]), region=row["region"], unit=row["unit"])
        for number, row in entry.rows.items()
        if row["role"] is not None and not entry.wrong[number] & _RIGHT
    ]
    return PersonDraft(
        name=values["name"] or "",
        email=values["email"] or "",
        phone=values["phone"],
        lang=values["lang"] or "zh",
        rights=tuple(dict.fromkeys(rights)),
    )


def _activity(entry: Entry) -> ActivityDraft:
    values = entry.values
    first, last = values["starts_on"] or (None, None)
    ends = values["ends_on"] or last
    if entry.doubtful & _DAYS:
        first = ends = None
    # without a number it is known by these: one of them wrong, it is like no other
    unknown = not values["ref"] and bool(entry.doubtful & _KNOWN_BY)
    return ActivityDraft(
        ref=values["ref"],
        title="" if unknown else values["title"] or "",
        region=values["region"] or NATION,
        unit=values["unit"] or "",
        coordinator=values["coordinator"],
        starts_on=first,
        ends_on=ends,
        place=values["place"],
        online=bool(values["online"]),
        online_url=values["online_url"],
        participants=values["participants"],
    )


def _unit_identity(row: Values, wrong: Set[str]) -> Hashable | None:
    return None if wrong & {"region", "name"} else (row["region"], row["name"])


def _activity_identity(row: Values, wrong: Set[str]) -> Hashable | None:
    first, _ = row["starts_on"] or (None, None)
    if row["ref"]:
        return str(row["ref"])
    return None if wrong & _KNOWN_BY else (row["region"], row["unit"], row["title"], first)


def _anything(_: Values) -> None:
    """Take a row whose cells are right one by one."""


def _check_right(row: Values) -> None:
    if row["role"] is None and (row["region"] or row["unit"]):
        raise CellWrong("role", zh="写了地区或单位就要写角色；请填写", en="a right needs its role")
    if row["role"] is not None and row["region"] is None:
        raise CellWrong("region", zh="有角色就要有地区；请填写", en="a role needs its region")


def _check_days(row: Values) -> None:
    ends = row["ends_on"]
    if row["starts_on"] is None:
        if ends is not None:
            raise CellWrong("starts_on", zh="有结束日期就要有开始日期；请填写", en="an end needs a start")
        return
    first, last = row["starts_on"]
    if last < first:
        raise CellWrong("starts_on", zh="后一天早于前一天；请改正", en="it ends before it starts; mend it")
    if ends is not None:
        _check_end(first, last, ends)


def _check_end(first: date, last: date, ends: date) -> None:
    if ends < first:
        raise CellWrong(
            "ends_on",
            zh=f"早于开始日期 {first.isoformat()}；请改正其中一个",
            en=f"it is before the start, {first.isoformat()}; mend one of them",
        )
    if last not in (first, ends):
        raise CellWrong(
            "ends_on",
            zh=f"与前面写的最后一天 {last.isoformat()} 不同；请改成一样",
            en=f"the period before it ends on {last.isoformat()}; make them agree",
        )


def _problem(located: Located[D], rejected: Rejected) -> Problem:
    key = _COLUMN.get(rejected.field, rejected.field)
    row, value = _cell(located, key, rejected)
    return problem(
        row, located.headings.get(key, rejected.field), value, Wrong(zh=rejected.zh, en=rejected.en)
    )


def _cell(located: Located[D], key: str, rejected: Rejected) -> tuple[int, str]:
    """Return the row and text meant: of several rows, the one whose value the message names."""
    texts = {number: as_text(cells.get(key, "")) for number, cells in located.cells.items()}
    named = [(number, text) for number, text in texts.items() if text.strip() and text.strip() in rejected.zh]
    return named[0] if named else (located.row, texts[located.row])
