"""A notice and the notices above it, nearest first."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from config.errors import UserError
from config.noticefile import Parsed, Stated, parse
from config.schedule import Name, Source

DUBAN = Source(notice="duban")


def lineage(notice_id: str, sources: Mapping[str, str]) -> tuple[Parsed, ...]:
    """Read a notice and all that it extends, nearest first.

    Raises ``UserError``: ``notice.unknown``, ``notice.unknown_parent``, ``notice.cycle``,
    ``notice.other_id`` (a text filed under another id), or what is wrong in a file.
    """
    line = [_read(notice_id, sources)]
    ids = [notice_id]
    while (parent := line[-1].notice.extends) is not None:
        if parent in ids:
            chain = " → ".join([*ids, parent])
            raise placed(
                line[-1],
                ("extends",),
                zh=f"上级通知成了圈：{chain}；请去掉其中一个 extends",
                en=f"the notices extend each other in a circle: {chain}; remove one 'extends'",
                code="notice.cycle",
            )
        if parent not in sources:
            raise _unknown_parent(line[-1], parent, sources)
        ids.append(parent)
        line.append(_read(parent, sources))
    return tuple(line)


def placed(parsed: Parsed, path: tuple[object, ...], *, zh: str, en: str, code: str) -> UserError:
    """Return an error that names file, line and column of ``path``."""
    place = parsed.document.place(path)
    return UserError(zh=f"{place}：{zh}", en=f"{place}: {en}", code=code)


def source_of(parsed: Parsed, *stated: Stated) -> Source:
    """Return where a value came from, by ``stated``: the value's own words first, then the part it stands in.

    A value that names its own clause but no words gets none: those of the part may be of another clause.
    """
    cited = next((one for one in stated if one.cite or one.clause), None)
    note = next((one.note for one in stated if one.note), None)
    return Source(
        notice=parsed.notice.id,
        clause=next((one.clause for one in stated if one.clause), None),
        cite=cited.cite if cited else None,
        note=Name(zh=note.zh, en=note.en) if note else None,
    )


def _read(notice_id: str, sources: Mapping[str, str]) -> Parsed:
    text = sources.get(notice_id)
    if text is None:
        hint = _near(notice_id, sources)
        raise UserError(
            zh=f"没有通知“{notice_id}”{hint.zh}",
            en=f"there is no notice '{notice_id}'{hint.en}",
            code="notice.unknown",
        )
    parsed = parse(text, f"{notice_id}.yaml")
    if parsed.notice.id != notice_id:
        raise placed(
            parsed,
            ("id",),
            zh=f"这里的代号是“{parsed.notice.id}”，但它登记为“{notice_id}”；请改成一致",
            en=f"the id here is '{parsed.notice.id}', but it is filed as '{notice_id}'; make them the same",
            code="notice.other_id",
        )
    return parsed


def _unknown_parent(child: Parsed, parent: str, sources: Mapping[str, str]) -> UserError:
    hint = _near(parent, sources)
    return placed(
        child,
        ("extends",),
        zh=f"没有上级通知“{parent}”{hint.zh}",
        en=f"there is no notice '{parent}' to extend{hint.en}",
        code="notice.unknown_parent",
    )


def _near(notice_id: str, known: Iterable[str]) -> Name:
    near = get_close_matches(notice_id, known, n=1, cutoff=0.5)
    if near:
        return Name(zh=f"；是否指“{near[0]}”？", en=f"; did you mean '{near[0]}'?")
    return Name(zh=f"；现有：{'、'.join(sorted(known))}", en=f"; there are: {', '.join(sorted(known))}")
