"""Documents on the disk, to be read as they would be."""

from collections.abc import Callable
from pathlib import Path

import pytest

from config.errors import UserError
from engine.documents.document import Document
from engine.documents.reading import read_document

Read = Callable[..., Document]
Refusal = Callable[..., UserError]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Return a function that writes bytes into a file and reads the file."""

    def written(data: bytes, name: str = "通知") -> Document:
        path = tmp_path / name
        path.write_bytes(data)
        return read_document(path)

    return written


@pytest.fixture
def refusal(read: Read) -> Refusal:
    """Return a function that does likewise and gives the refusal."""

    def refused(data: bytes, name: str = "通知") -> UserError:
        with pytest.raises(UserError) as caught:
            read(data, name)
        return caught.value

    return refused
