"""The tables. Only the engine writes them; ``history`` is append-only by triggers (``engine.refusals``)."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from engine.columns import Document, Instant

SCHEMA = "0004"
"""The migration that makes exactly these tables; a database at another one is refused."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Key = BigInteger().with_variant(Integer, "sqlite")


def chained() -> tuple[Column[int], Column[str]]:
    """Return the columns of a row that has a history: its version and the hash of its last change."""
    return Column("version", Integer, nullable=False), Column("head", String(64), nullable=False)


meta = Table(
    "meta",
    metadata,
    Column("key", String(32), primary_key=True),
    Column("value", Text, nullable=False),
)

unit = Table(
    "unit",
    metadata,
    Column("id", Key, primary_key=True),
    Column("name", Text, nullable=False),
    Column("level", String(16), nullable=False),
    Column("kind", String(24), nullable=False),
    Column("region", String(6), nullable=False, index=True),
    *chained(),
    UniqueConstraint("region", "name"),
    Index(None, "name"),
)

person = Table(
    "person",
    metadata,
    Column("id", Key, primary_key=True),
    Column("name", Text, nullable=False),
    Column("email", Text, unique=True),
    Column("phone", Text),
    Column("lang", String(2), nullable=False, default="zh"),
    Column("active", Boolean, nullable=False, default=True),
    Column("address_bad", Boolean, nullable=False, default=False),
    Column("muted_until", Instant),
    *chained(),
)

