"""Prove that a history was not altered: one file that needs nothing of the application.

``python verifier.py --db copy.db [--checkpoint note.txt] [--pubkey KEY] [--lang en]`` ends with 0 (sound),
2 (altered) or 3 (cannot tell). It needs Python 3.11 alone; with orjson it is faster.

A row's hash is SHA-256(0x00 ‖ canonical JSON) over all its columns but ``id`` and ``hash``. Rows are read
from the table itself in the order of (subject, version), so that memory does not grow with the history.
"""

import argparse
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

try:
    from orjson import dumps, loads
except ImportError:
    from json import loads

    def dumps(value: Any, /) -> bytes:
        """Return a value as compact JSON, as orjson writes it."""
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


PARALLEL_FROM = 200_000

# the values of one row, as bytes, integers and None
Row = tuple[Any, ...]
Run = Callable[[str], Iterable[Row]]

COLUMNS = (
    *("actor", "dest", "details", "forced", "occurred_at", "prev", "reason"),
    *("recorded_at", "schedule", "source", "subject", "trigger", "version"),
)
"""The hashed columns in canonical order; a row read is these, then ``hash`` and ``id``."""

TEXTS = {
    "row.hash": ("内容与哈希不符，这一行被改过", "its content does not match its hash: it was altered"),
    "row.version": ("版本号不连续，前面少了行或多了行", "its version does not follow: rows before it are missing or added"),
    "row.prev": ("没有接在前一行之后", "it is not chained to the row before it"),
    "row.order": ("行号小于前一版本，次序被改过", "its number is below that of the version before it: the order was altered"),
    "row.source": ("原状态不是前一行之后的状态", "its source is not the state after the row before it"),
    "row.step": ("流程中没有这一步", "its lifecycle has no such step"),
    "row.first": ("不是从流程的起点开始", "it does not begin where its lifecycle begins"),
    "row.forced": ("强制的一步没有理由，或到了流程没有的状态", "a forced step without a reason, or to a state the lifecycle has not"),
    "row.details": ("细节读不懂", "its details cannot be understood"),
    "history.count": ("索引与表不一致，有的行被藏起来了", "the index does not show every row of the table: some are hidden"),
    "history.type": ("有文字列的类型被改过", "the type of a text column was altered"),
    "table.missing": ("历史里有，表里没有", "history knows it, its table does not"),
    "table.surplus": ("表里有，历史里没有", "its table has it, history does not"),
    "table.differs": ("表里的“{what}”与历史不符", "the {what} in its table is not what history says"),
    "checkpoint.size": ("历史不到检查点的 {what} 行，末尾的行不见了", "history is shorter than the checkpoint's {what} rows: the end is missing"),
    "checkpoint.root": ("历史的第 {what} 行与检查点不符", "history differs from the checkpoint in rows {what}"),
    "checkpoint.signature": ("检查点的签名不对：{what}", "the checkpoint's signature is wrong: {what}"),
    "unsure.lifecycle": ("它的流程没有发布过", "its lifecycle was never published"),
    "unsure.checkpoint": ("检查点或公钥读不懂：{what}", "a checkpoint or key cannot be read: {what}"),
    "unsure.database": ("数据库读不出来：{what}", "the database cannot be read: {what}"),
}  # fmt: skip
"""What can be wrong, in zh and en."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that does not fit: its row (None where it is not one row), subject, version and words."""

    code: str
    zh: str
    en: str
    row_id: int | None = None
    subject: str | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found; ``sound`` is None when it cannot be told, ``problem`` the first row that does not fit.

    ``root`` is SHA-256 over the ends of all chains in the order of their subjects. ``backwards`` counts
    rows recorded earlier than the one before them (a clock was set back: a warning only), ``unsigned``
    the checkpoints whose signature was not checked, for want of a key.
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
        return 3 if self.sound is None else 0 if self.sound else 2


