"""What a sheet says of an activity is kept, even where nobody is known whose draft it would be."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Let a draft be nobody's."""
    with op.batch_alter_table("form_draft") as table:
        table.alter_column("person_id", existing_type=_KEY, nullable=True)
