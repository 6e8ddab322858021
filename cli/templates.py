"""Writing an empty sheet, the same for units, people and activities."""

from pathlib import Path

from cli.show import tell
from cli.words import lang, refusal
from engine.sheets.templates import write_template


def give_template(file: Path, kind: str) -> None:
    """Write an empty sheet of a kind; a file that is there is never replaced: it may be filled in."""
    if file.exists():
        raise refusal("file.exists", file=file)
    write_template(file, kind, lang=lang())
    tell("file.written", file=file)