right = Table(
    "right_",
    metadata,
    Column("id", Key, primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("role", String(16), nullable=False),
    Column("region", String(6), nullable=False),
    Column("unit_id", ForeignKey("unit.id"), index=True),
    # the instant from which it no longer holds (None: it stays)
    Column("until", Instant),
    Index(None, "region", "role"),
)

notice = Table(
    "notice",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("code", String(24), nullable=False, unique=True),
    Column("region", String(6), nullable=False),
    Column("state", String(16), nullable=False),
    Column("schedule_version", Integer, nullable=False, default=0),
    Column("schedule_hash", String(64), nullable=False, default=""),
    Column("review", Boolean, nullable=False, default=False),
    Column("last_activity", Integer, nullable=False, default=0),
    Column("last_report", Integer, nullable=False, default=0),
    *chained(),
)

schedule = Table(
    "schedule",
    metadata,
    Column("notice", ForeignKey("notice.id"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("source", Text, nullable=False),
    Column("effective", Text, nullable=False),
    Column("hash", String(64), nullable=False, index=True),
    Column("revisions", Document, nullable=False),
    Column("applied_at", Instant, nullable=False),
    Column("actor", Text, nullable=False),
)

case = Table(
    "case_",
    metadata,
    Column("id", Key, primary_key=True),
    Column("ref", String(32), nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("lifecycle", Integer, nullable=False),
    Column("notice", ForeignKey("notice.id"), nullable=False),
    Column("milestone", String(64)),
    Column("state", String(24), nullable=False),
    Column("unit_id", ForeignKey("unit.id"), nullable=False, index=True),
    Column("region", String(6), nullable=False),
    Column("coordinator_id", ForeignKey("person.id"), index=True),
    Column("title", Text, nullable=False),
    Column("starts_on", Date),
    Column("ends_on", Date),
    Column("place", Text),
    Column("online", Boolean, nullable=False, default=False),
    Column("online_url", Text),
    Column("participants", Integer),
    Column("materials", Document, nullable=False),
    Column("recommended_by", Text),
    Column("award", Text),
    Column("entered_at", Instant, nullable=False),
    *chained(),
    # all that decides how a case stands: a desk counts a whole city from this index alone
    Index("ix_case__standing", "notice", "kind", "state", "milestone", "ends_on", "region", "materials"),
    Index(None, "region", "state"),
    Index(None, "title"),
    Index(None, "notice"),
)

material = Table(
    "material",
    metadata,
    Column("id", Key, primary_key=True),
    Column("case_id", ForeignKey("case_.id"), nullable=False, index=True),
    Column("kind", String(32), nullable=False),
    Column("name", Text, nullable=False),
    Column("uri", Text, nullable=False),
    Column("sha256", String(64)),
    Column("size", BigInteger),
    Column("added_at", Instant, nullable=False),
    Column("removed_at", Instant),
)

history = Table(
    "history",
    metadata,
    Column("id", Key, primary_key=True),
    Column("subject", String(96), nullable=False),
    Column("version", Integer, nullable=False),
    Column("trigger", String(32), nullable=False),
    Column("source", String(24), nullable=False),
    Column("dest", String(24), nullable=False),
    Column("forced", Integer, nullable=False, default=0),
    Column("actor", Text, nullable=False),
    Column("reason", Text),
    Column("details", Text, nullable=False),
    Column("occurred_at", String(27), nullable=False),
    Column("recorded_at", String(27), nullable=False, index=True),
    Column("schedule", String(80)),
    Column("prev", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    UniqueConstraint("subject", "version"),
)

sweep = Table(
    "sweep",
    metadata,
    Column("id", Key, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("firings", Integer, nullable=False),
    Column("messages", Integer, nullable=False),
)

firing = Table(
    "firing",
    metadata,
    Column("id", Key, primary_key=True),
    Column("notice", ForeignKey("notice.id"), nullable=False),
    Column("milestone", String(64), nullable=False),
    Column("rung", String(24), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("occurrence", String(10), nullable=False, default=""),
    Column("at", Instant, nullable=False),
    Column("day", Date, nullable=False),
    Column("due", Date),
    Column("anchor_from", Date),
    Column("anchor_to", Date),
    Column("roles", Text, nullable=False),
    Column("template", String(24), nullable=False),
    Column("provisional", Boolean, nullable=False, default=False),
    Column("outcome", String(16)),
    Column("settled_at", Instant),
    Column("sweep_id", ForeignKey("sweep.id")),
    UniqueConstraint("notice", "milestone", "rung", "revision", "occurrence"),
    Index(None, "settled_at", "at"),
)

ledger = Table(
    "ledger",
    metadata,
    Column("case_id", ForeignKey("case_.id"), primary_key=True, autoincrement=False),
    Column("firing_id", ForeignKey("firing.id"), primary_key=True, autoincrement=False),
    Column("role", String(16), primary_key=True),
    # 0 where nobody is there to tell: a key column may not be null on PostgreSQL
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("sweep_id", ForeignKey("sweep.id"), nullable=False),
    Column("outcome", String(16), nullable=False),
    Index(None, "sweep_id", "person_id"),
    sqlite_with_rowid=False,
)

message = Table(
    "message",
    metadata,
    Column("id", Key, primary_key=True),
    Column("key", String(240), nullable=False, unique=True),
    Column("message_id", String(160), nullable=False, unique=True),
    Column("sweep_id", ForeignKey("sweep.id")),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    Column("case_id", ForeignKey("case_.id")),
    Column("template", String(24), nullable=False),
    Column("date", Instant, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("doubts", Integer, nullable=False, default=0),
    Column("token", String(36)),
    Column("lease_until", Instant),
    Column("not_before", Instant),
    Column("sent_at", Instant),
    Column("error", Text),
    Column("note", Text),
    Column("address", Text),
    Column("subject", Text),
    Column("content", LargeBinary),
    *chained(),
    UniqueConstraint("sweep_id", "person_id"),
    Index(None, "state", "not_before"),
    Index(None, "case_id"),
)

answer = Table(
    "answer",
    metadata,
    Column("key", String(200), primary_key=True),
    Column("request", String(64), nullable=False),
    Column("body", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

rate = Table(
    "rate",
    metadata,
    Column("name", String(80), primary_key=True),
    # theoretical arrival time of the next mail, seconds since 1970 (GCRA)
    Column("tat", Float(53), nullable=False),
)

# the order of the sealed log; SQLite's is that of the ids, so there it stays empty
leaf = Table(
    "leaf",
    metadata,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("history_id", ForeignKey("history.id"), nullable=False, unique=True),
)

checkpoint = Table(
    "checkpoint",
    metadata,
    Column("size", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("note", Text, nullable=False),
)

# a mail template as an admin wrote it; a version without a text restores what the program carries
template_text = Table(
    "template_text",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("text", Text),
    Column("at", Instant, nullable=False),
    Column("actor", Text, nullable=False),
)

# what somebody is filling in, saved as they type; handed in, it becomes a material
form_draft = Table(
    "form_draft",
    metadata,
    Column("case_id", ForeignKey("case_.id"), primary_key=True, autoincrement=False),
    Column("form", String(32), primary_key=True),
    Column("answers", Document, nullable=False),
    Column("saved_at", Instant, nullable=False),
    # nobody's where a sheet brought it from the command line and no coordinator is known
    Column("person_id", ForeignKey("person.id")),
)

# an address that is told of every change of state in a region; its key is derived, never stored
webhook = Table(
    "webhook",
    metadata,
    Column("id", Key, primary_key=True),
    Column("url", Text, nullable=False),
    Column("salt", String(32), nullable=False),
    Column("region", String(6), nullable=False),
    Column("person_id", ForeignKey("person.id"), nullable=False, index=True),
    # the last row of history that was told
    Column("cursor", BigInteger, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("not_before", Instant),
    Column("answered_at", Instant),
    Column("error", Text),
    Column("created_at", Instant, nullable=False),
    Column("stopped_at", Instant),
)

# a notice's document that somebody read; what they decided of it, until its schedule is in force
notice_reading = Table(
    "notice_reading",
    metadata,
    Column("id", Key, primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("doubts", Document, nullable=False),
    Column("region", String(6), nullable=False, index=True),
    Column("choices", Document, nullable=False),
    Column("notice", ForeignKey("notice.id")),
    Column("applied_at", Instant),
)
