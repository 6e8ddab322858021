"""What the address of an auditor's page asks for, read like a form: problems are told at their fields."""

from enum import StrEnum
from typing import TypeVar
from urllib.parse import quote

from starlette.datastructures import FormData

from web.forms import Form
from web.visit import Visit

E = TypeVar("E", bound=StrEnum)


def asked(visit: Visit) -> Form:
    """Return the query of a request as a form."""
    pairs = visit.request.query_params.multi_items()
    return Form(FormData([(name, value) for name, value in pairs]), visit.office.zone)


def one_of(words: type[E], text: str) -> E | None:
    """Return the word that a text is, None if it is none of them."""
    return words(text) if text in tuple(words) else None


def number_of(text: str) -> int | None:
    """Return the number in an address, None if it is none that a row can have."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def subject_path(subject: str, room: str = "/history") -> str:
    """Return where a subject is shown."""
    return f"{room}/{quote(subject, safe=':/@')}"
