"""Taking a document in to be read: an uploaded file or pasted text. The file itself is not kept."""

import re
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from config.errors import UserError
from engine.documents.document import MAX_BYTES
from engine.documents.reading import read_document
from engine.notice_reading.kept import Paper
from engine.uploads.naming import shown_name
from engine.uploads.taking import Readable

_PIECE = 2**20
_UNKEPT = re.compile("[\x00\ud800-\udfff]")  # what a database does not take in a text


def paper_of_file(content: Readable, *, name: str, folder: Path) -> Paper:
    """Read an uploaded document; UserError says why it cannot be read and what to do.

    ``folder`` is where it stands while it is read.
    """
    folder.mkdir(exist_ok=True, mode=0o700)
    with TemporaryDirectory(prefix="notice-", dir=folder) as place:
        path = Path(place) / "document"
        digest = _written(content, path)
        found = read_document(path, name=shown_name(name) or None)
    return Paper(name=found.name, sha256=digest, text=_UNKEPT.sub(" ", found.text), doubts=found.doubts)


def paper_of_text(text: str, *, name: str) -> Paper:
    """Return pasted text as a document; UserError where there is none."""
    if not text.strip():
        raise UserError(
            zh="请选择文件，或粘贴通知全文。", en="choose a file or paste the text", code="document.none"
        )
    kept = _UNKEPT.sub(" ", text)
    return Paper(name=name, sha256=sha256(kept.encode()).hexdigest(), text=kept)


def _written(content: Readable, path: Path) -> str:
    """Write a document and return its hash; one byte too many is enough for the reader to refuse it."""
    digest, left = sha256(), MAX_BYTES + 1
    with path.open("xb") as file:
        while left > 0 and (piece := content.read(min(_PIECE, left))):
            digest.update(piece)
            file.write(piece)
            left -= len(piece)
    return digest.hexdigest()
