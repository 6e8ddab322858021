"""Orders as they are typed: which cases, which values, which materials."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import Connection, func, select

from cli.files import lines_of
from cli.labels import label
from cli.moments import day_of
from cli.words import LABELS, lang, refusal, say
from config.errors import UserError
from config.schedule import Name
from engine.material_rows import Material, take_in
from engine.schedules import schedules_in_force
from engine.tables import person
from workflows.materials import either
from workflows.wording import MATERIALS

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
        name, equals, value = word.partition("=")
        field = _field(name)
        if not equals or field is None:
            known = say("list.comma").join(f"{label('field', _LABEL.get(one, one))} {one}" for one in FIELDS)
            raise refusal("order.field", word=word, known=known)
        changes |= _change(conn, field, value.strip())
    return changes


def materials_from(conn: Connection, words: Sequence[str], store: Path) -> tuple[Material, ...]:
    """Take in the materials of ``KIND=PATH|URL`` words; a kind may be given by its name in either language.

    Raises UserError, with the kinds there are, for one that neither is known nor asked for by a notice.
    """
    return tuple(take_in(f"{kind}={where}", store) for kind, where in _materials(conn, words))


def _materials(conn: Connection, words: Sequence[str]) -> list[tuple[str, str]]:
    own = _kinds_asked(conn) if words else frozenset()
    found = []
    for word in words:
        name, _, where = word.partition("=")
        kind = _KINDS.get(_plain(name), name.strip())
        if not where.strip() or (kind not in MATERIALS and kind not in own):
            listed = [f"{one.in_(lang())} {key}" for key, one in _kind_names().items()]
            known = say("list.comma").join([*listed, *sorted(own - set(MATERIALS))])
            raise refusal("order.material", word=word, known=known)
        found.append((kind, where.strip()))
    return found


def _kinds_asked(conn: Connection) -> frozenset[str]:
    """Return the kinds that the notices in force ask for."""
    asked: list[str] = []
    for schedule in schedules_in_force(conn).values():
        for needs in (*schedule.requires.values(), *(one.needs for one in schedule.milestones)):
            asked += needs
    return frozenset(kind for need in asked for kind in either(need))


def _kind_names() -> Mapping[str, Name]:
    return {key: Name(zh=one.zh, en=one.en) for key, one in MATERIALS.items()}


def _field(name: str) -> str | None:
    """Return the field that a word means: its key, what the help calls it, or a sheet's heading."""
    named = {
        _plain(word): field
        for field in FIELDS
        for word in (field, *_names_of(LABELS[f"field.{_LABEL.get(field, field)}"]), *_HEADINGS[field])
    }
    return named.get(_plain(name))


def _names_of(name: Name) -> tuple[str, str]:
    return name.zh, name.en


def _plain(word: str) -> str:
    return word.strip().lower().replace(" ", "_")


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

_LABEL: Mapping[str, str] = {"coordinator": "coordinator_id"}

_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "title": ("活动名称",),
    "participants": ("人数",),
    "place": ("活动地点",),
    "online": (),
    "online_url": ("线上地址", "线上链接", "online address"),
    "starts_on": ("开始日期", "start date"),
    "ends_on": ("结束日期", "end date"),
    "award": ("奖项",),
    "recommended_by": (),
    "coordinator": ("联系人邮箱", "coordinator email"),
}

_KINDS: Mapping[str, str] = {
    _plain(word): key for key, one in MATERIALS.items() for word in (key, one.zh, one.en, one.plural)
}
