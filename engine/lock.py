"""One runner a home: a lock file that the system frees when its process dies, however it dies."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from config.errors import UserError

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[str]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


NAME = "duban.lock"


class HomeLocked(UserError):
    """Another process runs this home."""

    exit_code = 4


@contextmanager
def only_runner(home: Path) -> Iterator[None]:
    """Hold the home's lock for as long as the block runs; HomeLocked if another process has it."""
    path = home / NAME
    with path.open("a+", encoding="utf-8") as file:
        try:
            _take(file)
        except OSError:
            raise HomeLocked(
                zh=f"另一个 duban 正在运行这个目录（{path}）。同一时间只能有一个；请先停止它。",
                en=f"another duban is running this home ({path}); only one may at a time, stop it first",
                code="home.locked",
            ) from None
        if sys.platform != "win32":
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
        yield


def is_running(home: Path) -> bool:
    """Return whether a process holds the home's lock."""
    try:
        with only_runner(home):
            return False
    except HomeLocked:
        return True
