"""Written and read back, every sheet says the same; taken in again, it changes nothing."""

from pathlib import Path

import pytest

from config.official import FileKind, OfficialSheet
from engine.official.comparing import said_anew
from engine.official.reading import Reading
from engine.official.records import records
from tests.engine.official.town import SHEETS, hand_in, history_length, read, taken, written
from tests.engine.world import NOW, World


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_a_sheet_read_back_says_what_was_written(world: World, tmp_path: Path, sheet: OfficialSheet) -> None:
    refs = hand_in(world, tmp_path / "store", 12)
    path = written(world, sheet, refs, tmp_path / name_of(sheet), tmp_path / "store")

    reading = read(path)

    assert (reading.sheet.key, reading.guesses, reading.notes) == (sheet.key, (), ())
    assert differences(world, reading, refs, tmp_path / "store") == []


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_taking_a_sheet_in_again_changes_nothing(world: World, tmp_path: Path, sheet: OfficialSheet) -> None:
    refs = hand_in(world, tmp_path / "store", 12)
    path = written(world, sheet, refs, tmp_path / name_of(sheet), tmp_path / "store")
    before = history_length(world)

    found = taken(world, path, tmp_path / "store")

    assert (found.saved.unchanged, found.changes, history_length(world)) == (tuple(refs), (), before)


def name_of(sheet: OfficialSheet) -> str:
    """Return a file name for many activities."""
    return "表.zip" if sheet.file is FileKind.DOCX else "表.xlsx"


def differences(world: World, reading: Reading, refs: list[str], store: Path) -> list[object]:
    """Return every field in which a sheet read differs from what is known."""
    sheet = reading.sheet
    with world.database.read() as conn:
        known = records(conn, refs, sheet.questions, now=NOW, store=store)
    found: list[object] = []
    for line, record in zip(reading.lines, known, strict=True):
        said = said_anew(reading.cells(line), sheet, year=2023)
        found += [(record.ref, *one) for one in said.wrong.items()]
        for item in sheet.data:
            meant, held = said.values.get(item.key), record.of(item)
            if (meant or None) != (held or None) and item.answer != "remarks":
                found.append((record.ref, item.key, meant, held))
        if line.reference != f"{record.ref}@{record.version}":
            found.append((record.ref, line.reference))
    return found