def tell(code: str, what: object = "", *, row_id: int | None = None, at: tuple[bytes, Any] | None = None) -> Problem:
    """Return a problem in words; ``at`` is its subject and version."""
    zh, en = (text.format(what=what) for text in TEXTS[code])
    if at is None:
        return Problem(code=code, zh=f"{zh}。", en=en)
    subject, version = at[0].decode(errors="backslashreplace"), at[1] if isinstance(at[1], int) else None
    row = ("", "") if row_id is None else (f"第 {row_id} 行（", f"row {row_id} (")
    end = ("", "") if row_id is None else ("）", ")")
    zh = f"{row[0]}{subject} 第 {version} 版{end[0]}：{zh}。"
    en = f"{row[1]}{subject} version {version}{end[1]}: {en}"
    return Problem(code=code, zh=zh, en=en, row_id=row_id, subject=subject, version=version)


class Life(NamedTuple):
    """A lifecycle as history published it."""

    initial: bytes
    states: frozenset[bytes]
    steps: frozenset[tuple[bytes, bytes, bytes]]


class _Free(frozenset[tuple[bytes, bytes, bytes]]):
    """The steps of what has no states: any trigger."""

    def __contains__(self, step: object) -> bool:
        return isinstance(step, tuple) and step[1:] == (b"", b"")


FREE = Life(b"", frozenset(), _Free())
Lives = dict[tuple[str, int], Life]


def lifecycles(run: Run) -> Lives:
    """Return every lifecycle that history published, by name and version."""
    lives: Lives = {}
    published = "subject >= 'lifecycle:' AND subject < 'lifecycle;' AND version = 1 AND trigger = 'publish'"
    for (details,) in run(f"SELECT details FROM history WHERE {published}"):
        told = loads(details)
        steps = frozenset(tuple(word.encode() for word in step) for step in told["steps"])
        states = frozenset(state for step in steps for state in step[1:])
        lives[told["name"], told["version"]] = Life(told["initial"].encode(), states, steps)
    return lives


class Chain:
    """One subject's chain, as far as it has been walked: where it ends and what it says."""

    __slots__ = ("backwards", "counts", "fields", "head", "kind", "life", "problem", "state", "subject", "version")

    def __init__(self, subject: bytes) -> None:
        self.subject = subject
        self.kind = subject.partition(b":")[0].decode(errors="replace")
        self.version = self.backwards = 0
        self.head = self.state = b""
        self.life = FREE
        self.fields: dict[str, Any] = {}
        self.counts: dict[str, int] = {}
        self.problem: Problem | None = None

    def fold(self, details: bytes) -> bool:
        """Take in what one row sets and hands in; return whether it could be understood."""
        try:
            told = loads(details)
            if "set" in told:
                self.fields.update(told["set"])
            for one in told.get("materials", ()):
                self.counts[one["kind"]] = self.counts.get(one["kind"], 0) + 1
            for one in told.get("removed", ()):
                self.counts[one["kind"]] -= 1
        except (ValueError, TypeError, KeyError, AttributeError):
            return False
        return True

    def begin(self, lives: Lives) -> bool:
        """Find the lifecycle that the subject follows, once its first row is folded; False if unknown."""
        named: dict[str, Any] = {"mail": ("message", 1), "notice": ("notice", 1)}
        if self.kind == "case":
            key = self.fields.get("kind"), self.fields.get("lifecycle")
        elif self.kind in named:
            key = named[self.kind]
        else:
            return True
        found = lives.get(key)  # type: ignore[arg-type]  # whatever the row says, it may not be there
        self.life = found or FREE
        return found is not None

    def ended(self, version: int, head: bytes, state: bytes) -> "Chain":
        """Return the chain with where it ends."""
        self.version, self.head, self.state = version, head, state
        return self

    def judge(self, row: Row, state: bytes, lives: Lives) -> str | None:
        """Return what is wrong with a step that is not plainly legal, None if nothing is."""
        dest, forced, reason, source, trigger, version = row[1], row[3], row[6], row[9], row[11], row[12]
        if version == 1:
            if not self.begin(lives):
                return "unsure.lifecycle"
            return None if (source, dest) == (b"", self.life.initial) else "row.first"
        if source != state:
            return "row.source"
        if forced:
            return None if reason and dest in self.life.states else "row.forced"
        return None if (trigger, source, dest) in self.life.steps else "row.step"


