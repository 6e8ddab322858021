"""The package: report, summary sheet, photos and what others filed, in one archive with its index."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath
from shutil import copyfile
from tempfile import TemporaryDirectory

from sqlalchemy import Connection

from config.official import FileKind, OfficialSheet, Sheets, sheets_for, shipped_sheets
from engine.official.filling import fill_table
from engine.rollup.archive import Entry, entry, settled, write_archive
from engine.rollup.figures import Figures, figures_of
from engine.rollup.gathering import Gathered, Item, gather
from engine.rollup.index import NAME as INDEX
from engine.rollup.index import Left, Linked, index_page
from engine.rollup.photos import Photo, photos_of, wanted_photos
from engine.rollup.report import report_file
from engine.rollup.subject import Subject
from engine.rollup.summary import plain_table
from engine.uploads.filetypes import IMAGES, FileType
from engine.uploads.pictures import remake
from engine.uploads.recognition import recognise
from engine.uploads.refused import UploadRefused

REPORT, SHEET = "总结报告.docx", "汇总表.xlsx"
PACKAGE = "package"
"""The kind of material that a package is once it is handed in."""

_PHOTOS, _OWN, _FILED = "照片", "报送材料", "下级报送"
_ENDINGS = frozenset(str(one) for one in FileType)
_LEFT = {
    "missing": "文件不在材料目录里",
    "altered": "文件被改动过",
    "no_picture": "不是能收入的图片",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A package as it was built: its figures, what is in it, what could not go along."""

    gathered: Gathered
    figures: Figures
    entries: tuple[Entry, ...]
    left: tuple[Left, ...]
    report: bytes
    sheet: bytes
    photos: tuple[Item, ...]


@dataclass(slots=True)
class _Packing:
    """What is packed so far; ``store`` is where materials are kept, ``folder`` what lives as long as this."""

    gathered: Gathered
    store: Path
    folder: Path
    entries: list[Entry]
    left: list[Left]

    def write(self, name: str, data: bytes, title: str) -> None:
        """Add a file that is made for the package."""
        place = self.folder / f"made{len(self.entries)}"
        place.write_bytes(data)
        self.entries.append(entry(name, place, title=title, ref=self.gathered.subject.ref or ""))

    def keep(self, folder: str, number: int, item: Item, *, ref: str, title: str, place: Path) -> None:
        """Add a material under a name of ours: what somebody called it is never a path."""
        name = f"{folder}/{number:02d}.{_ending(item.name)}"
        self.entries.append(entry(name, place, title=title, ref=ref))

    def leave(self, ref: str, item: Item, why: str) -> None:
        """Note what cannot go along."""
        self.left.append(Left(ref, item.name, _LEFT[why]))

    def found(self, item: Item, ref: str) -> Path | None:
        """Return where a material is, None (and noted) where it is gone or not what was handed in."""
        place = self.store / str(item.sha256)
        if not place.is_file():
            self.leave(ref, item, "missing")
            return None
        if entry("", place, title="").sha256 != item.sha256:
            self.leave(ref, item, "altered")
            return None
        return place


@contextmanager
def built(
    conn: Connection, subject: Subject, *, now: datetime, store: Path, sheets: Sheets | None = None
) -> Iterator[Package]:
    """Give the package of a subject as it is now; its files are there as long as the block lasts."""
    gathered = gather(conn, subject, store=store, now=now)
    figures = figures_of(gathered, now=now)
    with TemporaryDirectory(prefix="rollup-") as name:
        packing = _Packing(gathered, store, Path(name), [], [])
        photos = [one for one in photos_of(gathered.counted, wanted_photos(conn, subject)) if one.chosen]
        _photos(packing, photos)
        report, sheet = _papers(conn, packing, figures, sheets=sheets)
        _filed(packing)
        page = index_page(gathered, packing.entries, tuple(_links(gathered, figures)), packing.left)
        packing.write(INDEX, page, "目录")
        yield Package(
            gathered=gathered,
            figures=figures,
            entries=tuple(sorted(packing.entries)),
            left=tuple(packing.left),
            report=report,
            sheet=sheet,
            photos=tuple(one.item for one in photos),
        )


def write_package(package: Package, path: Path) -> None:
    """Write a package to a file: the same package gives the same bytes."""
    write_archive(path, package.entries)


def _papers(
    conn: Connection, packing: _Packing, figures: Figures, *, sheets: Sheets | None
) -> tuple[bytes, bytes]:
    """Add report and summary sheet, or what somebody handed in instead of either; after the photos."""
    gathered = packing.gathered
    sheet = _sheet(conn, gathered, packing, sheets)
    pictures = any(one.name.startswith(f"{_PHOTOS}/") for one in packing.entries)
    enclosed = ["活动汇总表", "活动照片"] if pictures else ["活动汇总表"]
    report = report_file(gathered, figures, enclosed=enclosed)
    kinds = {one.kind for one in handed_in(gathered)}
    if "report" not in kinds:
        packing.write(REPORT, report, "总结报告")
    if "summary_sheet" not in kinds:
        packing.write(SHEET, sheet, "活动汇总表")
    return report, sheet


