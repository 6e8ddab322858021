"""How far long work has come: a bar on a terminal, nothing anywhere else."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from cli.words import say


class Advance(Protocol):
    """Takes how much is done, and of how much if that is known by now."""

    def __call__(self, done: int, total: int | None = None) -> None:
        """Show it."""
        ...


@contextmanager
def busy(key: str, total: int | None = None) -> Iterator[Advance]:
    """Show a bar while the block works; the block calls what it gets with how far it has come."""
    if not sys.stderr.isatty():
        yield _silent
        return
    from rich.console import Console  # noqa: PLC0415  only a terminal needs it
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(say(key), total=total)

        def advance(done: int, total: int | None = None) -> None:
            progress.update(task, completed=done, total=total)

        yield advance


def _silent(done: int, total: int | None = None) -> None:
    """Say nothing: nobody watches."""
