"""From words to a command: Typer, with its complaints in the reader's language."""

from typing import Any

import typer
from typer.main import get_group

from cli.command import Root
from cli.helptext import COMMANDS
from cli.words import refusal
from config.errors import UserError

_app = typer.Typer(cls=Root, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


def dispatch(argv: list[str]) -> int:
    """Run the command that the words ask for; return its exit code."""
    group = get_group(_app)
    try:
        # not main(): it would answer an interrupt and a closed pipe in its own way
        with group.make_context("duban", list(argv)) as context:
            answer = group.invoke(context)
    except typer.Exit as done:
        return done.exit_code
    except typer.TyperException as error:
        raise _in_words(error, _path(argv)) from error
    return answer if isinstance(answer, int) else 0


def _path(argv: list[str]) -> str:
    """Return the words of the command that is meant."""
    known = (" ".join(argv[:count]) for count in (2, 1))
    found = next((path for path in known if path in COMMANDS), "")
    return f"duban {found}".rstrip()


def _in_words(error: Any, path: str) -> UserError:
    """Return a complaint about the words themselves (Typer's exceptions carry their parts)."""
    match type(error).__name__:
        case "MissingParameter":
            return refusal("usage.missing", what=_name(error.param), path=path)
        case "NoSuchOption":
            near = ", ".join(sorted(error.possibilities or ())[:3])
            code = "usage.unknown_option_near" if near else "usage.unknown_option"
            return refusal(code, what=error.option_name, near=near, path=path)
        case "BadOptionUsage":
            return refusal("usage.no_value", what=error.option_name, path=path)
        case "BadParameter":
            return refusal("usage.not_a_number", what=_name(error.param), path=path)
        case _:
            return refusal("usage.too_many", path=path)


def _name(param: Any) -> str:
    if param is None:
        return ""
    return str(param.metavar if param.param_type_name == "argument" else param.opts[0])
