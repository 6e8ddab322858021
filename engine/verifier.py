"""Prove that a history was not altered: one file that needs nothing of the application.

``python verifier.py --db copy.db [--checkpoint note.txt] [--pubkey KEY] [--lang en]`` ends with 0 (sound),
2 (altered) or 3 (cannot tell). It needs Python 3.11 alone; with orjson it is faster.

A row's hash is SHA-256(0x00 ‖ canonical JSON) over all its columns but ``id`` and ``hash``. Rows are read
from the table itself in the order of (subject, version), so that memory does not grow with the history.
"""

import sys

if __name__ == "__main__":
    # a module beside this file must not stand in for one of the standard library
    sys.path.pop(0)

import argparse
import gc
import json
import os
import sqlite3
import subprocess
from base64 import b64decode
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256, sha512
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote


def _dumps(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


dumps: Callable[[Any], bytes] = _dumps
loads: Callable[[bytes], Any] = json.loads
try:
    import orjson
except ImportError:
    pass
else:
    dumps, loads = orjson.dumps, orjson.loads

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
    "row.hash": ("内容与哈希不符，这一行被改过", "the content does not match its hash: it was altered"),
    "row.version": ("版本不连续，前面少了或多了行", "the version does not follow: rows are missing or added"),
    "row.prev": ("没有接在前一版之后", "it is not chained to the version before it"),
    "row.order": ("行号小于前一版，次序被改过", "its number is below the version before it: reordered"),
    "row.source": ("原状态不是前一版之后的状态", "its source is not the state after the version before it"),
    "row.step": ("流程中没有这一步", "its lifecycle has no such step"),
    "row.first": ("不是从流程的起点开始", "it does not begin where its lifecycle begins"),
    "row.forced": (
        "强制的一步没有理由，或状态不存在",
        "a forced step without a reason, or to an unknown state",
    ),
    "row.details": ("细节读不懂", "its details cannot be understood"),
    "history.count": (
        "索引与表不一致，有的行被藏起来了",
        "the index does not show all rows: some are hidden",
    ),
    "history.type": ("有文字列的类型被改过", "the type of a text column was altered"),
    "table.missing": ("历史里有，表里没有", "history knows it, its table does not"),
    "table.surplus": ("表里有，历史里没有", "its table has it, history does not"),
    "table.differs": ("表里的“{what}”与历史不符", "the {what} in its table is not what history says"),
    "checkpoint.size": (
        "历史不到检查点的 {what} 行，末尾缺行",
        "history has less than the checkpoint's {what} rows",
    ),
    "checkpoint.root": (
        "第 {what} 行中有与检查点不符的",
        "somewhere in rows {what} it is not what the checkpoint saw",
    ),
    "checkpoint.signature": (
        "{what} 行的检查点签名不对",
        "the signature of the checkpoint of {what} rows is wrong",
    ),
    "unsure.lifecycle": ("它的流程没有发布过", "its lifecycle was never published"),
    "unsure.checkpoint": ("检查点或公钥读不懂：{what}", "a checkpoint or key cannot be read: {what}"),
    "unsure.database": ("数据库读不出来：{what}", "the database cannot be read: {what}"),
}
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


def tell(
    code: str, what: object = "", *, row_id: int | None = None, at: tuple[bytes, Any] | None = None
) -> Problem:
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

    initial: frozenset[bytes]
    states: frozenset[bytes]
    steps: frozenset[tuple[bytes, bytes, bytes]]


class _Free(frozenset[tuple[bytes, bytes, bytes]]):
    """The steps of what has no states: any trigger."""

    def __contains__(self, step: object) -> bool:
        return isinstance(step, tuple) and step[1:] == (b"", b"")


FREE = Life(frozenset({b""}), frozenset({b""}), _Free())
Lives = dict[tuple[str, int], Life]


