"""What lists say about a representation beside its document: the provenance of one that came by OAI-PMH."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make its column; nothing is said of what is there until it comes again."""
    op.add_column("entries", sa.Column("about", sa.LargeBinary))
