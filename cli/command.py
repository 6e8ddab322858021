"""Typer's commands with our help pages, and groups that import a module only when it is used."""

from collections.abc import Callable, Sequence
from difflib import get_close_matches
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_group
from typer.models import CommandFunctionType

from cli.helping import about, command_page, first_page, group_page
from cli.tree import APART, GROUPS, MODULES
from cli.words import refusal, say


class Command(TyperCommand):
    """A command whose help page comes from ``cli.helptext``."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]  # Typer's own Context
        """Return the help page in the reader's language."""
        path = ctx.command_path.partition(" ")[2]
        arguments, options, usage = [], [], []
        for param in self.params:
            given: Any = param  # Typer's own parameters are not typed for us
            if given.param_type_name == "argument":
                usage.append(_usage(given))
                arguments.append((given.metavar, about(path, given.metavar)))
            else:
                options.append((_form(given), about(path, given.opts[0])))
        options += [("--lang zh|en", about(path, "--lang")), ("--help", about(path, "--help"))]
        return command_page(path, [*usage, say("help.usage_options")], arguments, options)


class Group(TyperGroup):
    """Commands under one word. Without a second word it shows its help page."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]  # Typer's own Context
        """Return the help page in the reader's language."""
        return group_page(ctx.command_path.partition(" ")[2])

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command; an unknown one is refused with the nearest names."""
        names = self.list_commands(ctx)
        if args[0] not in names and not args[0].startswith("-"):
            raise _unknown(args[0], names, ctx.command_path)
        return super().resolve_command(ctx, args)


class Root(Group):
    """``duban`` itself."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]  # Typer's own Context
        """Return the first page."""
        return first_page()

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the first words."""
        return list(MODULES)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command; one that stands apart from its group is found without the others."""
        apart = APART.get((args[0], args[1])) if len(args) > 1 else None
        if apart is None:
            return super().resolve_command(ctx, args)
        return args[0], _group(args[0], apart), args[1:]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import the module of a first word and return its command."""
        if cmd_name not in MODULES:
            return None
        group = _group(cmd_name, MODULES[cmd_name])
        return group if cmd_name in GROUPS else group.commands[cmd_name]


def _group(word: str, module: str) -> Any:
    group = get_group(import_module(f"cli.commands.{module}").app)
    group.name = word
    return group


class App(typer.Typer):
    """The commands of one module."""

    def command(
        self, name: str | None = None, **given: Any
    ) -> Callable[[CommandFunctionType], CommandFunctionType]:
        """Register a function as a command with our help page."""
        return super().command(name, cls=Command, **given)


def new_app() -> App:
    """Return an app for the commands of one module."""
    return App(cls=Group, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


def _usage(argument: Any) -> str:
    """Return an argument as it stands in the usage line: ``REF…``, ``[FILE]``."""
    word = argument.metavar + ("…" if argument.nargs != 1 else "")
    return word if argument.required else f"[{word}]"


def _form(option: Any) -> str:
    """Return an option as it is written: ``--page N``."""
    return option.opts[0] if option.is_flag else f"{option.opts[0]} {option.metavar or 'TEXT'}"


def _unknown(word: str, names: Sequence[str], path: str) -> Exception:
    near = get_close_matches(word, names, n=3, cutoff=0.5)
    if near:
        return refusal("usage.unknown_command_near", word=word, path=path, near=", ".join(near))
    return refusal("usage.unknown_command", word=word, path=path)
