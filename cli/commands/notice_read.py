"""``duban notice read``: what a notice says that came as a document. Nothing is armed by it."""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from cli.command import new_app
from cli.files import write_text
from cli.options import Json, Output
from cli.reading_view import reading_form, show_reading
from cli.show import as_json, tell
from cli.words import refusal
from config.reading.reading import Reading
from engine.documents.document import MAX_BYTES
from engine.documents.reading import read_document
from engine.sheets.problems import shown

app = new_app()
_STDIN = "-"


@app.command("read")
def read(
    file: Annotated[str, typer.Argument(metavar="FILE")],
    *,
    year: Annotated[int | None, typer.Option("--year", metavar="YEAR", min=1949, max=2999)] = None,
    cites: Annotated[bool, typer.Option("--cites")] = False,
    output: Output = None,
    region: Annotated[str | None, typer.Option("--region")] = None,
    json: Json = False,
) -> None:
    """Read a notice as it was sent; ``--output`` writes what was read as a draft of its schedule."""
    if output and output.exists():
        raise refusal("file.exists", file=output)
    with _path_of(file) as path, ThreadPoolExecutor(1) as aside:
        grammar = aside.submit(_grammar)  # it takes as long to load as a document takes to be parsed
        document = read_document(path, name="stdin" if file == _STDIN else None)
        read_notice = grammar.result()
    reading = read_notice(document.text, year=year)
    draft = None
    if output:
        from cli.drafting import drafted  # noqa: PLC0415  only a draft looks at other notices

        draft = drafted(reading, region=region, year=year)
        write_text(output, draft.text)
    if json:
        as_json(reading_form(document, reading))
        return
    show_reading(document, reading, cites=cites)
    if draft:
        tell("read.written", file=output, id=draft.id, open=draft.open)
    else:
        tell("read.next", file=shown(file, 200))


def _grammar() -> Callable[..., Reading]:
    from config.reading.read import read_notice  # noqa: PLC0415  its grammar is for this command alone

    return read_notice


@contextmanager
def _path_of(word: str) -> Iterator[Path]:
    """Give the file that is meant; for ``-`` what stands on standard input, kept while it is read."""
    if word != _STDIN:
        yield Path(word)
        return
    with TemporaryDirectory(prefix="duban-") as folder:
        path = Path(folder) / "stdin"
        path.write_bytes(sys.stdin.buffer.read(MAX_BYTES + 1))
        yield path
