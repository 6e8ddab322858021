"""Accounts, templates of one's own, forms being filled in, webhooks; rights that end."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from engine import columns

revision = "0002"
down_revision = "0001"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_DOCUMENT = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    """Make the new tables; a right may end."""
    _api_token()
    _credential()
    _feed()
    _form_draft()
    _session()
    _template_text()
    _ticket()
    _webhook()
    _indexes()
    op.add_column("right_", sa.Column("until", columns.Instant(timezone=True), nullable=True))


def _api_token() -> None:
    op.create_table(
        "api_token",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", _KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("writes", sa.Boolean(), nullable=False),
        sa.Column("created_at", columns.Instant(timezone=True), nullable=False),
        sa.Column("expires_at", columns.Instant(timezone=True), nullable=False),
        sa.Column("used_at", columns.Instant(timezone=True), nullable=True),
        sa.Column("revoked_at", columns.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_api_token_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_token_token_hash")),
    )
    op.create_index(op.f("ix_api_token_person_id"), "api_token", ["person_id"])


def _credential() -> None:
    op.create_table(
        "credential",
        sa.Column("person_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("changed_at", columns.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_credential_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_credential")),
    )


def _feed() -> None:
    op.create_table(
        "feed",
        sa.Column("person_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", columns.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_feed_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_feed")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_feed_token_hash")),
    )


def _form_draft() -> None:
    op.create_table(
        "form_draft",
        sa.Column("case_id", _KEY, autoincrement=False, nullable=False),
        sa.Column("form", sa.String(length=32), nullable=False),
        sa.Column("answers", _DOCUMENT, nullable=False),
        sa.Column("saved_at", columns.Instant(timezone=True), nullable=False),
        sa.Column("person_id", _KEY, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_.id"], name=op.f("fk_form_draft_case_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_form_draft_person_id")),
        sa.PrimaryKeyConstraint("case_id", "form", name=op.f("pk_form_draft")),
    )


def _session() -> None:
    op.create_table(
        "session",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", _KEY, nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("created_at", columns.Instant(timezone=True), nullable=False),
        sa.Column("seen_at", columns.Instant(timezone=True), nullable=False),
        sa.Column("expires_at", columns.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_session_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_session_token_hash")),
    )
    op.create_index(op.f("ix_session_person_id"), "session", ["person_id"])


def _template_text() -> None:
    op.create_table(
        "template_text",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("at", columns.Instant(timezone=True), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", "version", name=op.f("pk_template_text")),
    )


def _ticket() -> None:
    op.create_table(
        "ticket",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", _KEY, nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("created_at", columns.Instant(timezone=True), nullable=False),
        sa.Column("expires_at", columns.Instant(timezone=True), nullable=False),
        sa.Column("used_at", columns.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_ticket_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_ticket_token_hash")),
    )
    op.create_index(op.f("ix_ticket_person_id"), "ticket", ["person_id"])


def _webhook() -> None:
    op.create_table(
        "webhook",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("region", sa.String(length=6), nullable=False),
        sa.Column("person_id", _KEY, nullable=False),
        sa.Column("cursor", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", columns.Instant(timezone=True), nullable=True),
        sa.Column("answered_at", columns.Instant(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("created_at", columns.Instant(timezone=True), nullable=False),
        sa.Column("stopped_at", columns.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_webhook_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook")),
    )
    op.create_index(op.f("ix_webhook_person_id"), "webhook", ["person_id"])


def _indexes() -> None:
    """Let a desk read a whole city from indexes; the first of them begins as the one it replaces."""
    op.drop_index(op.f("ix_case__notice_kind_state"), table_name="case_")
    standing = ["notice", "kind", "state", "milestone", "ends_on", "region", "materials"]
    op.create_index("ix_case__standing", "case_", standing)
    op.create_index(op.f("ix_case__notice"), "case_", ["notice"])
    op.create_index(op.f("ix_case__title"), "case_", ["title"])
    op.create_index(op.f("ix_unit_name"), "unit", ["name"])
    op.create_index(op.f("ix_message_case_id"), "message", ["case_id"])
