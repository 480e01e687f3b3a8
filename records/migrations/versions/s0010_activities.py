"""Activities of manifests, numbered, and members of sets with how collections refer to them.

The activities of what stands in the store are told as updates and deletions. Collections refer to nothing until all is
rendered anew: the references are made as manifests are.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_FILL = """
INSERT INTO activities (number, datestamp, kind, record_id)
SELECT row_number() OVER (ORDER BY sequence), datestamp, CASE WHEN deleted THEN 'delete' ELSE 'update' END, record_id
FROM representations WHERE format = 'manifest'
"""


def upgrade() -> None:
    """Make the tables and the column, and fill what can be filled."""
    op.create_table(
        "activities",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("datestamp", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("record_id", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.execute(_FILL)
    op.create_table(
        "members",
        sa.Column("set_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("place", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("record_id", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("members_by_record", "members", ["record_id", "set_id"], unique=True)
    op.add_column("records", sa.Column("reference", sa.LargeBinary))
