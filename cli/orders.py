"""Orders as they are typed: which cases, which values, which materials."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import Connection, func, select

from cli.files import lines_of
from cli.moments import day_of
from cli.words import refusal
from config.errors import UserError
from engine.tables import person

Parse = Callable[[str], object]


def refs_of(words: Sequence[str]) -> tuple[str, ...]:
    """Return the numbers meant; ``@FILE`` stands for those in a file, one a line."""
    refs = [ref for word in words for ref in (lines_of(Path(word[1:])) if word.startswith("@") else [word])]
    if not refs:
        raise refusal("order.no_refs")
    return tuple(dict.fromkeys(ref.upper() for ref in refs))


def changes_from(conn: Connection, words: Sequence[str]) -> dict[str, object]:
    """Return the values of ``FIELD=VALUE`` words by column; UserError names what is wrong."""
    changes: dict[str, object] = {}
    for word in words:
        field, equals, value = word.partition("=")
        if not equals or field not in FIELDS:
            raise refusal("order.field", word=word, known=", ".join(FIELDS))
        changes |= _change(conn, field, value.strip())
    return changes


def _change(conn: Connection, field: str, value: str) -> Mapping[str, object]:
    if field == "coordinator":
        return {"coordinator_id": _person(conn, value)}
    try:
        return {field: FIELDS[field](value) if value else None}
    except UserError as error:
        zh, en = f"--set {field}：{error.text.zh}", f"--set {field}: {error.text.en}"
        raise UserError(zh=zh, en=en, code=error.code) from None


def _person(conn: Connection, address: str) -> int:
    found = conn.scalar(select(person.c.id).where(func.lower(person.c.email) == address.lower()))
    if found is None:
        raise refusal("person.unknown", address=address)
    return int(found)


def _count(text: str) -> int:
    if not text.isdecimal() or len(text) > 9:
        raise refusal("order.count", text=text)
    return int(text)


def _yes(text: str) -> bool:
    words = {
        "yes": True,
        "true": True,
        "1": True,
        "是": True,
        "no": False,
        "false": False,
        "0": False,
        "否": False,
    }
    if text.lower() not in words:
        raise refusal("order.yes_no", text=text)
    return words[text.lower()]


def _link(text: str) -> str:
    if urlsplit(text).scheme not in ("http", "https"):
        raise refusal("order.link", text=text)
    return text


FIELDS: Mapping[str, Parse] = {
    "title": str,
    "participants": _count,
    "place": str,
    "online": _yes,
    "online_url": _link,
    "starts_on": day_of,
    "ends_on": day_of,
    "award": str,
    "recommended_by": str,
    "coordinator": str,
}
