"""What is counted often: the sizes of lists, known without counting, and the records of each status, by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Count every list once, and make the index."""
    op.create_index("records_by_status", "records", ["status"])
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
