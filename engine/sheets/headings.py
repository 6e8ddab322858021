"""Finds the columns of a kind in the headings of a sheet, and names what is missing or not understood."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from unicodedata import normalize

from config.errors import UserError
from engine.sheets.fields import IGNORED, Field
from engine.sheets.problems import refused, shown
from engine.sheets.reading import Known, Table

_ASIDE = re.compile(r"\([^()]*\)$")  # 开始日期（必填）
_NOISE = re.compile(r"[\s*:._\-]+")


def known_by(fields: Sequence[Field]) -> Known:
    """Return what tells whether a heading is one of the fields'."""
    spellings = _spellings(fields)
    return lambda heading: _plain(heading) in spellings


def columns_of(table: Table, fields: Sequence[Field], *, kind: str = "") -> dict[str, str]:
    """Return the heading of each field that the table has, by the field's key.

    Raises ``UserError`` (``sheet.headings``) that lists what is missing, what occurs twice,
    what is not understood with the nearest known spelling, what was found, and what is wanted;
    ``kind`` is the word of the command that writes an empty sheet (``unit``).
    """
    spellings = _spellings(fields)
    found: dict[str, str] = {}
    unknown, twice = [], []
    for heading in table.headings:
        key = spellings.get(_plain(heading))
        if key is None:
            unknown += [heading] if _plain(heading) not in _IGNORED else []
        elif key in found:
            twice.append(heading)
        else:
            found[key] = heading
    missing = [field for field in fields if field.required and field.key not in found]
    if missing or unknown or twice:
        raise _refusal(table, fields, kind=kind, missing=missing, twice=twice, unknown=unknown)
    return found


def _refusal(
    table: Table,
    fields: Sequence[Field],
    *,
    kind: str,
    missing: Sequence[Field],
    twice: Sequence[str],
    unknown: Sequence[str],
) -> UserError:
    """Return what is wrong with the headings, all of it, a sentence each."""
    zh, en = [], []
    if missing:
        zh.append(f"缺少列：{'、'.join(field.zh for field in missing)}。")
        en.append(f"Missing columns: {', '.join(f'{field.en} ({field.zh})' for field in missing)}.")
    if twice:
        zh.append(f"意思重复的列：{'、'.join(twice)}。")
        en.append(f"Columns that mean the same as another: {', '.join(twice)}.")
    if unknown:
        near = [(shown(heading), _nearest(heading, fields)) for heading in unknown]
        zh.append(
            f"认不出的列：{'、'.join(f'{it}（是否指“{like}”？）' if like else it for it, like in near)}。"
        )
        en.append(
            f"Not understood: {', '.join(f'{it} (is it {like}?)' if like else it for it, like in near)}."
        )
    found = [shown(heading) for heading in table.headings]
    needed = [field for field in fields if field.required]
    others = [field for field in fields if not field.required]
    zh.append(f"找到的列：{'、'.join(found)}。")
    zh.append(f"必须有的列：{'、'.join(field.zh for field in needed)}；")
    zh.append(f"可以有的列：{'、'.join(field.zh for field in others)}。请改正列名，删除其他列")
    zh.append(f"（duban {kind} template 文件名.xlsx 可写出一张空表）。" if kind else "。")
    en.append(f"Columns found: {', '.join(found)}.")
    en.append(f"Needed: {', '.join(field.en for field in needed)};")
    en.append(f"allowed: {', '.join(field.en for field in others)}. Rename the columns, delete any other")
    en[-1] += f" (duban {kind} template NAME.xlsx writes an empty sheet)." if kind else "."
    return refused("headings", table.place, zh="".join(zh), en=" ".join(en))


def _nearest(heading: str, fields: Sequence[Field]) -> str | None:
    words = [word for field in fields for word in (field.key, field.en, *field.synonyms, field.zh)]
    known = {_plain(word): word for word in words}
    near = get_close_matches(_plain(heading)[:40], known, n=1, cutoff=0.5)
    return known[near[0]] if near else None


def _plain(heading: str) -> str:
    text = _ASIDE.sub("", normalize("NFKC", heading).strip().rstrip("*"))
    return _NOISE.sub("", text or heading).casefold()


_IGNORED = frozenset(map(_plain, IGNORED))


def _spellings(fields: Sequence[Field]) -> dict[str, str]:
    """Return the key by every spelling; a field's own names come before another's synonyms."""
    own = {_plain(word): field.key for field in fields for word in (field.key, field.zh, field.en)}
    also = {_plain(word): field.key for field in fields for word in field.synonyms}
    return also | own
