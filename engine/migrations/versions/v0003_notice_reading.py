"""Documents that were read, until their schedule is in force."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from engine import columns

revision = "0003"
down_revision = "0002"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_DOCUMENT = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    """Make the table of readings."""
    op.create_table(
        "notice_reading",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("person_id", _KEY, nullable=False),
        sa.Column("at", columns.Instant(timezone=True), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("doubts", _DOCUMENT, nullable=False),
        sa.Column("region", sa.String(length=6), nullable=False),
        sa.Column("choices", _DOCUMENT, nullable=False),
        sa.Column("notice", sa.String(length=64), nullable=True),
        sa.Column("applied_at", columns.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["notice"], ["notice.id"], name=op.f("fk_notice_reading_notice")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_reading_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_reading")),
    )
    op.create_index(op.f("ix_notice_reading_region"), "notice_reading", ["region"])
