"""The OAI identifier beside each representation, so that a list is read without looking up records."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the column and fill it."""
    op.add_column("representations", sa.Column("oai_identifier", sa.Text, nullable=False, server_default=""))
    op.execute(
        "UPDATE representations SET oai_identifier ="
        " (SELECT records.oai_identifier FROM records WHERE records.id = representations.record_id)"
    )
