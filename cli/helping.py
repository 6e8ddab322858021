"""Help pages in the reader's language, laid out for a terminal."""

import os
from collections.abc import Iterable, Sequence

from cli.helptext import COMMANDS, command_help
from cli.param_texts import param_help
from cli.tree import SECTIONS
from cli.width import padded, width, wrapped
from cli.words import lang, say

Rows = Sequence[tuple[str, str]]

_NARROWEST, _WIDEST = 40, 100


def columns() -> int:
    """Return how wide a help page may be."""
    try:
        found = int(os.environ.get("COLUMNS", "")) or 80
    except ValueError:
        found = os.get_terminal_size().columns if os.isatty(1) else 80
    return max(_NARROWEST, min(found, _WIDEST))


def first_page() -> str:
    """Return the page of ``duban --help``: every command by what it is for."""
    lines = [say("help.first"), "", say("help.usage", usage=say("help.usage_of_all")), ""]
    longest = max(width(name) for section in SECTIONS for name in section.commands)
    for section in SECTIONS:
        lines.append(section.title.in_(lang()))
        rows = [(name, command_help(name, lang())) for name in section.commands]
        lines += [*listed(rows, longest), ""]
    lines.append(say("help.more"))
    return "\n".join(lines)


def group_page(path: str) -> str:
    """Return the page of a word that is followed by another (``duban notice``)."""
    rows = [
        (name.removeprefix(f"{path} "), command_help(name, lang()))
        for name in COMMANDS
        if name.startswith(f"{path} ")
    ]
    usage = say("help.usage", usage=say("help.usage_of_group", path=path))
    return "\n".join(
        [command_help(path, lang()), "", usage, "", *listed(rows), "", say("help.more_of", path=path)]
    )


def command_page(path: str, usage: Iterable[str], arguments: Rows, options: Rows) -> str:
    """Return the page of one command; ``usage`` are its pieces after the command's own words."""
    lines = [command_help(path, lang()), "", say("help.usage", usage=" ".join(["duban", path, *usage]))]
    longest = max(width(name) for name, _ in [*arguments, *options])
    for title, rows in (("help.arguments", arguments), ("help.options", options)):
        if rows:
            lines += ["", say(title), *listed(rows, longest)]
    return "\n".join(lines)


def listed(rows: Rows, longest: int | None = None) -> list[str]:
    """Return two columns, the second wrapped beside the first."""
    first = min(longest or max(width(name) for name, _ in rows), 30) + 4
    lines = []
    for name, text in rows:
        beside = wrapped(text, columns() - first)
        head = padded(f"  {name}", first)
        if width(f"  {name}") > first - 2:
            lines.append(f"  {name}")
            head = " " * first
        lines += [head + beside[0], *(" " * first + line for line in beside[1:])]
    return lines


def about(path: str, param: str) -> str:
    """Return what a parameter of a command is for, in the reader's language."""
    return param_help(path, param, lang())
