"""Finds the columns of a kind in the headings of a sheet, and names what is missing or not understood."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from unicodedata import normalize

from engine.sheets.fields import IGNORED, Field
from engine.sheets.problems import refused, shown
from engine.sheets.reading import Known, Table

_ASIDE = re.compile(r"\([^()]*\)$")  # 开始日期（必填）
_NOISE = re.compile(r"[\s*:._\-]+")


def known_by(fields: Sequence[Field]) -> Known:
    """Return what tells whether a heading is one of the fields'."""
    spellings = _spellings(fields)
    return lambda heading: _plain(heading) in spellings


def columns_of(table: Table, fields: Sequence[Field]) -> dict[str, str]:
    """Return the heading of each field that the table has, by the field's key.

    Raises ``UserError`` (``sheet.headings``) that lists what is missing, what occurs twice,
    what is not understood with the nearest known spelling, and what was found.
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
        hints = [_hinted(heading, fields) for heading in unknown]
        zh, en = _told(missing, twice, hints, [shown(heading) for heading in table.headings])
        raise refused("headings", table.place, zh="".join(zh), en=" ".join(en))
    return found


def _told(
    missing: Sequence[Field], twice: Sequence[str], unknown: Sequence[str], headings: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Return what is wrong, a sentence each, in Chinese and in English."""
    zh, en = [], []
    if missing:
        zh.append(f"缺少列：{'、'.join(field.zh for field in missing)}。")
        en.append(f"Missing columns: {', '.join(field.en for field in missing)}.")
    if twice:
        zh.append(f"意思重复的列：{'、'.join(twice)}。")
        en.append(f"Columns that mean the same as another: {', '.join(twice)}.")
    if unknown:
        zh.append(f"认不出的列：{'、'.join(unknown)}。")
        en.append(f"Columns not understood: {', '.join(unknown)}.")
    zh.append(f"找到的列：{'、'.join(headings)}。请按模板改正列名，并删除不需要的列。")
    en.append(f"Columns found: {', '.join(headings)}. Name them as in the template, delete the others.")
    return zh, en


def _hinted(heading: str, fields: Sequence[Field]) -> str:
    """Return a heading with the nearest spelling that is known, in Chinese where it can be."""
    known = {
        _plain(word): word for field in fields for word in (field.key, field.en, *field.synonyms, field.zh)
    }
    near = get_close_matches(_plain(heading)[:40], known, n=1, cutoff=0.5)
    return f"“{shown(heading)}”（→ “{known[near[0]]}”？）" if near else f"“{shown(heading)}”"


def _plain(heading: str) -> str:
    text = _ASIDE.sub("", normalize("NFKC", heading).strip().rstrip("*"))
    return _NOISE.sub("", text or heading).casefold()


_IGNORED = frozenset(map(_plain, IGNORED))


def _spellings(fields: Sequence[Field]) -> dict[str, str]:
    """Return the key by every spelling; a field's own names come before another's synonyms."""
    own = {_plain(word): field.key for field in fields for word in (field.key, field.zh, field.en)}
    also = {_plain(word): field.key for field in fields for word in field.synonyms}
    return also | own
