"""Files that a command reads and writes."""

from pathlib import Path

from cli.words import refusal
from engine.whole_file import whole_file


def write_text(path: Path, text: str) -> None:
    """Write a file whole, or not at all; UserError where it cannot be written."""
    with whole_file(path) as part:
        part.write_text(text, encoding="utf-8")


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file whole, or not at all; UserError where it cannot be written."""
    with whole_file(path) as part:
        part.write_bytes(data)


def read_text(path: Path) -> str:
    """Return the text of a file; UserError where it cannot be read."""
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "UTF-8"
        raise refusal("file.unreadable", file=path, why=why) from error


def lines_of(path: Path) -> list[str]:
    """Return the lines of a file that say something; UserError where it cannot be read."""
    text = read_text(path)
    return [line.strip() for line in text.splitlines() if line.strip()]
