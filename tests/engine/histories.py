"""Small true histories for tests: written as the engine writes them, with only its chain."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Connection, insert, select, text, update

from engine import refusals
from engine.clock import stamp
from engine.database import Database
from engine.history import Change, append, head_of, link
from engine.tables import case, history, material, message, metadata, notice, person, unit

START = datetime(2023, 8, 21, 1, 0, tzinfo=UTC)
STEPS = {
    "activity": (
        ("register", "planned", "registered"),
        ("postpone", "registered", "registered"),
        ("hold", "registered", "held"),
        ("return", "held", "registered"),
        ("summarize", "held", "summarized"),
        ("cancel", "planned", "cancelled"),
    ),
    "report": (
        ("submit", "due", "submitted"),
        ("return", "submitted", "due"),
        ("accept", "submitted", "accepted"),
    ),
    "message": (("queue", "draft", "queued"), ("claim", "queued", "sending"), ("accept", "sending", "sent")),
    "notice": (("issue", "draft", "in_force"), ("close", "in_force", "closed")),
}
PHOTO = {"kind": "photo", "name": "a.jpg", "uri": "https://example.cn/a.jpg", "sha256": "0" * 64, "size": 7}
VIDEO = {"kind": "video", "name": "b.mp4", "uri": "https://example.cn/b.mp4", "sha256": None, "size": None}


OPENED: list[Database] = []
"""What the tests opened and the end of each test closes."""


def new_database(path: Path) -> Database:
    """Return a database with all tables and refusals, and nothing in it."""
    database = Database(f"sqlite:///{path}")
    OPENED.append(database)
    with database.write() as conn:
        metadata.create_all(conn)
        for statement in refusals.statements("sqlite"):
            conn.execute(text(statement))
    return database


class Story:
    """Writes what happens, one change a second, into the tables and their history."""

    def __init__(self, conn: Connection, *, at: datetime = START) -> None:
        self.conn = conn
        self.at = at

    def begin(self) -> "Story":
        """Publish the lifecycles; enter one notice, one unit and one person."""
        for name, steps in STEPS.items():
            told = {
                "name": name,
                "version": 1,
                "initial": [steps[0][1]],
                "final": [],
                "path": [],
                "steps": steps,
            }
            self.change(f"lifecycle:{name}@1", "publish", details=told)
        told = {"code": "QZ-2023", "region": "350500"}
        head = self.change("notice:quanzhou-2023", "add", dest="draft", details={"set": told})
        self.conn.execute(insert(notice), {"id": "quanzhou-2023", **told, "state": "draft", **head})
        told = {"name": "鲤城区科技馆", "level": "county", "kind": "venue", "region": "350502"}
        head = self.change("unit:1", "add", details={"set": told})
        self.conn.execute(insert(unit), {"id": 1, **told, **head})
        head = self.change("person:1", "add", details={"set": {}})
        self.conn.execute(insert(person), {"id": 1, "name": "王敏", "email": "wang@example.cn", **head})
        return self

    def change(
        self,
        subject: str,
        trigger: str,
        *,
        source: str = "",
        dest: str = "",
        details: Mapping[str, Any] | None = None,
        reason: str | None = None,
        forced: bool = False,
        occurred_at: datetime | None = None,
    ) -> dict[str, Any]:
        """Add one row; return the version and head that its table is to hold."""
        self.at += timedelta(seconds=1)
        told = Change(
            subject,
            trigger,
            source,
            dest,
            "person:1",
            details or {},
            occurred_at or self.at,
            self.at,
            reason,
            "quanzhou-2023@1",
            forced,
        )
        row = link(head_of(self.conn, subject), told)
        append(self.conn, [row])
        return {"version": row["version"], "head": row["hash"]}

    def enter(self, number: int, *, kind: str = "activity", title: str = "科普报告会") -> str:
        """Enter one case; return its number as people know it."""
        ref = f"QZ-2023-{number:04d}"
        own = {
            "kind": kind,
            "lifecycle": 1,
            "notice": "quanzhou-2023",
            "milestone": None,
            "unit_id": 1,
            "region": "350502",
            "coordinator_id": 1,
            "title": title,
            "starts_on": "2023-09-17",
            "ends_on": "2023-09-23",
            "place": "一层报告厅",
            "online": number % 2 == 0,
            "online_url": None,
            "participants": None,
            "recommended_by": None,
            "award": None,
            "entered_at": stamp(self.at),
        }
        state = STEPS[kind][0][1]
        head = self.change(f"case:{ref}", "enter", dest=state, details={"set": own})
        days = {name: date.fromisoformat(own[name]) for name in ("starts_on", "ends_on")}
        fresh = {**own, **days, "entered_at": datetime.fromisoformat(own["entered_at"])}
        self.conn.execute(insert(case), {"ref": ref, "state": state, "materials": {}, **fresh, **head})
        return ref

    def state(self, ref: str) -> str:
        """Return the state that a case has now."""
        return self.conn.scalars(select(case.c.state).where(case.c.ref == ref)).one()

    def step(
        self,
        ref: str,
        trigger: str,
        dest: str | None = None,
        *,
        values: Mapping[str, Any] | None = None,
        materials: Sequence[Mapping[str, Any]] = (),
        removed: Sequence[Mapping[str, Any]] = (),
        reason: str | None = None,
        forced: bool = False,
        occurred_at: datetime | None = None,
    ) -> None:
        """Take one case one step further, wherever ``trigger`` leads if no ``dest`` is given."""
        row = self.conn.execute(select(case).where(case.c.ref == ref)).one()
        steps = {(name, source): end for name, source, end in STEPS[row.kind]}
        goal = dest or steps[trigger, row.state]
        told = {"set": values, "materials": list(materials), "removed": list(removed)}
        head = self.change(
            f"case:{ref}",
            trigger,
            source=row.state,
            dest=goal,
            details={key: value for key, value in told.items() if value},
            reason=reason,
            forced=forced,
            occurred_at=occurred_at,
        )
        counts = dict(row.materials)
        for one in materials:
            counts[one["kind"]] = counts.get(one["kind"], 0) + 1
            self.conn.execute(insert(material), {"case_id": row.id, "added_at": self.at, **one})
        for one in removed:
            counts[one["kind"]] -= 1
            gone = (material.c.case_id == row.id) & (material.c.name == one["name"])
            self.conn.execute(update(material).where(gone).values(removed_at=self.at))
        values = {**(values or {}), "materials": counts, "state": goal, **head}
        self.conn.execute(update(case).where(case.c.id == row.id).values(**values))

    def mail(self, number: int, *, sent: bool = True) -> None:
        """Write one mail and, unless told not to, send it."""
        told = {
            "person_id": 1,
            "template": "due",
            "key": f"k{number}",
            "message_id": f"<{number}@example.cn>",
        }
        head = self.change(f"mail:{number}", "write", dest="draft", details={"set": told})
        state = "draft"
        for trigger, source, dest in STEPS["message"] if sent else ():
            state, head = dest, self.change(f"mail:{number}", trigger, source=source, dest=dest)
        self.conn.execute(insert(message), {"id": number, "date": self.at, "state": state, **told, **head})


def season(conn: Connection, random: Random, *, cases: int = 5, steps: int = 20) -> None:
    """Write a random season in which everything was done by the rules."""
    story = Story(conn).begin()
    refs = [story.enter(n, kind=random.choice(("activity", "report"))) for n in range(1, cases + 1)]
    for number in range(1, 3):
        story.mail(number, sent=random.random() < 0.5)
    for _ in range(steps):
        _some_step(story, random.choice(refs), random)


def _some_step(story: Story, ref: str, random: Random) -> None:
    kind, state = story.conn.execute(select(case.c.kind, case.c.state).where(case.c.ref == ref)).one()
    ways = [trigger for trigger, source, _ in STEPS[kind] if source == state]
    reason = random.choice((None, "雨天\n改期 “一”", 'a "b" \\ c', "\x01\x7f\u2028"))
    values = random.choice(({}, {"participants": random.randrange(999)}, {"place": reason}))
    materials = random.choice(((), (PHOTO,), (PHOTO, VIDEO)))
    if ways and random.random() < 0.9:
        story.step(ref, random.choice(ways), values=values, materials=materials, reason=reason)
    else:
        goal = random.choice([dest for _, _, dest in STEPS[kind]])
        story.step(ref, "correct", goal, forced=True, reason="按原件更正")


def rows_of(conn: Connection) -> list[dict[str, Any]]:
    """Return all history rows in the order of their numbers."""
    return [row._asdict() for row in conn.execute(select(history).order_by(history.c.id))]