def lifecycles(run: Run, collate: str = "") -> Lives:
    """Return every lifecycle that history published, by name and version."""
    lives: Lives = {}
    subject = f"subject {collate}"
    named = f"{subject} >= 'lifecycle:' AND {subject} < 'lifecycle;' AND version = 1 AND trigger = 'publish'"
    for (details,) in run(f"SELECT details FROM history WHERE {named}"):  # noqa: S608 - a constant
        try:
            told = loads(details)
            steps = frozenset(tuple(word.encode() for word in step) for step in told["steps"])
            states = frozenset(state for step in steps for state in step[1:])
            initial = frozenset(state.encode() for state in told["initial"])
            lives[told["name"], told["version"]] = Life(initial, states, steps)
        except (ValueError, TypeError, KeyError, AttributeError):
            continue  # not as it was written: its hash will tell
    return lives


class Chain:
    """One subject's chain, as far as it has been walked: where it ends and what it says."""

    __slots__ = (
        "backwards",
        "counts",
        "fields",
        "head",
        "kind",
        "life",
        "problem",
        "state",
        "subject",
        "version",
    )

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
            if values := told.get("set"):
                self.fields = {**self.fields, **values}
            counts = self.counts
            for one in told.get("materials", ()):
                kind = one["kind"]
                counts[kind] = counts.get(kind, 0) + 1
            for one in told.get("removed", ()):
                counts[one["kind"]] -= 1
        except (ValueError, TypeError, KeyError, AttributeError):
            return False
        return True

    def begin(self, lives: Lives) -> bool:
        """Find the lifecycle that the subject follows, once its first row is folded; False if unknown."""
        named: dict[str, Any] = {"mail": ("message", 1), "notice": ("notice", 1)}
        named["commendation"] = ("commendation", 1)
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
            return None if source == b"" and dest in self.life.initial else "row.first"
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


def chains(rows: Iterable[Row], lives: Lives) -> Iterator[Chain]:  # noqa: PLR0912 - one loop, on purpose
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
        try:
            why = b"null" if reason is None else b'"%b"' % reason
            plan = b"null" if schedule is None else b'"%b"' % schedule
            back = _BACK % (
                (forced, occurred, prev, why, recorded, plan, source, subject, trigger, version)
            )  # fmt: skip
            front = _FRONT % (actor, dest)
            text = details.replace(b"\\", b"\\\\").replace(b'"', b'\\"')
            body = b"%b%b%b" % (front, text, back)
        except (TypeError, AttributeError):
            body = front = back = b"\\"
        code = None
        if sha256(body).hexdigest().encode() != sealed or b"\\" in front or b"\\" in back:
            code = None if sha256(exact(row)).hexdigest().encode() == sealed else "row.hash"
        if code is None and chain.problem is None:
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
            chain.problem = _first(chain.problem, tell(code, row_id=number, at=(subject, version)))
        elif chain.problem is None and recorded < before:
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


CASE: tuple[str, ...] = (
    "award",
    "coordinator_id",
    "ends_on",
    "entered_at",
    "kind",
    "lifecycle",
    "milestone",
    "notice",
    "online",
)
CASE += ("online_url", "participants", "place", "recommended_by", "region", "starts_on", "title", "unit_id")
TABLES = {
    "case": Table("case_", "ref", "state", CASE),
    "mail": Table("message", "id", "state", ("key", "message_id", "person_id", "template")),
    "notice": Table("notice", "id", "state", ("code", "region")),
    "person": Table("person", "id", "''", ()),
    "unit": Table("unit", "id", "''", ("kind", "level", "name", "region")),
}
"""By the first word of a subject, in the order of subjects."""


class Dialect(NamedTuple):
    """What the two databases say differently."""

    as_json: str
    collate: str
    rows: str


# the index gives the order, the table every value; CROSS keeps SQLite from turning them round
SQLITE = Dialect("json_object", "", "history o CROSS JOIN history h ON h.id = o.id")
POSTGRESQL = Dialect("json_build_object", 'COLLATE "C"', "history o JOIN history h ON h.id = o.id")