# Only details are escaped, and only \ and ": wherever no text holds a control character and no other text a
# quote or a backslash this is the canonical form; as a text with a backslash is never taken for granted, it
# is never the form of another row. A row that does not fit is encoded exactly before it is told.
_FRONT = b'\0{"actor":"%b","dest":"%b","details":"'
_BACK = (
    b'","forced":%a,"occurred_at":"%b","prev":"%b","reason":%b,"recorded_at":"%b","schedule":%b,'
    b'"source":"%b","subject":"%b","trigger":"%b","version":%a}'
)


def exact(row: Row) -> bytes:
    """Return the canonical form of a row, empty if its values are not of their types."""
    try:
        texts = [value.decode() if isinstance(value, bytes) else value for value in row[:13]]
        told = json.dumps(dict(zip(COLUMNS, texts, strict=True)), ensure_ascii=False, separators=(",", ":"))
        return b"\0" + told.encode()
    except (ValueError, TypeError):
        return b""


def chains(rows: Iterable[Row], lives: Lives) -> Iterator[Chain]:
    """Walk rows in the order of (subject, version); yield each chain at its end, with its first problem.

    This is the loop that a million rows go through: plain local names, and no call that can be spared.
    """
    chain, name, steps, fold = Chain(b""), b"", FREE.steps, None
    last = end = 0
    head = state = before = b""
    for row in rows:
        (actor, dest, details, forced, occurred, prev, reason, recorded, schedule, source, subject, trigger,
         version, sealed, number) = row  # fmt: skip
        if subject != name:
            if name:
                yield chain.ended(end, head, state)
            chain, name, steps = Chain(subject), subject, FREE.steps
            fold = chain.fold if chain.kind in TABLES else None
            end = last = 0
            head = state = before = b""
        elif chain.problem:
            continue
        try:
            back = _BACK % (
                *(forced, occurred, prev, b"null" if reason is None else b'"%b"' % reason, recorded),
                *(b"null" if schedule is None else b'"%b"' % schedule, source, subject, trigger, version),
            )
            front = _FRONT % (actor, dest)
            body = front + details.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + back
        except (TypeError, AttributeError):
            body = front = back = b"\\"
        code = None
        if sha256(body).hexdigest().encode() != sealed or b"\\" in front or b"\\" in back:
            code = None if sha256(exact(row)).hexdigest().encode() == sealed else "row.hash"
        if code is None:
            if version != end + 1:
                code = "row.version"
            elif prev != head:
                code = "row.prev"
            elif number <= last:
                code = "row.order"
            elif fold and len(details) > 2 and not fold(details):
                code = "row.details"
            elif source != state or (trigger, source, dest) not in steps or forced or not end:
                code = chain.judge(row, state, lives)
                steps = chain.life.steps
        if code:
            chain.problem = tell(code, row_id=number, at=(subject, version))
        elif recorded < before:
            chain.backwards += 1
        end, last, head, state, before = version, number, sealed, dest, recorded
    if name:
        yield chain.ended(end, head, state)


class Stored(NamedTuple):
    """A subject as its table holds it."""

    subject: bytes
    version: int
    head: bytes
    state: bytes
    fields: bytes
    materials: bytes


class Table(NamedTuple):
    """Where a kind of subject is kept: its key, its state and the columns that history sets."""

    name: str
    key: str
    state: str
    columns: tuple[str, ...]


CASE = ("award", "coordinator_id", "ends_on", "entered_at", "kind", "lifecycle", "milestone", "notice", "online")
CASE += ("online_url", "participants", "place", "recommended_by", "region", "starts_on", "title", "unit_id")
TABLES = {
    "case": Table("case_", "ref", "state", CASE),
    "mail": Table("message", "id", "state", ("key", "message_id", "person_id", "template")),
    "notice": Table("notice", "id", "state", ("code", "region")),
    "person": Table("person", "id", "''", ()),
    "unit": Table("unit", "id", "''", ("kind", "level", "name", "region")),
}
"""By the first word of a subject, in the order of subjects."""


def stored(run: Run, kind: str, *, as_json: str, collate: str, within: str) -> Iterator[Stored]:
    """Yield a table's rows in the order of their subjects, sorted afresh: no index is trusted."""
    table = TABLES[kind]
    fields = ", ".join(f"'{name}', {name}" for name in table.columns)
    materials = "CAST(materials AS TEXT)" if kind == "case" else "'{}'"
    told = f"version, head, {table.state}, {as_json}({fields}), {materials}"
    query = f"SELECT '{kind}:' || {table.key} AS subject, {told} FROM {table.name}"
    yield from map(Stored._make, run(f"SELECT * FROM ({query}) AS t WHERE {within} ORDER BY subject {collate}"))


