"""Subjects of the history (``case:QZ-2023-0042``, ``person:5``) as SQL takes them apart."""

from collections.abc import Mapping
from enum import StrEnum

from sqlalchemy import BigInteger, ColumnElement, String, Table, cast, func, literal
from sqlalchemy import case as when

from engine.tables import history


class Kind(StrEnum):
    """What a change can be about."""

    CASE = "case"
    NOTICE = "notice"
    PERSON = "person"
    UNIT = "unit"
    MAIL = "mail"
    TEMPLATE = "template"
    LIFECYCLE = "lifecycle"
    WEBHOOK = "webhook"
    COMMENDATION = "commendation"


LIFECYCLES: Mapping[str, str] = {
    Kind.NOTICE: "notice",
    Kind.MAIL: "message",
    Kind.COMMENDATION: "commendation",
}
"""Whose words the states of a kind have; a case's are those of its own kind."""


def is_kind(kind: Kind) -> ColumnElement[bool]:
    """Return the condition that a row of history is about a kind of subject."""
    start = f"{kind}:"
    # not a range: PostgreSQL may order punctuation by another rule
    return func.substr(history.c.subject, 1, len(start)) == start


def name_in(kind: Kind) -> ColumnElement[str]:
    """Return a subject's own name (``QZ-2023-0042``), null where it is of another kind."""
    return when((is_kind(kind), func.substr(history.c.subject, len(kind) + 2)))


def number_in(kind: Kind) -> ColumnElement[int]:
    """Return the number in a subject (5 of ``person:5``), null where it is of another kind."""
    # only CASE keeps PostgreSQL from reading other subjects as numbers
    return when((is_kind(kind), cast(func.substr(history.c.subject, len(kind) + 2), BigInteger)))


def named(kind: Kind, table: Table, key: str = "id") -> ColumnElement[str]:
    """Return the subject that a row of a table is."""
    return literal(f"{kind}:") + cast(table.c[key], String)


def kind_of(subject: str) -> str:
    """Return the first word of a subject."""
    return subject.partition(":")[0]


def own_name(subject: str) -> str:
    """Return a subject without its first word."""
    return subject.partition(":")[2]


def number_of(subject: str, kind: Kind) -> int | None:
    """Return the number in a subject of a kind, else None."""
    family, _, number = subject.partition(":")
    return int(number) if family == kind and number.isdecimal() else None