def stored(run: Run, kind: str, *, dialect: Dialect, within: str) -> Iterator[Stored]:
    """Yield a table's rows in the order of their subjects, sorted afresh: no index is trusted."""
    table = TABLES[kind]
    fields = ", ".join(f"'{name}', {name}" for name in table.columns)
    materials = "CAST(materials AS TEXT)" if kind == "case" else "'{}'"
    told = f"version, head, {table.state}, CAST({dialect.as_json}({fields}) AS TEXT), {materials}"
    query = f"SELECT '{kind}:' || {table.key} AS subject, {told} FROM {table.name}"  # noqa: S608 - constants
    ordered = f"SELECT * FROM ({query}) AS t WHERE {within} ORDER BY subject {dialect.collate}"  # noqa: S608 - constants
    yield from map(Stored._make, run(ordered))


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
    if chain.kind == "case":
        return _case_difference(chain, row)
    return next((n for n, value in loads(row.fields).items() if chain.fields.get(n, value) != value), None)


def _some(counts: dict[str, int]) -> dict[str, int]:
    return {kind: count for kind, count in counts.items() if count}


def _case_difference(chain: Chain, row: Stored) -> str | None:
    if _some(loads(row.materials)) != _some(chain.counts):
        return "materials"
    said = chain.fields
    # as SQLite writes them, so that most rows are equal at the first look
    said["online"] = int(said["online"])
    said["entered_at"] = said["entered_at"].replace("T", " ").rstrip("Z")
    if dumps(said) == row.fields:
        return None
    held = loads(row.fields)
    held["entered_at"], said["entered_at"] = instant(held["entered_at"]), instant(said["entered_at"])
    return next((n for n, value in held.items() if said.get(n) != value), None)


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


_RANKS = ("row", "history", "table", "checkpoint", "unsure")


def _first(one: Problem | None, other: Problem | None) -> Problem | None:
    """Return the problem to be told: of the earliest row, else what lies nearest to the rows."""
    if one is None or other is None:
        return one or other
    return min(one, other, key=lambda p: (_RANKS.index(p.code.partition(".")[0]), p.row_id or 0))


@dataclass(slots=True)
class Findings:
    """What was found in one range of subjects."""

    rows: int = 0
    subjects: int = 0
    backwards: int = 0
    problem: Problem | None = None

    def joined(self, other: "Findings") -> "Findings":
        """Return both ranges' findings as one."""
        return Findings(
            rows=self.rows + other.rows,
            subjects=self.subjects + other.subjects,
            backwards=self.backwards + other.backwards,
            problem=_first(self.problem, other.problem),
        )


Heads = Callable[[bytes], object]
Progress = Callable[[int], object]


def examine(
    run: Run,
    heads: Heads,
    *,
    dialect: Dialect = SQLITE,
    within: str = "TRUE",
    progress: Progress | None = None,
) -> Findings:
    """Compare all subjects ``within`` a range with their tables; ``heads`` takes the end of every chain."""
    found = Findings()
    names = ", ".join(f"h.{name}" for name in (*COLUMNS, "hash", "id"))
    told = f"SELECT {names} FROM {dialect.rows} WHERE {within.replace('subject', 'o.subject')}"  # noqa: S608 - constants
    walked = chains(
        run(f"{told} ORDER BY o.subject {dialect.collate}, o.version"), lifecycles(run, dialect.collate)
    )
    held = (row for kind in TABLES for row in stored(run, kind, dialect=dialect, within=within))
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


class Note(NamedTuple):
    """A checkpoint: a C2SP signed note that names the root of an RFC 9162 Merkle tree over all rows."""

    size: int
    root: bytes
    text: str
    signatures: tuple[tuple[str, bytes], ...]


