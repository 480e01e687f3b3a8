"""Stretches: copies of what whole lists say, joined and deflated; a running server fills them.

In SQLite entries get rowids: such rows are smaller, and found sooner.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the table of stretches, empty, and copy entries in SQLite."""
    op.create_table(
        "stretches",
        sa.Column("format", sa.Text, primary_key=True),
        sa.Column("after_sequence", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("last_sequence", sa.BigInteger, nullable=False),
        sa.Column("size", sa.SmallInteger, nullable=False),
        sa.Column("length", sa.BigInteger, nullable=False),
        sa.Column("checksum", sa.BigInteger, nullable=False),
        sa.Column("packed", sa.LargeBinary),
        sa.Column("plain", sa.LargeBinary),
    )
    broken = sa.text("packed IS NULL")
    op.create_index(
        "stretches_broken",
        "stretches",
        ["format", "after_sequence"],
        sqlite_where=broken,
        postgresql_where=broken,
    )
    if op.get_bind().dialect.name == "postgresql":
        for name in ("packed", "plain"):
            op.execute(f"ALTER TABLE stretches ALTER COLUMN {name} SET STORAGE EXTERNAL")
    else:
        _give_rowids()


def _give_rowids() -> None:
    op.rename_table("entries", "entries_without_rowid")
    op.create_table(
        "entries",
        sa.Column("format", sa.Text, primary_key=True),
        sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("header", sa.LargeBinary, nullable=False),
        sa.Column("document", sa.LargeBinary),
    )
    op.execute("INSERT INTO entries SELECT * FROM entries_without_rowid ORDER BY sequence, format")
    op.drop_table("entries_without_rowid")
