"""What Alembic runs: our tables, on the connection that ``engine.schema`` hands over."""

from alembic import context

import engine.accounts.tables  # noqa: F401  its tables join the others
from engine.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