def read_note(text: str) -> Note:
    """Return what a checkpoint says; ValueError if it is none."""
    body, found, tail = text.replace("\r\n", "\n").partition("\n\n")
    _, size, root, *_ = [*body.split("\n"), "", ""]
    lines = [line.split(" ") for line in tail.splitlines() if line.startswith("— ")]
    signatures = tuple((name, b64decode(packed, validate=True)) for _, name, packed in lines)
    if not found or not size.isascii() or not size.isdigit() or len(b64decode(root, validate=True)) != 32:
        raise ValueError("not a checkpoint")
    return Note(int(size), b64decode(root), f"{body}\n", signatures)


def read_key(text: str) -> tuple[str, bytes, bytes]:
    """Return name, key id and public key of ``name+id+base64``; ValueError if it is none."""
    name, number, packed = text.strip().split("+", 2)
    public = b64decode(packed, validate=True)
    if len(public) != 33 or public[0] != 1 or key_id(name, public[1:]).hex() != number:
        raise ValueError("not an Ed25519 verifier key")
    return name, bytes.fromhex(number), public[1:]


def key_id(name: str, public: bytes) -> bytes:
    """Return the four bytes by which a signature names its Ed25519 key."""
    return sha256(name.encode() + b"\n\x01" + public).digest()[:4]


def signed(note: Note, key: tuple[str, bytes, bytes]) -> bool:
    """Return whether one of the note's signatures was made with the key."""
    name, number, public = key
    return any(
        who == name and packed[:4] == number and valid(public, packed[4:], note.text.encode())
        for who, packed in note.signatures
    )


def roots(hashes: Iterable[bytes], sizes: Collection[int]) -> Iterator[tuple[int, bytes]]:
    """Yield the RFC 9162 root over the first n rows for each wanted n, in order."""
    peaks: list[bytes] = []
    if 0 in sizes:
        yield 0, sha256().digest()
    for count, sealed in enumerate(hashes, 1):
        try:
            data = bytes.fromhex(sealed.decode())
        except ValueError:
            data = sealed  # no hash: the root will tell
        node, rest = sha256(b"\0" + data).digest(), count
        while rest % 2 == 0:
            node, rest = sha256(b"\1" + peaks.pop() + node).digest(), rest // 2
        peaks.append(node)
        if count in sizes:
            root = peaks[-1]
            for peak in peaks[-2::-1]:
                root = sha256(b"\1" + peak + root).digest()
            yield count, root


def against(notes: Sequence[str], pubkey: str | None, hashes: Iterable[bytes]) -> Problem | None:
    """Compare the rows in the order of the log with checkpoints; return the first that does not fit."""
    try:
        read = sorted(map(read_note, notes))
        key = read_key(pubkey) if pubkey else None
    except ValueError as error:
        return tell("unsure.checkpoint", error)
    unsigned = next((note for note in read if key and not signed(note, key)), None)
    if unsigned:
        return tell("checkpoint.signature", unsigned.size)
    found, after = dict(roots(hashes, {note.size for note in read})), 0
    for note in read:
        if note.size not in found:
            return tell("checkpoint.size", note.size)
        if found[note.size] != note.root:
            return tell("checkpoint.root", f"{after + 1}–{note.size}")
        after = note.size
    return None


# Ed25519 (RFC 8032, 5.1.7), so that an auditor needs nothing else: checking has no secret to give away
P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D, ROOT = -121665 * pow(121666, -1, P) % P, pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]


