"""Files that a command reads and writes."""

from pathlib import Path

from cli.words import refusal


def write_text(path: Path, text: str) -> None:
    """Write a file whole, or not at all; UserError where it cannot be written."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise refusal("file.unwritable", file=path, why=error.strerror) from error


def lines_of(path: Path) -> list[str]:
    """Return the lines of a file that say something; UserError where it cannot be read."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "UTF-8"
        raise refusal("file.unreadable", file=path, why=why) from error
    return [line.strip() for line in text.splitlines() if line.strip()]
