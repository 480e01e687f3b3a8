"""When a record under embargo is to be shown, and the titles of sets that records name."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the columns, and move the mark of the schema to where alembic keeps it."""
    op.add_column("records", sa.Column("release", sa.BigInteger))
    op.create_index(
        "records_by_release",
        "records",
        ["release"],
        sqlite_where=sa.text("release IS NOT NULL"),
        postgresql_where=sa.text("release IS NOT NULL"),
    )
    op.add_column("sets", sa.Column("title", sa.Text))
    op.execute("DELETE FROM facts WHERE name = 'schema'")
