"""The sizes of lists, so that the first page of a list of a million need not count it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Count every list once."""
    op.create_table(
        "list_sizes",
        sa.Column("format", sa.Text, primary_key=True),
        sa.Column("set_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO list_sizes (format, set_id, size)"
        " SELECT format, set_id, count(*) FROM listings GROUP BY format, set_id"
    )
