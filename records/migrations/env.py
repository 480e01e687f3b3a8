"""What alembic runs for each migration: the steps, in the transaction of whoever asked."""

from alembic import context

from records.tables import metadata, schema_version

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=schema_version.name,
)
context.run_migrations()
