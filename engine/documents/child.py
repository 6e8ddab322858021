"""The process that parses one document: ``python -m engine.documents.child KIND``, bytes in, JSON out.

Parsers written in C read what strangers send. If one breaks, loops or fills the memory, this process ends
and nothing else does.
"""

import json
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress

from engine.documents.document import MAX_BYTES, MAX_TEXT, Content
from engine.documents.kinds import Begins
from engine.documents.refused import Unreadable

MEMORY = 300 * 2**20
SECONDS = 15
"""Of the processor's time."""


def main() -> None:
    """Read the document that stands on standard input; print what it holds, or why it cannot be read."""
    _confine()
    print(json.dumps(_answer(Begins(sys.argv[1]), sys.stdin.buffer.read(MAX_BYTES + 1))))  # noqa: T201  the answer


def _answer(kind: Begins, data: bytes) -> Mapping[str, object]:
    try:
        found = _reader(kind)(data)
        if len(found.text) > MAX_TEXT:
            raise Unreadable("much_text")
    except Unreadable as error:
        return {"why": error.why, "values": error.values}
    except ImportError:
        return {"why": "not_installed", "values": {}}
    except MemoryError:
        return {"why": "heavy", "values": {}}
    doubts = [(one.zh, one.en) for one in found.doubts]
    return {"kind": found.kind, "text": found.text, "pages": found.pages, "doubts": doubts}


def _reader(kind: Begins) -> Callable[[bytes], Content]:
    """Return what reads such a document; only its own library is loaded."""
    if kind is Begins.PDF:
        from engine.documents.pdf import read_pdf  # noqa: PLC0415

        return read_pdf
    if kind is Begins.PACKAGE:
        from engine.documents.word import read_package  # noqa: PLC0415

        return read_package
    from engine.documents.web_page import read_page  # noqa: PLC0415

    return read_page


def _confine() -> None:
    """Limit memory and time, where the system can (Windows cannot; there the time limit outside counts)."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415

    limits = ((resource.RLIMIT_AS, MEMORY, MEMORY), (resource.RLIMIT_CPU, SECONDS, SECONDS + 5))
    for limit, soft, hard in limits:
        with suppress(ValueError, OSError):  # less may be allowed already
            resource.setrlimit(limit, (soft, hard))


if __name__ == "__main__":
    main()
