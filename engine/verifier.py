"""Prove that a history was not altered: one file that needs nothing of the application.

``python verifier.py --db copy.db [--checkpoint note.txt] [--pubkey KEY] [--lang en]`` ends with 0 (sound),
2 (altered) or 3 (cannot tell). It needs Python 3.11 alone; with orjson it is faster, and with cryptography
it leaves the arithmetic of Ed25519 to that.

Every row is read from the table itself in the order of (subject, version), so that memory does not grow
with the history. Its hash is SHA-256(0x00 ‖ canonical JSON) over all columns but ``id`` and ``hash``.
"""

import argparse
import json
import os
import sqlite3
import subprocess
import sys
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256, sha512
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

try:
    from orjson import loads
except ImportError:
    from json import loads

SOUND, ALTERED, UNSURE = 0, 2, 3
PARALLEL_FROM = 200_000

Row = tuple[Any, ...]
Run = Callable[[str, Sequence[str]], Iterable[Row]]

COLUMNS = (
    "actor",
    "dest",
    "details",
    "forced",
    "occurred_at",
    "prev",
    "reason",
    "recorded_at",
    "schedule",
    "source",
    "subject",
    "trigger",
    "version",
)
"""The hashed columns in canonical order; a row read is these, then ``hash`` and ``id``."""

# Texts are put in unescaped but for \ and ": equal to the canonical form wherever no text holds a control
# character, and never equal to another row's. A row that does not fit is encoded exactly before it is told.
_QUICK = b"\0{" + b",".join(
    b'"%s":%s' % (n.encode(), {"forced": b"%a", "version": b"%a", "reason": b"%b", "schedule": b"%b"}.get(n, b'"%b"'))
    for n in COLUMNS
) + b"}"

TEXTS = {
    "row.hash": ("内容与它的哈希不符，这一行被改过", "the content does not match its hash: this row was altered"),
    "row.version": ("版本号不连续，前面少了或多了一行", "the version does not follow: a row before it is missing or added"),
    "row.prev": ("没有接在前一行之后", "it is not chained to the row before it"),
    "row.order": ("行号比前一版本还小，次序被改过", "its number is lower than the version before it: the order was altered"),
    "row.source": ("“原状态”不是前一行之后的状态 {state}", "its source is not the state before it, {state}"),
    "row.step": ("流程中没有 {step} 这一步", "the lifecycle has no step {step}"),
    "row.first": ("不是从流程的起点开始（应为 {state}）", "it does not begin where its lifecycle begins ({state})"),
    "row.forced": ("强制的一步没有写理由，或到了流程没有的状态", "a forced step without a reason, or to an unknown state"),
    "row.details": ("细节无法读懂", "its details cannot be understood"),
    "history.count": ("索引与表不一致：有些行被藏起来了", "the index does not match the table: some rows are hidden"),
    "history.type": ("有一列的类型被改过", "a column's type was altered"),
    "table.missing": ("历史中有，表中没有", "history knows it, the table does not"),
    "table.surplus": ("表中有，历史中没有", "the table has it, history does not"),
    "table.differs": ("表中的“{column}”与历史不符", "the table's {column} is not what history says"),
    "checkpoint.size": ("历史只有 {rows} 行，检查点有 {size} 行：末尾的行不见了", "history has {rows} rows, the checkpoint {size}: rows at the end are gone"),
    "checkpoint.root": ("第 {after} 行之后、第 {size} 行以内的历史与检查点不符", "history does not match the checkpoint of {size} rows; the first {after} do"),
    "checkpoint.signature": ("检查点的签名不对", "the checkpoint's signature is wrong"),
    "unsure.lifecycle": ("不知道它的流程 {life}", "its lifecycle {life} is not known"),
    "unsure.checkpoint": ("检查点读不懂：{why}", "the checkpoint cannot be read: {why}"),
    "unsure.database": ("数据库读不出来：{why}", "the database cannot be read: {why}"),
}  # fmt: skip
"""What can be wrong, in zh and en."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """The first thing that does not fit: its row (None if it is not one row), subject, version and texts."""

    code: str
    zh: str
    en: str
    row_id: int | None = None
    subject: str | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found. ``sound`` is None when it cannot be told; ``root`` covers the end of every chain.

    ``backwards`` counts rows recorded at an earlier time than the one before them: a clock that was set
    back, a warning only. ``unsigned`` counts checkpoints whose signature was not checked for want of a key.
    """

    sound: bool | None
    rows: int = 0
    subjects: int = 0
    root: str = ""
    problem: Problem | None = None
    backwards: int = 0
    unsigned: int = 0

    @property
    def exit_code(self) -> int:
        """Return 0 sound, 2 altered, 3 cannot tell."""
        return {True: SOUND, False: ALTERED, None: UNSURE}[self.sound]


def problem(code: str, *, row_id: int | None = None, subject: bytes = b"", version: Any = None, **say: Any) -> Problem:
    """Return a problem in words, with its place."""
    name = subject.decode(errors="replace") or None
    zh, en = (text.format(**say) for text in TEXTS[code])
    if name is not None:
        at = f" 第 {version} 版" if version is not None else "", f" version {version}" if version is not None else ""
        row = ("", "") if row_id is None else (f"第 {row_id} 行，", f"row {row_id}, ")
        zh, en = f"{row[0]}{name}{at[0]}：{zh}。", f"{row[1]}{name}{at[1]}: {en}"
    return Problem(code=code, zh=zh, en=en, row_id=row_id, subject=name, version=version)


class Life(NamedTuple):
    """A lifecycle as history published it."""

    initial: bytes
    states: frozenset[bytes]
    steps: frozenset[tuple[bytes, bytes, bytes]]


# ...
