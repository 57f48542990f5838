"""Alembic's door: runs the steps on the connection that `kiosk.desk.database` hands in."""

from alembic import context

from kiosk.desk.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,  # SQLite cannot alter columns in place
)
context.run_migrations()
