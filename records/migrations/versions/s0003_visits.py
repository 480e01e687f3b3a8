"""What harvesters asked, added up."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table; it begins empty."""
    key = ("agent", "network", "verb", "prefix", "set_spec")
    sums = ("answers", "records", "errors", "refused", "seen")
    last = ("begun", "completed", "harvested", "since")
    op.create_table(
        "visits",
        *(sa.Column(name, sa.Text, primary_key=True) for name in key),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in sums),
        *(sa.Column(name, sa.BigInteger) for name in last),
    )
