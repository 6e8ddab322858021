"""The papers of a season: notices read back, sheets taken in, packages rolled up from county to nation."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection

from config.catalogue import catalogue
from config.regions import NATION, is_within
from config.schedule import Schedule
from engine.actors import SYSTEM, Actor
from engine.database import Database
from engine.rollup.giving import give
from engine.rollup.handing_in import hand_in, shelve
from engine.rollup.package import built, handed_in
from engine.rollup.subject import report_of, subject_of
from engine.schedules import schedules_in_force
from engine.simulate.applications import Applications, Applied, application_for
from engine.simulate.invent import material
from engine.simulate.plot import Planned
from engine.simulate.reading_room import NoticeRead, read_back
from engine.simulate.sheets import MOST, SheetTaken, Window, handed_in_together, sheet_for
from workflows.materials import either, missing

FOLDER, RECORD = "papers", "record.json"

WRITTEN = find_spec("docx") is not None
"""Whether Word files can be written here: what writes them is an extra."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """One package: of which report or notice, where its file is, its hash; ``frozen`` once handed in."""

    subject: str
    region: str
    file: Path
    sha256: str
    frozen: bool


@dataclass(slots=True, kw_only=True)
class Papers:
    """Everything that came or went on paper; files are in ``home``'s folder ``papers``."""

    home: Path
    notices: list[NoticeRead] = field(default_factory=list)
    sheets: list[SheetTaken] = field(default_factory=list)
    applications: list[Applied] = field(default_factory=list)
    packages: list[Packed] = field(default_factory=list)
    rolled: dict[str, str] = field(default_factory=dict)
    """Reports that were handed in with a package, by number, with the region they are of."""

    @property
    def store(self) -> Path:
        """Return where the home keeps materials."""
        return self.home / "materials"

    def read(self, schedule: Schedule) -> None:
        """Read a notice back from a file of its own."""
        self.notices.append(read_back(schedule, catalogue(), self._folder("notices")))

    def take(
        self, database: Database, notice: str, plans: Sequence[Planned], *, admin: Actor, now: datetime
    ) -> dict[str, Planned]:
        """Take in what of a day's activities comes on a sheet; return those, by number."""
        sheet, before = sheet_for(notice), sum(one.notice == notice for one in self.sheets)
        together = handed_in_together(plans) if sheet is not None and before < MOST else []
        if sheet is None or not together:
            return {}
        path = self._folder("sheets") / f"{notice}-{before + 1}.xlsx"
        window = Window(notice=notice, sheet=sheet, admin=admin, store=self.store)
        taken = window.take(database, path, together, mistaken=before % 2 == 0, now=now)
        self.sheets.append(taken)
        form = application_for(notice)
        if form is not None and taken.refs:
            desk = Applications(notice=notice, sheet=form, admin=admin, store=self.store)
            file = self._folder("applications") / f"{taken.refs[0]}.docx"
            self.applications.append(desk.take(database, file, taken.refs[0], now=now))
        return dict(zip(taken.refs, together, strict=False))

    def roll_up(self, conn: Connection, ref: str, *, actor: Actor, now: datetime) -> str:
        """Hand a report in with the package of all that its unit's region did; return its new state."""
        subject = report_of(conn, ref, actor=actor)
        with built(conn, subject, now=now, store=self.store) as package:
            materials = shelve(package, store=self.store)
        kinds = Counter([one.kind for one in materials] + [one.kind for one in handed_in(package.gathered)])
        lacking = missing(subject.needs, kinds)  # what no activity of the region has yet
        materials += tuple(material(either(kind)[0]) for kind, count in lacking for _ in range(count))
        done = hand_in(conn, subject, materials, actor=actor, now=now)
        self.rolled[ref] = subject.region
        return done.dest

    def conclude(self, database: Database, schedules: Sequence[Schedule], *, now: datetime) -> None:
        """Write the packages that were handed in, and those of whole notices: a city's, the highest one's."""
        with database.read() as conn:
            issued = [one for one in schedules if one.id in schedules_in_force(conn)]
            names = [*self.rolled, *dict.fromkeys(one.id for one in self._whole(issued))]
            for name in names:
                subject = subject_of(conn, name, actor=SYSTEM)
                path = self._folder("packages") / f"{name}.zip"
                given = give(conn, subject, path, now=now, store=self.store)
                self.packages.append(
                    Packed(
                        subject=name,
                        region=subject.region,
                        file=path,
                        sha256=given.sha256,
                        frozen=given.frozen,
                    )
                )
        (self.home / FOLDER / RECORD).write_bytes(orjson.dumps(self.told(), option=orjson.OPT_INDENT_2))

    def _whole(self, schedules: Sequence[Schedule]) -> Iterator[Schedule]:
        """Yield the notices told of as a whole: that of the first county that reported, and the highest."""
        for code in self.rolled.values():
            own = [one for one in schedules if one.region != NATION and is_within(code, one.region)]
            yield from own[:1]
            if own:
                break
        yield from schedules[:1]

    def told(self) -> dict[str, Any]:
        """Return all of it as plain data; files are named as they stand in the home."""
        return {
            "notices": [
                self._plain(one, "notice", "dates", "decided", "missed", "extra") for one in self.notices
            ],
            "sheets": [self._plain(one, "notice", "refs", "returned", "wrong") for one in self.sheets],
            "applications": [self._plain(one, "notice", "ref", "wrong") for one in self.applications],
            "packages": [self._plain(one, "subject", "region", "sha256", "frozen") for one in self.packages],
        }

    def _plain(self, one: NoticeRead | SheetTaken | Applied | Packed, *names: str) -> Mapping[str, Any]:
        return {name: getattr(one, name) for name in names} | {
            "file": one.file.relative_to(self.home).as_posix()
        }

    def _folder(self, name: str) -> Path:
        folder = self.home / FOLDER / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder
