"""Entries: what lists say, finished and in the order of change, so that a list is read in one sweep."""

from datetime import UTC, datetime
from xml.sax.saxutils import escape

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_BATCH = 500


def upgrade() -> None:
    """Move the documents to where lists are read, each with its header."""
    entries = op.create_table(
        "entries",
        sa.Column("format", sa.Text, primary_key=True),
        sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("header", sa.LargeBinary, nullable=False),
        sa.Column("document", sa.LargeBinary),
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE entries ALTER COLUMN document SET STORAGE EXTERNAL")
    op.execute(
        "INSERT INTO entries (format, sequence, header, document)"
        " SELECT format, sequence, digest, document FROM representations"
    )
    _write_headers(entries)
    op.drop_column("representations", "document")
    op.drop_column("representations", "oai_identifier")


def _write_headers(entries: sa.Table) -> None:
    connection = op.get_bind()
    columns = ("format", "sequence", "datestamp", "deleted", "sets", "oai_identifier")
    stands = sa.table("representations", *(sa.column(name) for name in columns))
    query = sa.select(stands).order_by(stands.c.format, stands.c.sequence).limit(_BATCH)
    change = sa.update(entries).where(entries.c.format == sa.bindparam("of"), entries.c.sequence == sa.bindparam("at"))
    key, after = sa.tuple_(stands.c.format, stands.c.sequence), ("", 0)
    while rows := connection.execute(query.where(key > after)).all():
        changed = [{"of": row.format, "at": row.sequence, "header": _header(row)} for row in rows]
        connection.execute(change.values(header=sa.bindparam("header")), changed)
        after = (rows[-1].format, rows[-1].sequence)


def _header(row: sa.Row) -> bytes:  # type: ignore[type-arg]
    status = ' status="deleted"' if row.deleted else ""
    stamp = datetime.fromtimestamp(row.datestamp, UTC).replace(tzinfo=None).isoformat()
    sets = "".join(f"<setSpec>{spec}</setSpec>" for spec in row.sets.split())
    name = f"<identifier>{escape(row.oai_identifier)}</identifier>"
    return f"<header{status}>{name}<datestamp>{stamp}Z</datestamp>{sets}</header>".encode()
