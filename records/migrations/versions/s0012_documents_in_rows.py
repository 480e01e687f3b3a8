"""Documents of a few kilobytes stand in their rows on PostgreSQL; those that are there move when they change."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Say so to PostgreSQL; SQLite has them there already."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE entries SET (toast_tuple_target = 8160)")