def instant(text: str) -> datetime:
    """Return an instant of either database or of history; without a zone it is UTC."""
    at = datetime.fromisoformat(text)
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def difference(chain: Chain, row: Stored) -> str | None:
    """Return the column by which a subject's table differs from its history, None if it does not."""
    if chain.head != row.head or chain.version != row.version:
        return "version"
    if chain.state != row.state:
        return "state"
    said = chain.fields
    if chain.kind != "case":
        return next((n for n, value in loads(row.fields).items() if n in said and value != said[n]), None)
    if loads(row.materials) != {kind: count for kind, count in chain.counts.items() if count}:
        return "materials"
    # as SQLite writes them, so that most rows are equal at the first look
    said["online"] = int(said["online"])
    said["entered_at"] = said["entered_at"].replace("T", " ").rstrip("Z")
    if dumps(said) == row.fields:
        return None
    held = loads(row.fields)
    if instant(held["entered_at"]) != instant(said["entered_at"]):
        return "entered_at"
    return next((n for n, value in held.items() if said.get(n) != value and n != "entered_at"), None)


def paired(walked: Iterator[Chain], held: Iterator[Stored]) -> Iterator[tuple[Chain | None, Stored | None]]:
    """Pair chains with table rows of the same subject; both come in the order of subjects."""
    chain, row = next(walked, None), next(held, None)
    while chain or row:
        if row is None or (chain and chain.subject < row.subject):
            yield chain, None
            chain = next(walked, None)
        elif chain is None or row.subject < chain.subject:
            yield None, row
            row = next(held, None)
        else:
            yield chain, row
            chain, row = next(walked, None), next(held, None)


def _unfit(chain: Chain | None, row: Stored | None) -> Problem | None:
    """Return what is wrong between a chain and its table."""
    if chain is None:
        return tell("table.surplus", at=(row.subject, row.version)) if row else None
    if chain.problem or chain.kind not in TABLES:
        return chain.problem
    at = chain.subject, chain.version
    if row is None:
        return tell("table.missing", at=at)
    try:
        what = difference(chain, row)
    except (ValueError, TypeError, AttributeError, KeyError):
        what = "content"
    return tell("table.differs", what, at=at) if what else None


def _first(one: Problem | None, other: Problem | None) -> Problem | None:
    """Return the problem of the earlier row; a row comes before a table, an alteration before a doubt."""
    if one is None or other is None:
        return one or other
    return min(one, other, key=lambda p: (p.code.startswith("unsure"), p.row_id is None, p.row_id or 0))


@dataclass(slots=True)
class Findings:
    """What was found in one range of subjects."""

    rows: int = 0
    subjects: int = 0
    backwards: int = 0
    problem: Problem | None = None


Heads = Callable[[bytes], object]
Progress = Callable[[int], object]


def examine(
    run: Run,
    heads: Heads,
    *,
    as_json: str = "json_object",
    collate: str = "",
    within: str = "TRUE",
    progress: Progress | None = None,
) -> Findings:
    """Walk all subjects ``within`` a range and compare them with their tables; ``heads`` takes every chain's end."""
    found = Findings()
    names = ", ".join(f"h.{name}" for name in (*COLUMNS, "hash", "id"))
    joined = "history o CROSS JOIN history h" if as_json == "json_object" else "history o JOIN history h"
    # the index gives the order, the table every value
    query = f"SELECT {names} FROM {joined} ON h.id = o.id WHERE {within.replace('subject', 'o.subject')}"
    walked = chains(run(f"{query} ORDER BY o.subject {collate}, o.version"), lifecycles(run))
    held = (row for kind in TABLES for row in stored(run, kind, as_json=as_json, collate=collate, within=within))
    for chain, row in paired(walked, held):
        if chain:
            found.rows += chain.version
            found.subjects += 1
            found.backwards += chain.backwards
            heads(chain.head)
            if progress and not found.subjects % 2_000:
                progress(found.rows)
        found.problem = _first(found.problem, _unfit(chain, row))
    return found
