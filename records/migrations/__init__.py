"""Changes of the tables from one schema to the next: each a file in `versions/`, run by alembic.

A new store is made with the tables as `records/tables.py` has them; a test holds that migrating the first schema ends
with the very same. A migration that was released is never edited.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def upgrade(connection: Connection, *, to: str = "head") -> None:
    """Bring the tables up to a schema, in the caller's transaction.

    Args:
        connection: a transaction in which tables may be made (Database.preparing).
        to: the schema to end with.
    """
    command.upgrade(settings(connection), to)


def settings(connection: Connection | None = None) -> Config:
    """Return what alembic needs to know: where the migrations lie, and the connection that they work with."""
    found = Config()
    found.set_main_option("script_location", str(Path(__file__).parent))
    found.attributes["connection"] = connection
    return found
