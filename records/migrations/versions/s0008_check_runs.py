"""What checks of the records came to."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the tables; they begin empty."""
    op.create_table(
        "check_runs",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("time", sa.BigInteger, nullable=False),
        sa.Column("sequence", sa.BigInteger, nullable=False),
        sa.Column("program", sa.Text, nullable=False),
        sa.Column("records", sa.BigInteger, nullable=False),
        sa.Column("must", sa.BigInteger, nullable=False),
        sa.Column("should", sa.BigInteger, nullable=False),
        sa.Column("advice", sa.BigInteger, nullable=False),
        sa.Column("report", sa.LargeBinary),
    )
    op.create_table(
        "check_findings",
        sa.Column("run_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("code", sa.Text, primary_key=True),
        sa.Column("findings", sa.LargeBinary, nullable=False),
    )
