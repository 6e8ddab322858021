"""Official sheets in LibreOffice: opened, printed, saved, read again; and 2,000 activities through each."""

import subprocess
from pathlib import Path
from shutil import which

import pytest

from config.official import FileKind, OfficialSheet
from engine.database import Database
from tests.engine.official.test_round_trip import differences, name_of
from tests.engine.official.town import SHEETS, hand_in, history_length, read, taken, written
from tests.engine.world import World

MANY = 2_000
OFFICE = which("soffice") or which("libreoffice")

needs_office = pytest.mark.skipif(OFFICE is None, reason="no LibreOffice on this machine")


def converted(path: Path, ending: str) -> Path:
    """Let LibreOffice open a file and save it in another form, in a folder of its own."""
    folder = path.parent / "saved"
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    order = [str(OFFICE), profile, "--headless", "--convert-to", ending, "--outdir", str(folder), str(path)]
    subprocess.run(order, check=True, capture_output=True, timeout=240)
    return folder / path.with_suffix(f".{ending}").name


@needs_office
@pytest.mark.timeout(600)
@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_a_sheet_is_printed_and_read_as_the_office_program_saved_it(
    sqlite: Database, tmp_path: Path, sheet: OfficialSheet
) -> None:
    world = World(sqlite).found()
    refs = hand_in(world, tmp_path / "store", 1 if sheet.file is FileKind.DOCX else 30)
    path = written(world, sheet, refs, tmp_path / f"sheet.{sheet.file}", tmp_path / "store")

    printed = converted(path, "pdf")
    saved = converted(path, str(sheet.file))
    before = history_length(world)
    found = taken(world, saved, tmp_path / "store")

    assert printed.read_bytes().startswith(b"%PDF-")
    assert differences(world, read(saved), refs, tmp_path / "store") == []
    assert (found.saved.unchanged, history_length(world)) == (tuple(refs), before)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_two_thousand_activities_come_back_as_they_went(
    sqlite: Database, tmp_path: Path, sheet: OfficialSheet, *, full: bool
) -> None:
    world = World(sqlite).found()
    many = MANY if full else 40
    refs = hand_in(world, tmp_path / "store", many)
    path = written(world, sheet, refs, tmp_path / name_of(sheet), tmp_path / "store")
    before = history_length(world)

    found = taken(world, path, tmp_path / "store")

    assert differences(world, read(path), refs, tmp_path / "store") == []
    assert (len(found.saved.unchanged), found.changes, history_length(world)) == (many, (), before)
