"""Dates in the columns of a table, by what stands at the head of the column."""

import re
from itertools import takewhile

from config.reading import words
from config.reading.reading import Sort
from config.reading.rows import CELLS, TABLE
from config.reading.scene import Scene
from config.reading.verdicts import Verdict, last_of

_WIDEST = 600  # characters of a row
_DUE = re.compile(r"完成|时限|期限")
_OLD_NEW = re.compile(
    r"\n[^\n。]{0,30}(?:原[^\n。]{0,8}(?:时间|日期|安排)|调整前|变更前)[^\n。]{0,30}(?:调整|变更|延期|更改|现|新)[^\n。]{0,12}\n"
)


def _in_row(scene: Scene) -> bool:
    """Return whether the line of a date is short enough to be the row of a table."""
    return scene.paragraph.end - scene.paragraph.start <= _WIDEST


def changed(scene: Scene) -> Verdict | None:
    """Judge a row of a table of old and new dates: the first is given up, the second counts."""
    line = scene.paragraph.start
    if not _in_row(scene) or not CELLS.search(scene.text, line, scene.phrase.end + 4):
        return None
    if not _OLD_NEW.search(scene.text, max(0, line - 600), line):
        return None
    if scene.left <= line:
        return Verdict(Sort.DISTRACTOR, 0.8)
    if scene.by:
        return Verdict(Sort.DEADLINE, 0.8)
    sort = last_of(CELLS.split(scene.text[line : scene.phrase.start].strip(" |"), maxsplit=1)[0])
    return Verdict(sort, 0.7) if sort in (Sort.DEADLINE, Sort.WINDOW) else None


def column(scene: Scene) -> Verdict | None:
    """Judge the cell of a table by the head of its column (时间, 完成时限)."""
    line = scene.paragraph.start
    if not _in_row(scene):
        return None
    cells = CELLS.split(scene.text[line : scene.phrase.start].lstrip())
    at = len(cells) - 1
    if at < 1 or scene.by or scene.opens or not scene.phrase.last.day or cells[-1].strip():
        return None
    above = [one for one in scene.text[max(0, line - TABLE) : line].split("\n") if one.strip(" -=_")]
    table = list(takewhile(lambda one: len(CELLS.split(one.strip())) > at, reversed(above)))
    heads = CELLS.split(table[-1].strip()) if table else []
    last = not scene.text[scene.phrase.end : scene.paragraph.end].strip()
    head = heads[-1 if last else at] if heads else ""  # a head may be set apart (任  务)
    if not words.TIME_WORD.search(head):
        return None
    due = words.END_WORD.search(head) or _DUE.search(head) or last_of(head) is Sort.DEADLINE
    return Verdict(Sort.DEADLINE if due else Sort.WINDOW, 0.6)
