"""What must hold after every season: each sentence that comes back says one thing that does not."""

import re
from base64 import b64decode
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, func, select

from config.firings import DAILY
from config.schedule import CaseKind, Milestone
from engine.commendation.telling import TEMPLATES as COMMENDATIONS
from engine.database import Database
from engine.schedules import schedule_by_hash
from engine.simulate.paper_checks import papers_hold, signed_twice
from engine.tables import case, firing, history, ledger, message, notice
from engine.verifier import verify_file
from notifications.digest import SHOWN
from workflows.decide import reached
from workflows.materials import missing
from workflows.registry import lifecycle, target_of

_MESSAGE_ID = re.compile(rb"^Message-ID:\s*(<[^>]+>)", re.MULTILINE | re.IGNORECASE)
_RECIPIENT = re.compile(rb"^To:(?:[^\r\n]|\r\n[ \t])*?<?([^\s<>]+@[^\s<>]+?)>?\r\n(?![ \t])", re.MULTILINE)
_CASE = re.compile(r"/cases/([A-Z0-9-]+)")
_UNLISTED = frozenset({DAILY, *COMMENDATIONS})
_SETTLED = frozenset({"sent", "obsolete", "dead", "held"})


def check_season(database: Database, mail_folder: Path, *, until: datetime | None = None) -> list[str]:
    """Return everything that is wrong with a season that has been played, in words; nothing if all holds.

    ``until`` is how far it was played (default: its last change); every firing up to then is settled.
    """
    mails = _Folder(mail_folder)
    with database.read() as conn:
        said = [
            *_unsettled(conn, until),
            *_ledger_and_messages(conn),
            *mails.against(conn),
            *_reminded_of_done(conn),
            *signed_twice(conn),
            *papers_hold(conn, mail_folder.parent),
        ]
    return said + _altered(database)


def _altered(database: Database) -> list[str]:
    if database.path is None:
        return []
    verdict = verify_file(database.path)
    return (
        [] if verdict.sound else [verdict.problem.en if verdict.problem else "the history cannot be verified"]
    )


def _unsettled(conn: Connection, until: datetime | None) -> Iterator[str]:
    if until is None:
        last = conn.scalar(select(func.max(history.c.recorded_at)))
        until = datetime.fromisoformat(last) if last else None
    if until is None:
        return
    for row in conn.execute(select(firing).where(firing.c.settled_at.is_(None), firing.c.at <= until)):
        yield f"firing {row.id} ({row.notice} {row.milestone} {row.rung} of {row.at}) is not settled"


def _ledger_and_messages(conn: Connection) -> Iterator[str]:
    """Compare the people whom a sweep's ledger mails with the people it has messages for."""
    told = select(ledger.c.sweep_id, ledger.c.person_id).where(ledger.c.outcome == "mailed").distinct()
    groups = {(row.sweep_id, row.person_id) for row in conn.execute(told)}
    mine = select(message.c.id, message.c.sweep_id, message.c.person_id, message.c.template, message.c.state)
    found: Counter[tuple[int, int]] = Counter()
    for row in conn.execute(mine):
        if row.state not in _SETTLED:
            yield f"mail {row.id} still is {row.state}"
        if row.sweep_id is not None:
            found[row.sweep_id, row.person_id] += 1
            if (row.sweep_id, row.person_id) not in groups and row.template != DAILY:
                yield f"mail {row.id} of sweep {row.sweep_id} tells a person that the ledger does not name"
    for group in sorted(groups - set(found)):
        yield f"sweep {group[0]} has no mail for person {group[1]}, whom the ledger names"
    for group, count in sorted(found.items()):
        if count > 1:
            yield f"sweep {group[0]} has {count} mails for person {group[1]}"


class _Folder:
    """The .eml files of a season by their Message-ID."""

    def __init__(self, folder: Path) -> None:
        self.files: dict[str, list[bytes]] = {}
        for path in sorted(folder.glob("*.eml")):
            content = path.read_bytes()
            found = _MESSAGE_ID.search(content)
            self.files.setdefault(found[1].decode() if found else f"none in {path.name}", []).append(content)

    def against(self, conn: Connection) -> Iterator[str]:
        """Compare the files with the messages: each sent one once, more only where an answer was lost."""
        seen = set()
        claims = _claims(conn)
        for row in conn.execute(select(message).order_by(message.c.id)):
            files = self.files.get(row.message_id, [])
            seen.add(row.message_id)
            yield from _copies(row, len(files))
            for content in files:
                yield from _content(row, content, claims[f"mail:{row.id}"])
        for name in sorted(set(self.files) - seen):
            yield f"there is a file for no message: {name}"


def _copies(row: Any, files: int) -> Iterator[str]:
    fewest = 1 if row.state == "sent" else 0
    # a try without an answer may have been written; so may one that died with its worker
    most = row.doubts + (1 if row.state == "sent" else 0)
    if not fewest <= files <= most:
        yield f"mail {row.id} is {row.state} with {row.doubts} doubts, and has {files} files"
    if files > 2:
        yield f"mail {row.id} has {files} copies"