def _point(packed: bytes) -> Point:
    y, odd = int.from_bytes(packed, "little") & (1 << 255) - 1, packed[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * ROOT % P
    if y >= P or (x * x - square) % P or (x == 0 and odd):
        raise ValueError("not a point of the curve")
    x = P - x if x % 2 != odd else x
    return x, y, 1, x * y % P


def _add(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]), (p[1] + p[0]) * (q[1] + q[0])
    c, d = 2 * p[3] * q[3] * D, 2 * p[2] * q[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(number: int, p: Point) -> Point:
    total: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = _add(total, p)
        p, number = _add(p, p), number >> 1
    return total


def valid(public: bytes, signature: bytes, message: bytes) -> bool:
    """Return whether an Ed25519 signature is that of the message."""
    try:
        key, r, s = _point(public), _point(signature[:32]), int.from_bytes(signature[32:], "little")
    except (ValueError, IndexError):
        return False
    if len(signature) != 64 or s >= ORDER:
        return False
    base = _point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
    h = int.from_bytes(sha512(signature[:32] + public + message).digest(), "little") % ORDER
    one, other = _times(s, base), _add(r, _times(h, key))
    return (one[0] * other[2] - other[0] * one[2]) % P == 0 == (one[1] * other[2] - other[1] * one[2]) % P


def _connect(path: Path) -> sqlite3.Connection:
    """Open a file for reading only, in one snapshot; texts come as bytes."""
    address = f"file:{quote(str(path.resolve()))}?mode=ro"
    # a copy on a read-only medium cannot make its -shm file
    alone = not Path(f"{path}-wal").exists() and not os.access(path.parent, os.W_OK)
    conn = sqlite3.connect(address + "&immutable=1" * alone, uri=True, isolation_level=None)
    conn.text_factory = bytes
    conn.execute("PRAGMA mmap_size = 4294967296")
    conn.execute("BEGIN")
    return conn


# a text turned into a blob of the same bytes would not show in the hash
_ODD = " OR ".join(f"{name} >= x''" for name in (*COLUMNS, "hash") if name not in ("forced", "version"))


def _helper(conn: sqlite3.Connection, path: Path, rows: int) -> tuple[str, subprocess.Popen[bytes]] | None:
    """Start a second process on the upper half of the subjects of a large file."""
    if rows < PARALLEL_FROM or (os.cpu_count() or 1) < 2:
        return None
    query = f"SELECT subject FROM history ORDER BY subject LIMIT 1 OFFSET {rows // 2}"  # noqa: S608 - a number
    middle = conn.execute(query).fetchone()[0].decode()
    command = [sys.executable, __file__, "--db", str(path), "--from-subject", middle]
    try:
        return middle, subprocess.Popen(command, stdout=subprocess.PIPE)  # noqa: S603 - this same file
    except OSError:
        return None  # a place without processes: alone it only takes longer


def _range(sign: str, subject: str) -> str:
    quoted = subject.replace("'", "''")
    return f"subject {sign} '{quoted}'"


def _last(conn: sqlite3.Connection) -> int:
    return int(conn.execute("SELECT coalesce(max(id), 0) FROM history").fetchone()[0])


def _part(path: Path, subject: str) -> None:
    """Examine one part for another process: findings as a line of JSON, then the ends of all chains."""
    gc.disable()
    with closing(_connect(path)) as conn:
        heads = bytearray()
        found = examine(conn.execute, heads.extend, within=_range(">=", subject))
        told = {"last": _last(conn), **asdict(found)}
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + heads)


def _rest(conn: sqlite3.Connection, heads: Heads, helper: tuple[str, subprocess.Popen[bytes]]) -> Findings:
    """Return what the helper found; if it saw another state of a living database, look again here."""
    middle, process = helper
    said, _ = process.communicate()
    line, _, ends = said.partition(b"\n")
    told: dict[str, Any] = json.loads(line) if process.returncode == 0 else {"last": None}
    if told.pop("last") != _last(conn):
        return examine(conn.execute, heads, within=_range(">=", middle))
    heads(ends)
    problem = told.pop("problem")
    return Findings(problem=Problem(**problem) if problem else None, **told)


def _examine_file(conn: sqlite3.Connection, path: Path, heads: Heads, progress: Progress | None) -> Findings:
    rows = conn.execute("SELECT count(*) FROM history NOT INDEXED").fetchone()[0]
    helper = _helper(conn, path, rows)
    if helper is None:
        found = examine(conn.execute, heads, progress=progress)
    else:
        below = examine(conn.execute, heads, within=_range("<", helper[0]), progress=progress)
        found = below.joined(_rest(conn, heads, helper))
    if found.rows != rows:
        found.problem = _first(found.problem, tell("history.count"))
    elif conn.execute(f"SELECT 1 FROM history NOT INDEXED WHERE {_ODD}").fetchone():  # noqa: S608 - constants
        found.problem = _first(found.problem, tell("history.type"))
    return found


