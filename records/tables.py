"""The tables of the store. Times are whole seconds since 1970 in UTC; texts and documents are UTF-8."""

from sqlalchemy import (
    DDL,
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    event,
    text,
)
from sqlalchemy.schema import ExecutableDDLElement

SCHEMA = "0012"
"""The schema that these tables are; each earlier one has a migration that leads here."""

metadata = MetaData()

schema_version = Table(
    "schema_version",
    metadata,
    Column("version_num", String(32), primary_key=True),
)
"""One row: the schema that the tables are. The table and its column are alembic's."""

facts = Table(
    "facts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
"""What holds for the whole store: the base URL that it was rendered for, and with which mappings."""

clock = Table(
    "clock",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("stamp", BigInteger, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("record_id", BigInteger, nullable=False),
)
"""One row: the newest datestamp, the last change sequence and the last record id that were given."""

sets = Table(
    "sets",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("spec", Text, nullable=False, unique=True),
    Column("statement", LargeBinary),
    Column("title", Text),
)
"""Sets by spec, with what collections.toml states of them as JSON, or else the title that a record gives."""

records = Table(
    "records",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("identifier", Text, nullable=False, unique=True),
    Column("oai_identifier", Text, nullable=False, unique=True),
    Column("status", SmallInteger, nullable=False),
    Column("stated", LargeBinary, nullable=False),
    Column("release", BigInteger),
    Column("reference", LargeBinary),
)
"""Records as stated, in JSON; status 0 not shown and never was, 1 shown, 2 withdrawn (a tombstone).

The reference is how IIIF collections refer to the record, finished JSON; none where it has no manifest to show.
"""
Index("records_by_status", records.c.status)
Index(
    "records_by_release",
    records.c.release,
    sqlite_where=text("release IS NOT NULL"),
    postgresql_where=text("release IS NOT NULL"),
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
)
"""Where a record stands in a format: when its bytes last changed, their digest, and the sets that they stand in."""

entries = Table(
    "entries",
    metadata,
    Column("format", Text, primary_key=True),
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("header", LargeBinary, nullable=False),
    Column("document", LargeBinary),
    Column("about", LargeBinary),
)
"""What lists say of each representation: its header, its document, and its provenance if it came by OAI-PMH, all
finished, found by the order of change.

A list reads nothing else. SQLite keeps them beside one another as they were written: rows of a table without rowid that
are as large as these spill, and are read whole wherever they are passed.
"""

stretches = Table(
    "stretches",
    metadata,
    Column("format", Text, primary_key=True),
    Column("after_sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("last_sequence", BigInteger, nullable=False),
    Column("size", SmallInteger, nullable=False),
    Column("length", BigInteger, nullable=False),
    Column("checksum", BigInteger, nullable=False),
    Column("packed", LargeBinary),
    Column("plain", LargeBinary),
)
"""Copies of consecutive entries, joined, once deflated and once as they are; none where an entry has moved away."""
Index(
    "stretches_broken",
    stretches.c.format,
    stretches.c.after_sequence,
    sqlite_where=text("packed IS NULL"),
    postgresql_where=text("packed IS NULL"),
)

_EXTERNAL = {entries: ("document",), stretches: ("packed", "plain")}
"""What PostgreSQL keeps as it is: else it would compress each value, slowly, and inflate it for every harvester."""
for _table, _names in _EXTERNAL.items():
    for _name in _names:
        _external: ExecutableDDLElement = DDL(f"ALTER TABLE {_table.name} ALTER COLUMN {_name} SET STORAGE EXTERNAL")  # type: ignore[no-untyped-call]
        event.listen(_table, "after_create", _external.execute_if(dialect="postgresql"))

_beside: ExecutableDDLElement = DDL("ALTER TABLE entries SET (toast_tuple_target = 8160)")  # type: ignore[no-untyped-call]
event.listen(entries, "after_create", _beside.execute_if(dialect="postgresql"))
"""Documents stand in their rows as long as a page of the database holds them: each would be looked up elsewhere."""

listings = Table(
    "listings",
    metadata,
    Column("format", Text, primary_key=True),
    Column("set_id", BigInteger, primary_key=True, autoincrement=False),
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("record_id", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
"""One row for each list that a representation stands in; set 0 is the whole, -1 what stands in no set."""

list_sizes = Table(
    "list_sizes",
    metadata,
    Column("format", Text, primary_key=True),
    Column("set_id", BigInteger, primary_key=True, autoincrement=False),
    Column("size", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
"""How many rows each list has, tombstones too: what else would have to be counted for the first page of a list."""

changes = Table(
    "changes",
    metadata,
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("datestamp", BigInteger, nullable=False),
    Column("record_id", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("formats", Text, nullable=False),
    Index("changes_by_time", "datestamp", "sequence"),
)
"""What happened, for ever: create, update or delete of a record, and in which formats it showed."""

activities = Table(
    "activities",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("datestamp", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("record_id", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
"""What happened to manifests: create, update or delete, numbered without a gap in the order of change."""

members = Table(
    "members",
    metadata,
    Column("set_id", BigInteger, primary_key=True, autoincrement=False),
    Column("place", BigInteger, primary_key=True, autoincrement=False),
    Column("record_id", BigInteger, nullable=False),
    Index("members_by_record", "record_id", "set_id", unique=True),
    sqlite_with_rowid=False,
)
"""The records with a reference, in their places in each set that they state; set -1 is for those that state none."""

visits = Table(
    "visits",
    metadata,
    Column("agent", Text, primary_key=True),
    Column("network", Text, primary_key=True),
    Column("verb", Text, primary_key=True),
    Column("prefix", Text, primary_key=True),
    Column("set_spec", Text, primary_key=True),
    Column("answers", BigInteger, nullable=False),
    Column("records", BigInteger, nullable=False),
    Column("errors", BigInteger, nullable=False),
    Column("refused", BigInteger, nullable=False),
    Column("seen", BigInteger, nullable=False),
    Column("begun", BigInteger),
    Column("completed", BigInteger),
    Column("harvested", BigInteger),
    Column("since", BigInteger),
)
"""What harvesters asked, added up: for staff alone, and no part of what the store guarantees."""

check_runs = Table(
    "check_runs",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("time", BigInteger, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("program", Text, nullable=False),
    Column("records", BigInteger, nullable=False),
    Column("must", BigInteger, nullable=False),
    Column("should", BigInteger, nullable=False),
    Column("advice", BigInteger, nullable=False),
    Column("report", LargeBinary),
)
"""What checks of the records came to; only the newest has its report, and what it found."""

check_findings = Table(
    "check_findings",
    metadata,
    Column("run_id", BigInteger, primary_key=True, autoincrement=False),
    Column("code", Text, primary_key=True),
    Column("findings", LargeBinary, nullable=False),
)
"""What the newest check found, by rule."""

passages = Table(
    "passages",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("words", Text, nullable=False),
    Column("lines", LargeBinary),
)
"""What can be searched: the texts of the records that are shown, canvas by canvas (`records/search/passages.py`), as
words and, where these were recognised on a page image, as lines with the boxes of words.

In SQLite the key is the number by which the index of words, a table of FTS5, knows a row; triggers write into it what
is written here. It knows which passages hold words that begin with a letter, since there are too many of these words to
go through them. PostgreSQL has an index of its own over the words, whose function is said to cost so much that the
planner does not work it out for each row.
"""

_WORDS_INDEXED = {
    "sqlite": (
        "CREATE VIRTUAL TABLE passage_words USING fts5("
        "words, content='passages', content_rowid='id', tokenize='ascii', columnsize='0', prefix='1')",
        "CREATE TRIGGER passage_comes AFTER INSERT ON passages BEGIN"
        " INSERT INTO passage_words (rowid, words) VALUES (new.id, new.words); END",
        "CREATE TRIGGER passage_goes AFTER DELETE ON passages BEGIN"
        " INSERT INTO passage_words (passage_words, rowid, words) VALUES ('delete', old.id, old.words); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION passage_terms(text) RETURNS tsvector IMMUTABLE STRICT COST 10000"
        " LANGUAGE plpgsql"
        r" AS $$BEGIN RETURN array_to_tsvector(string_to_array(translate($1, E'\n\013', '  '), ' ')); END$$",
        "CREATE INDEX passage_words ON passages USING gin (passage_terms(words))",
        "ALTER TABLE passages ALTER COLUMN lines SET STORAGE EXTERNAL",
    ),
}
for _dialect, _statements in _WORDS_INDEXED.items():
    for _statement in _statements:
        _indexing: ExecutableDDLElement = DDL(_statement)  # type: ignore[no-untyped-call]
        event.listen(passages, "after_create", _indexing.execute_if(dialect=_dialect))
