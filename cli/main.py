"""The entry point: language, command, errors as one sentence, exit code."""

import os
import sys
from collections.abc import Callable, Sequence
from contextvars import copy_context
from typing import NoReturn

from cli.exits import Exit
from cli.now import CLOCK
from cli.tree import GROUPS
from cli.words import LANG, language_of, refusal, say
from config.errors import UserError
from engine.clock import Clock, utc_now

VERSION = "0.1.0"


def main() -> NoReturn:
    """Run the command line of this process and end with its exit code."""
    _speak_utf8()
    sys.exit(run(sys.argv[1:]))


def run(argv: Sequence[str], *, clock: Clock = utc_now) -> int:
    """Run one command; return its exit code. Mistakes are told on stderr, in one message."""
    return copy_context().run(_run, list(argv), clock)


def _run(argv: list[str], clock: Clock) -> int:
    CLOCK.set(clock)
    return _told(lambda: _dispatch(argv))


def _dispatch(argv: list[str]) -> int:
    code, rest = language_of(argv, os.environ.get("DUBAN_LANG", ""))
    LANG.set(code)
    if rest[1:] in ([], ["--help"]) and (page := _page(rest)):
        print(page)  # noqa: T201  this is the page asked for
        return Exit.OK
    if rest == ["--version"]:
        print(f"duban {VERSION}")  # noqa: T201  this is what was asked for
        return Exit.OK
    from cli.dispatch import dispatch  # noqa: PLC0415  Typer takes longer than the first page may

    return dispatch(rest)


def _page(words: list[str]) -> str | None:
    """Return the help page that needs no command's module, None where it is another's to answer."""
    from cli.helping import first_page, group_page  # noqa: PLC0415  only these pages need it

    if words in ([], ["--help"], ["-h"], ["help"]):
        return first_page()
    return group_page(words[0]) if words[0] in GROUPS else None


def _told(work: Callable[[], int]) -> int:
    """Do the work; whatever goes wrong becomes one message and an exit code."""
    try:
        code = work()
        sys.stdout.flush()
    except UserError as error:
        _complain(error.in_(LANG.get()))
        return error.exit_code
    except KeyboardInterrupt:
        _complain(say("error.interrupted"))
        return Exit.INTERRUPTED
    except BrokenPipeError:
        _let_go()
        return Exit.UNREAD
    except OSError as error:
        _complain(_disk(error).in_(LANG.get()))
        return Exit.REFUSED
    except Exception as error:  # the last resort of the whole program
        _complain(_fault(error))
        return Exit.FAULT
    return code


def _complain(text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201  the one place that tells an error


def _disk(error: OSError) -> UserError:
    return refusal("error.file", file=error.filename or "", why=error.strerror or str(error))


def _fault(error: Exception) -> str:
    if os.environ.get("DUBAN_DEBUG"):
        import traceback  # noqa: PLC0415  only for whoever asked for it

        return "".join(traceback.format_exception(error))
    return say("error.fault", kind=type(error).__name__)


def _let_go() -> None:
    """Give up an output that nobody reads, so that Python does not complain at its end."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  it lives until the process ends


def _speak_utf8() -> None:
    """Print Chinese on every console: Windows' own encoding may not hold it."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8" if os.name == "nt" else None, errors="replace")
