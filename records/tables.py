"""The tables of the store. Times are whole seconds since 1970 in UTC; texts and documents are UTF-8."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
)

SCHEMA_VERSION = "1"

metadata = MetaData()

facts = Table(
    "facts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    comment="What holds for the whole store: the version of these tables, the base URL that it was rendered for.",
)

clock = Table(
    "clock",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("stamp", BigInteger, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("record_id", BigInteger, nullable=False),
    comment="One row: the newest datestamp, the last change sequence and the last record id that were given.",
)

sets = Table(
    "sets",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("spec", Text, nullable=False, unique=True),
    Column("statement", LargeBinary),
    comment="Sets by spec, with what collections.toml states of them as JSON.",
)

records = Table(
    "records",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("identifier", Text, nullable=False, unique=True),
    Column("oai_identifier", Text, nullable=False, unique=True),
    Column("status", SmallInteger, nullable=False),
    Column("stated", LargeBinary, nullable=False),
    comment="Records as stated, in JSON; status 0 not shown and never was, 1 shown, 2 withdrawn (a tombstone).",
)

representations = Table(
    "representations",
    metadata,
    Column("record_id", BigInteger, primary_key=True, autoincrement=False),
    Column("format", Text, primary_key=True),
    Column("sequence", BigInteger, nullable=False),
    Column("datestamp", BigInteger, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("sets", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("document", LargeBinary),
    comment="The finished bytes of a record in a format, when they last changed, and the sets that they stand in.",
)

listings = Table(
    "listings",
    metadata,
    Column("format", Text, primary_key=True),
    Column("set_id", BigInteger, primary_key=True, autoincrement=False),
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("record_id", BigInteger, nullable=False),
    sqlite_with_rowid=False,
    comment="One row for each list that a representation stands in; set 0 is the whole, -1 what stands in no set.",
)

changes = Table(
    "changes",
    metadata,
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("datestamp", BigInteger, nullable=False),
    Column("record_id", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("formats", Text, nullable=False),
    Index("changes_by_time", "datestamp", "sequence"),
    comment="What happened, for ever: create, update or delete of a record, and in which formats it showed.",
)
