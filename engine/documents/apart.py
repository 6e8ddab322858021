"""Has a document parsed in a process apart, and waits for it no longer than is sensible."""

import json
import signal
import sys
from io import FileIO
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from threading import Event, Timer

from config.schedule import Name
from engine.documents.document import MAX_TEXT, Content, Kind
from engine.documents.kinds import Begins
from engine.documents.refused import Unreadable

PATIENCE = 30.0
"""Seconds; a busy machine may need more of them than the parser may have for itself."""

_ROOT = Path(__file__).parents[2]
_COMMAND = (sys.executable, "-m", "engine.documents.child")
_MOST = MAX_TEXT * 12 + 2**16  # JSON may take six bytes, or twice that, for one character
_OUT_OF_TIME = -getattr(signal, "SIGXCPU", 0) or None


def read_apart(handle: FileIO, kind: Begins) -> Content:
    """Return what a document holds; Unreadable where it holds nothing, or its parser broke."""
    late = Event()
    # the words of the command are ours; the document comes as a stream
    with Popen((*_COMMAND, kind), cwd=_ROOT, stdin=handle, stdout=PIPE, stderr=DEVNULL) as child:  # noqa: S603
        timer = Timer(PATIENCE, _stop, (child, late))
        timer.start()
        try:
            answer = child.stdout.read(_MOST) if child.stdout else b""
            if len(answer) < _MOST:
                child.wait()
        finally:
            timer.cancel()
            child.kill()
    if late.is_set() or child.returncode == _OUT_OF_TIME:
        raise Unreadable("slow")
    return _content(answer)


def _stop(child: Popen[bytes], late: Event) -> None:
    late.set()
    child.kill()


def _content(answer: bytes) -> Content:
    try:
        said = json.loads(answer)
        if "why" in said:
            raise Unreadable(said["why"], **said["values"])
        doubts = tuple(Name(zh=zh, en=en) for zh, en in said["doubts"])
        return Content(kind=Kind(said["kind"]), text=said["text"], pages=said["pages"], doubts=doubts)
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable("broke") from error
