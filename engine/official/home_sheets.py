"""The official sheets of a home: those shipped, and the city's own files in its folder ``forms``."""

from functools import lru_cache
from pathlib import Path

from config.official import Sheets, joined_sheets, shipped_sheets
from config.yamltree import read_text

FOLDER = "forms"


def sheets_of(home: Path) -> Sheets:
    """Return every sheet of a home; UserError tells what is wrong in a file of its own."""
    found = tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in own_files(home))
    return _joined(found) if found else shipped_sheets()


@lru_cache(maxsize=4)
def _joined(found: tuple[tuple[Path, int, int], ...]) -> Sheets:
    """Read files once for as long as they stay as they are: pages ask for their sheets at every request."""
    return joined_sheets([(path.name, read_text(path)) for path, _, _ in found])


def own_files(home: Path) -> list[Path]:
    """Return the files that a city added."""
    return sorted((home / FOLDER).glob("*.yaml")) if (home / FOLDER).is_dir() else []