def handed_in(gathered: Gathered) -> tuple[Item, ...]:
    """Return what a person handed in for the report itself, earlier packages and their parts left out."""
    rolled = {one.id for one in rolled_up(gathered.own)}
    return tuple(one for one in gathered.own if one.id not in rolled)


def rolled_up(items: Sequence[Item]) -> tuple[Item, ...]:
    """Return the packages among some materials of a report, and what was handed in with them, after them."""
    first = {one.added_at: one.id for one in reversed(items) if is_package(one)}
    return tuple(one for one in items if one.id >= first.get(one.added_at, one.id + 1))


def is_package(item: Item) -> bool:
    """Return whether a material is a package that was handed in."""
    return item.kind == PACKAGE and item.sha256 is not None and item.name.endswith(".zip")


def _sheet(conn: Connection, gathered: Gathered, packing: _Packing, sheets: Sheets | None) -> bytes:
    """Return the summary sheet: the authority's own where one is known, else a plain table."""
    subject, place = gathered.subject, packing.folder / "sheet.xlsx"
    own = _official(subject, shipped_sheets() if sheets is None else sheets)
    if own is None:
        plain_table(gathered, place)
    else:
        refs, at = [one.ref for one in gathered.counted], gathered.changed_at
        fill_table(conn, own, refs, place, now=at, store=packing.store, unit=subject.unit)
    return settled(place.read_bytes(), gathered.changed_at)


def _official(subject: Subject, sheets: Sheets) -> OfficialSheet | None:
    known = sheets_for(subject.notice, subject.region, sheets)
    return next((one for one in known if one.file is FileKind.XLSX), None)


def _photos(packing: _Packing, photos: Sequence[Photo]) -> None:
    numbers: dict[str, int] = {}
    for photo in photos:
        place, ref = _picture(packing, photo), photo.activity.ref
        if place is not None:
            number = numbers[ref] = numbers.get(ref, 0) + 1
            ending = place.suffix or f".{_ending(photo.item.name)}"
            name = f"{_PHOTOS}/{ref}/{number:02d}{ending}"
            packing.entries.append(entry(name, place, title=photo.activity.row.title, ref=ref))


def _picture(packing: _Packing, photo: Photo) -> Path | None:
    """Return the picture to pack: what was taken in by a page was made anew then, any other is now."""
    place = packing.found(photo.item, photo.activity.ref)
    if place is None or (packing.store / "thumbs" / str(photo.item.sha256)).is_file():
        return place
    part = packing.folder / f"photo{photo.item.id}"
    try:
        filetype = recognise(place, photo.item.name)
        if filetype not in IMAGES or filetype is None:
            packing.leave(photo.activity.ref, photo.item, "no_picture")
            return None
        copyfile(place, part)
        return part.rename(part.with_suffix(f".{remake(part, filetype, photo.item.name).filetype}"))
    except UploadRefused:
        packing.leave(photo.activity.ref, photo.item, "no_picture")
        return None


def _filed(packing: _Packing) -> None:
    """Add what was handed in for the report itself, and what the accepted reports of others carry."""
    gathered = packing.gathered
    for number, item in enumerate(handed_in(gathered), start=1):
        _paper(packing, _OWN, number, item, ref=gathered.subject.ref or "", title=item.name)
    names = {one.ref: f"{one.unit} {one.name.zh}" for one in gathered.reports}
    for ref, items in gathered.papers.items():
        for number, item in enumerate(items, start=1):
            _paper(packing, f"{_FILED}/{ref}", number, item, ref=ref, title=names[ref])


def _paper(packing: _Packing, folder: str, number: int, item: Item, *, ref: str, title: str) -> None:
    if item.sha256 is None:
        return
    place = packing.found(item, ref)
    if place is not None:
        packing.keep(folder, number, item, ref=ref, title=title, place=place)


def _links(gathered: Gathered, figures: Figures) -> Iterator[Linked]:
    for one in figures.press:
        yield Linked(one.ref, one.title, one.uri)
    names = {one.ref: f"{one.unit} {one.name.zh}" for one in gathered.reports}
    for ref, items in gathered.papers.items():
        yield from (Linked(ref, names[ref], item.uri) for item in items if item.sha256 is None)
    subject = gathered.subject
    for item in gathered.own:
        if item.sha256 is None:
            yield Linked(subject.ref or "", item.name, item.uri)


def _ending(name: str) -> str:
    ending = PurePath(name).suffix.lower().lstrip(".")
    return ending if ending in _ENDINGS else "bin"
