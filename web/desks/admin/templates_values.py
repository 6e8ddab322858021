"""The values that a mail template may use, with what each holds."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from notifications.digest import Clause, Digest, Group
from notifications.letter import Figure, Item, Letter, Person, Sender

_SECRET = frozenset({"sealed", "link", "link_until"})
"""Of mails that no admin writes."""

_SOURCES: tuple[tuple[str, type[Any]], ...] = (
    ("letter", Letter),
    ("letter.to", Person),
    ("digest", Digest),
    ("group", Group),
    ("item", Item),
    ("clause", Clause),
    ("sender", Sender),
    ("figure", Figure),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueLine:
    """One value: how a template names it, and the key of what it holds."""

    name: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueGroup:
    """The values of one thing, and the key of what that is."""

    key: str
    values: tuple[ValueLine, ...]


def value_groups() -> tuple[ValueGroup, ...]:
    """Return all values that a template may use."""
    return tuple(
        ValueGroup(key=f"mail_templates.of_{_word(name)}", values=tuple(_lines(name, source)))
        for name, source in _SOURCES
    )


def _lines(name: str, source: type[Any]) -> Iterator[ValueLine]:
    for field in fields(source):
        if field.name not in _SECRET:
            yield ValueLine(
                name=f"{name}.{field.name}", key=f"mail_templates.value_{_word(name)}_{field.name}"
            )


def _word(name: str) -> str:
    return name.replace(".", "_")