def verdict(found: Findings, root: str, outside: Problem | None, unsigned: int = 0) -> Verdict:
    """Return what all findings come to."""
    first = _first(found.problem, outside)
    sound = True if first is None else None if first.code.startswith("unsure") else False
    return Verdict(
        sound=sound,
        rows=found.rows,
        subjects=found.subjects,
        root=root,
        problem=first,
        backwards=found.backwards,
        unsigned=unsigned,
    )


def verify_file(
    path: Path, *, notes: Sequence[str] = (), pubkey: str | None = None, progress: Progress | None = None
) -> Verdict:
    """Verify an SQLite database; ``notes`` are checkpoints kept outside, ``pubkey`` whose they should be."""
    heads = sha256()
    collecting = gc.isenabled()
    # millions of short-lived documents, no cycles: looking for some would take a fifth of the time
    gc.disable()
    try:
        with closing(_connect(path)) as conn:
            found = _examine_file(conn, path, heads.update, progress)
            ordered = (row[0] for row in conn.execute("SELECT hash FROM history NOT INDEXED ORDER BY id"))
            outside = against(notes, pubkey, ordered) if notes else None
    except (sqlite3.Error, OSError, ValueError, KeyError, TypeError) as error:
        return Verdict(sound=None, problem=tell("unsure.database", error))
    finally:
        if collecting:
            gc.enable()
    return verdict(found, heads.hexdigest(), outside, 0 if pubkey else len(notes))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="Prove that the history in a duban database was not altered."
    )
    parser.add_argument("--db", type=Path, required=True, help="a copy of the SQLite database")
    parser.add_argument("--checkpoint", type=Path, action="append", default=[], help="a checkpoint you kept")
    parser.add_argument("--pubkey", help="the key the checkpoints must be signed with, name+id+base64")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")
    parser.add_argument("--from-subject", help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> int:
    """Verify the file that the command line names; return the exit code."""
    told = _arguments()
    if told.from_subject is not None:
        _part(told.db, told.from_subject)
        return 0
    try:
        notes = [path.read_text(encoding="utf-8") for path in told.checkpoint]
    except (OSError, ValueError) as error:
        found = Verdict(sound=None, problem=tell("unsure.checkpoint", error))
    else:
        found = verify_file(told.db, notes=notes, pubkey=told.pubkey)
    sys.stdout.write(report(found, told.lang) + "\n")
    return found.exit_code


_WORDS = {
    "zh": (
        *("历史完好：{0.rows} 行，{0.subjects} 个对象，根 {0.root}", "历史被改过：{0}", "无法判断：{0}"),
        *("提醒：{0} 行的录入时间早于前一版", "提醒：{0} 个检查点未核对签名（没有 --pubkey）"),
    ),
    "en": (
        *("SOUND: {0.rows} rows, {0.subjects} subjects, root {0.root}", "ALTERED: {0}", "CANNOT TELL: {0}"),
        *(
            "note: {0} rows were recorded earlier than the one before",
            "note: {0} checkpoints taken unsigned (no --pubkey)",
        ),
    ),
}


def report(found: Verdict, lang: str) -> str:
    """Return a verdict in words."""
    sound, altered, unsure, backwards, unsigned = _WORDS[lang]
    if found.problem:
        told = found.problem.zh if lang == "zh" else found.problem.en
        return (unsure if found.sound is None else altered).format(told)
    warnings = ((backwards, found.backwards), (unsigned, found.unsigned))
    return "\n".join([sound.format(found), *(words.format(count) for words, count in warnings if count)])


if __name__ == "__main__":
    sys.exit(main())
