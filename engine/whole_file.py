"""Files that are there whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkstemp

from config.errors import UserError


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a file beside ``path`` to write, and put it in its place once the block has ended well.

    It survives a power cut: the content is on the disk before its name is. Raises UserError where the
    folder cannot be written or the disk is full; ``path`` is then as it was.
    """
    try:
        handle, name = mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise _refused(path, error) from error
    os.close(handle)
    part = Path(name)
    try:
        yield part
        _sync(part)
        part.replace(path)
        if os.name == "posix":
            _sync(path.parent)
    except OSError as error:
        raise _refused(path, error) from error
    finally:
        part.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _refused(path: Path, error: OSError) -> UserError:
    return UserError(
        zh=f"写不了文件 {path}：{error.strerror}。请检查文件夹、权限和剩余空间；原来的文件没有改动。",
        en=f"{path} cannot be written: {error.strerror}; check the folder, its rights and the free space,"
        " a file that was there is untouched",
        code="file.unwritable",
    )
