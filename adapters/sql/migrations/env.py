"""Runs migrations on the connection that `adapters.sql.migrate` hands over, within its transaction."""

from alembic import context

from adapters.sql.columns import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
