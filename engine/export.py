"""History in files for others: tables (CSV), programs (JSON Lines) and process-mining tools (XES).

Each carries the root: SHA-256 over the ends of all chains, in the order of their subjects, the same that
``duban history verify`` tells. JSON Lines: in the last line. XES: an attribute of the log. CSV has no place
for it that every program would leave alone: it stands in ``NAME.csv.root`` beside the file, with the file's
own SHA-256. Beside the root stand size and root of the last checkpoint (``engine.seal``), if there is one:
what the auditors hold by mail. A file that holds only some changes says so (``partial``); its root is
still that of the whole history.
"""

import csv
from collections.abc import Iterator, Mapping
from enum import StrEnum
from hashlib import file_digest, sha256
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple, TextIO
from xml.sax.saxutils import quoteattr

import orjson
from sqlalchemy import ColumnElement, Connection, Select, func, select

from engine.seal import Checkpoint, latest
from engine.tables import history
from engine.whole_file import whole_file

_BATCH = 2_000
# plain texts: SQLAlchemy's names are a kind of their own
_COLUMNS = tuple(str(column.name) for column in history.columns)
# what a spreadsheet takes for the beginning of a formula
_LIVE = ("=", "+", "-", "@", "\t", "\r")
_XES_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<classifier name="Step" keys="concept:name"/>
"""
# XML 1.0 has no place for these, not even escaped
_UNTELLABLE = {code: "\ufffd" for code in (*range(32), 0xFFFE, 0xFFFF) if code not in (9, 10, 13)}


class Format(StrEnum):
    """How a history is written to a file."""

    CSV = "csv"
    JSONL = "jsonl"
    XES = "xes"


def root_of(conn: Connection) -> str:
    """Return the root of the whole history as it is in this transaction."""
    last = select(history.c.subject, func.max(history.c.version).label("version"))
    ends = last.group_by(history.c.subject).subquery()
    same = (history.c.subject == ends.c.subject) & (history.c.version == ends.c.version)
    heads = conn.execute(select(history.c.subject, history.c.hash).join(ends, same))
    return sha256(
        "".join(row.hash for row in sorted(heads, key=lambda row: str(row.subject))).encode()
    ).hexdigest()


class _Content(NamedTuple):
    """What a file is to hold: which rows (None: all), the root, and the last checkpoint."""

    only: ColumnElement[bool] | None
    root: str
    sealed: Checkpoint | None

    def rows(self) -> Select[Any]:
        """Return the query for the rows."""
        return select(history) if self.only is None else select(history).where(self.only)


def export_history(
    conn: Connection, path: Path, format: Format, *, only: ColumnElement[bool] | None = None
) -> str:
    """Write the history, or ``only`` the rows of a condition, to a file; return the root of the whole.

    The file is there whole or not at all. Rows stream: a long history needs no more memory than a short
    one. XES holds the cases only, a trace each. Raises UserError where the file cannot be written.
    """
    content = _Content(only, root_of(conn), latest(conn))
    with whole_file(path) as part:
        with part.open("w", encoding="utf-8", newline="") as file:
            _WRITERS[format](conn, file, content)
        if format is Format.CSV:
            _put_beside(path, part, content)
    return content.root


def _rows(conn: Connection, query: Select[Any]) -> Iterator[dict[str, Any]]:
    for row in conn.execute(query.execution_options(yield_per=_BATCH)):
        yield dict(zip(_COLUMNS, row, strict=True))


def _csv(conn: Connection, file: TextIO, content: _Content) -> None:
    file.write("\ufeff")
    writer = csv.writer(file)
    writer.writerow(_COLUMNS)
    for row in _rows(conn, content.rows().order_by(history.c.id)):
        writer.writerow([inert(row[name]) for name in _COLUMNS])


def inert(value: object) -> object:
    """Return a value that no spreadsheet runs: a text that would begin a formula gets an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_LIVE) else value


def _put_beside(path: Path, part: Path, content: _Content) -> None:
    with part.open("rb") as file:
        own = file_digest(file, "sha256").hexdigest()
    with whole_file(path.with_name(f"{path.name}.root")) as side:
        sealed = content.sealed
        told = f"checkpoint {sealed.size} {sealed.root.hex()}\n" if sealed else ""
        told += "" if content.only is None else "partial\n"
        side.write_text(f"root {content.root}\nsha256 {own}\n{told}", encoding="ascii")


def _jsonl(conn: Connection, file: TextIO, content: _Content) -> None:
    count, sealed = 0, content.sealed
    for row in _rows(conn, content.rows().order_by(history.c.id)):
        file.write(orjson.dumps(row).decode() + "\n")
        count += 1
    last: dict[str, object] = {"root": content.root, "rows": count}
    if content.only is not None:
        last["partial"] = True
    if sealed:
        last["checkpoint"] = {"size": sealed.size, "root": sealed.root.hex()}
    file.write(orjson.dumps(last).decode() + "\n")


def _xes(conn: Connection, file: TextIO, content: _Content) -> None:
    sealed = content.sealed
    file.write(_XES_HEAD + _attribute("string", "duban:root", content.root))
    if content.only is not None:
        file.write(_attribute("boolean", "duban:partial", "true"))
    if sealed:
        file.write(_attribute("int", "duban:checkpoint_size", str(sealed.size)))
        file.write(_attribute("string", "duban:checkpoint_root", sealed.root.hex()))
    cases = func.substr(history.c.subject, 1, len("case:")) == "case:"
    rows = _rows(conn, content.rows().where(cases).order_by(history.c.subject, history.c.version))
    for subject, changes in groupby(rows, key=lambda row: str(row["subject"])):
        file.write("<trace>\n" + _attribute("string", "concept:name", subject.removeprefix("case:")))
        file.writelines(map(_event, changes))
        file.write("</trace>\n")
    file.write("</log>\n")


def _event(row: Mapping[str, Any]) -> str:
    told = [
        _attribute("string", "concept:name", row["trigger"]),
        _attribute("string", "org:resource", row["actor"]),
        _attribute("date", "time:timestamp", row["occurred_at"]),
        _attribute("string", "lifecycle:transition", "complete"),
        _attribute("string", "source", row["source"]),
        _attribute("string", "dest", row["dest"]),
        _attribute("boolean", "forced", "true" if row["forced"] else "false"),
        _attribute("date", "recorded", row["recorded_at"]),
    ]
    if row["reason"] is not None:
        told.append(_attribute("string", "reason", row["reason"]))
    return "<event>\n" + "".join(told) + "</event>\n"


def _attribute(kind: str, key: str, value: str) -> str:
    return f"<{kind} key={quoteattr(key)} value={_quoted(value)}/>\n"


def _quoted(value: str) -> str:
    told = value.translate(_UNTELLABLE)
    return quoteattr(told, {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


_WRITERS = {Format.CSV: _csv, Format.JSONL: _jsonl, Format.XES: _xes}