def _claims(conn: Connection) -> dict[str, list[frozenset[str]]]:
    """Return, for each mail, the cases that it was claimed with: a second try may tell of fewer."""
    rows = (
        select(history.c.subject, history.c.details)
        .where(history.c.trigger == "claim")
        .order_by(history.c.id)
    )
    found: dict[str, list[frozenset[str]]] = {}
    for subject, details in conn.execute(rows):
        found.setdefault(subject, []).append(frozenset(orjson.loads(details)["cases"]))
    return found


def _content(row: Any, content: bytes, claims: list[frozenset[str]]) -> Iterator[str]:
    """Compare one file with what was frozen for its message when it was claimed."""
    letter = orjson.loads(row.content)
    if frozenset(item["ref"] for item in letter["items"]) != claims[-1]:
        yield f"mail {row.id} was frozen with other cases than it was claimed with"
    to = _RECIPIENT.search(content)
    if to is None or to[1].decode() != row.address:
        yield f"mail {row.id} went to {to[1].decode() if to else 'nobody'}, not to {row.address}"
    if len(letter["items"]) > SHOWN:
        return
    listed = frozenset(_CASE.findall(_html(content)))
    if row.template not in _UNLISTED and listed not in (claims if row.doubts else claims[-1:]):
        yield f"mail {row.id} lists {sorted(listed)[:5]} and was claimed with {sorted(claims[-1])[:5]}"


def _html(content: bytes) -> str:
    """Return the HTML part of a mail as it was composed: base64 up to the next boundary."""
    _, _, rest = content.partition(b"text/html")
    _, _, body = rest.partition(b"\r\n\r\n")
    return b64decode(body.partition(b"\r\n--")[0]).decode()


class _Past:
    """The cases as they were, row by row of the history."""

    def __init__(self) -> None:
        self.states: dict[str, str] = {}
        self.materials: dict[str, dict[str, int]] = {}
        self.kinds: dict[str, str] = {}

    def take(self, row: Any) -> None:
        """Take in one change of a case."""
        ref = row.subject.removeprefix("case:")
        self.states[ref] = row.dest
        details = orjson.loads(row.details)
        if "kind" in details.get("set", {}):
            self.kinds[ref] = details["set"]["kind"]
        counts = self.materials.setdefault(ref, {})
        for sign, name in ((1, "materials"), (-1, "removed")):
            for item in details.get(name, ()):
                counts[item["kind"]] = counts.get(item["kind"], 0) + sign

    def done(self, ref: str, milestone: Milestone) -> bool:
        """Return whether a case had nothing left to do for a milestone."""
        life = lifecycle(self.kinds[ref])
        state = self.states[ref]
        target = target_of(milestone)
        if state in life.final:
            return True
        lacks = milestone.kind is CaseKind.ACTIVITY and bool(missing(milestone.needs, self.materials[ref]))
        return (target is None or state in reached(life, target)) and not lacks


def _reminded_of_done(conn: Connection) -> Iterator[str]:
    """Walk the history and look, at each mail's last claim, whether what it asks for was done before."""
    asked = _asked(conn)
    past = _Past()
    rows = select(history.c.subject, history.c.dest, history.c.details, history.c.trigger, history.c.version)
    of_interest = history.c.subject.startswith("case:") | history.c.trigger.in_(("claim",))
    for row in conn.execute(rows.where(of_interest).order_by(history.c.id)):
        if row.subject.startswith("case:"):
            past.take(row)
            continue
        for ref, milestone in asked.get((row.subject, row.version), ()):
            if past.done(ref, milestone):
                yield f"{row.subject} reminds of {ref} {milestone.key}, which was done before"


def _asked(conn: Connection) -> dict[tuple[str, int], list[tuple[str, Milestone]]]:
    """Return what each mail of a sweep asks for, by its subject and the version of its last claim."""
    last = (
        select(history.c.subject, func.max(history.c.version).label("version"))
        .where(history.c.trigger == "claim")
        .group_by(history.c.subject)
    )
    claims = {row.subject: row.version for row in conn.execute(last)}
    milestones = _milestones(conn)
    found: dict[tuple[str, int], list[tuple[str, Milestone]]] = {}
    mails = select(message.c.id, message.c.content).where(
        message.c.sweep_id.is_not(None), message.c.content.is_not(None)
    )
    for row in conn.execute(mails):
        subject = f"mail:{row.id}"
        asked = [(item["ref"], item["key"]) for item in orjson.loads(row.content)["items"]]
        found[subject, claims[subject]] = [
            (ref, milestones[ref, key]) for ref, key in asked if (ref, key) in milestones
        ]
    return found


def _milestones(conn: Connection) -> Mapping[tuple[str, str], Milestone]:
    """Return the milestones of every case, by its number and their key."""
    rows = select(case.c.ref, notice.c.schedule_hash).join(notice, notice.c.id == case.c.notice)
    return {
        (row.ref, milestone.key): milestone
        for row in conn.execute(rows).all()
        for milestone in schedule_by_hash(conn, row.schedule_hash).milestones
    }
