"""The schema: new tables are those that migrations lead to, and every other schema is named with its remedy."""

from collections.abc import Callable

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, insert, text, update

from records import migrations, schema
from records.database import Database, StoreError
from records.publish import Publication
from records.store import Selection, Store
from records.tables import SCHEMA, clock, facts, metadata, schema_version
from tests.told import told


@pytest.fixture
def first(database_url: str) -> Database:
    """Give a database with the tables of the first schema and what its first start wrote."""
    database = Database(database_url)
    database.make_place()
    with database.preparing() as (connection, now):
        migrations.upgrade(connection, to="0001")
        connection.execute(text(f"DROP TABLE {schema_version.name}"))
        connection.execute(insert(facts), [{"name": "schema", "value": "1"}, {"name": "base_url", "value": "http://a"}])
        connection.execute(insert(clock), [{"id": 1, "stamp": now, "sequence": 0, "record_id": 0}])
    return database


def _differences(connection: Connection) -> list[object]:
    """Return how a database's tables differ from ours, without the index of words, which SQLAlchemy does not know."""

    def ours(_element: object, name: str | None, *_: object) -> bool:
        return not (name or "").startswith("passage_words")

    options = {"version_table": schema_version.name, "include_object": ours}
    found: list[object] = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
    return found


def test_this_schema_is_the_last_one() -> None:
    """The migrations end with the schema that the tables say they are."""
    assert ScriptDirectory.from_config(migrations.settings()).get_current_head() == SCHEMA


def test_migrations_end_with_the_tables_as_they_are(first: Database) -> None:
    """What comes out of the first schema differs in nothing from what a new store has."""
    assert schema.migrate(first) == "0001"
    with first.engine.connect() as connection:
        assert _differences(connection) == []
    first.engine.dispose()


def test_new_tables_are_made_as_they_are(database_url: str) -> None:
    """A database without tables gets those of this program, and nothing is left to migrate."""
    database = Database(database_url)
    assert schema.migrate(database) is None
    assert schema.migrate(database) == SCHEMA
    with database.engine.connect() as connection:
        assert _differences(connection) == []
    database.engine.dispose()


def test_a_store_of_the_first_schema_goes_on(first: Database, make_publication: Callable[..., Publication]) -> None:
    """Until it is migrated nothing touches it; then it takes records, and holds what it held."""
    with pytest.raises(StoreError) as raised:
        Store(first.url)
    assert str(raised.value) == (
        f"the database {first.name} was made by an earlier Dragoman (schema 0001, this program needs {SCHEMA}); "
        f"stop the servers, make a copy of it, and run 'dragoman migrate'"
    )
    schema.migrate(first)
    store = Store(first.url)
    assert store.facts() == {"base_url": "http://a"}
    store.publish([make_publication("a")])
    assert len(store.window(Selection("oai_dc"), limit=10).rows) == 1
    store.database.close()
    first.engine.dispose()


def test_lists_read_on_after_their_documents_moved(database_url: str) -> None:
    """A store of the schema before gives the same headers, documents and tombstones when it is migrated."""
    database = Database(database_url)
    database.make_place()
    record = "INSERT INTO records VALUES (1, 'a', 'oai:a.org:x&y', 1, :json, NULL)"
    stood = "INSERT INTO representations VALUES (1, :format, :at, 1000, :gone, 'b c:d', :digest, :document, :name)"
    rows: list[dict[str, object]] = [
        {"format": "edm", "at": 6, "gone": True, "digest": b"", "document": None},
        {"format": "mods", "at": 7, "gone": False, "digest": b"1", "document": b"<mods/>"},
    ]
    with database.preparing() as (connection, _now):
        migrations.upgrade(connection, to="0004")
        connection.execute(text(record), {"json": b"{}"})
        connection.execute(text(stood), [row | {"name": "oai:a.org:x&y"} for row in rows])
        connection.execute(insert(clock), [{"id": 1, "stamp": 1000, "sequence": 7, "record_id": 1}])
    schema.migrate(database)
    database.engine.dispose()
    store = Store(database_url)
    (mods,), (edm,) = (store.window(Selection(name), limit=9).rows for name in ("mods", "edm"))
    assert told(mods) == (7, "oai:a.org:x&y", 1000, "b c:d", False, b"<mods/>")
    assert told(edm) == (6, "oai:a.org:x&y", 1000, "b c:d", True, None)
    assert store.document("a", "mods") == mods
    store.close()


def test_manifests_of_an_earlier_store_are_told_once(
    database_url: str, make_publication: Callable[..., Publication]
) -> None:
    """In the order in which they changed last; later ones follow. What collections refer to waits for a render."""
    database = Database(database_url)
    database.make_place()
    stood = "INSERT INTO representations VALUES (:record, :format, :at, :time, :gone, '', :digest)"
    rows: list[dict[str, object]] = [
        {"record": 1, "format": "manifest", "at": 9, "time": 1000, "gone": False},
        {"record": 1, "format": "mods", "at": 10, "time": 1001, "gone": False},
        {"record": 2, "format": "manifest", "at": 8, "time": 999, "gone": True},
    ]
    with database.preparing() as (connection, _now):
        migrations.upgrade(connection, to="0009")
        for number, name in ((1, "a"), (2, "b")):
            record = f"INSERT INTO records VALUES ({number}, '{name}', 'oai:a.org:{name}', 1, :stated, NULL)"
            connection.execute(text(record), {"stated": b"{}"})
        connection.execute(text(stood), [row | {"digest": b""} for row in rows])
        connection.execute(text("INSERT INTO clock VALUES (1, 1001, 10, 2)"))
    assert schema.migrate(database) == "0009"
    database.engine.dispose()
    store = Store(database_url)
    store.publish([make_publication("c", documents={"manifest": b"{}"})])
    page = store.activity_page(1)
    assert page is not None
    assert [activity[:2] for activity in page.activities] == [("delete", "b"), ("update", "a"), ("create", "c")]
    assert [activity.datestamp for activity in page.activities][:2] == [999, 1000]
    assert store.references("", 1, 9) == []
    store.close()


def test_postgresql_keeps_documents_as_they_are(postgresql_url: str) -> None:
    """Packing each by itself would make every harvest inflate it, and moving it out of its row look for it.

    New and migrated stores are alike in this.
    """
    stored = text(
        "SELECT attstorage::text FROM pg_attribute WHERE (attrelid = 'entries'::regclass AND attname = 'document') "
        "OR (attrelid = 'stretches'::regclass AND attname IN ('packed', 'plain'))"
    )
    options = text("SELECT reloptions FROM pg_class WHERE oid = 'entries'::regclass")
    for made in (metadata.create_all, migrations.upgrade):
        database = Database(postgresql_url)
        with database.preparing() as (connection, _now):
            made(connection)
            assert connection.execute(stored).scalars().all() == ["e", "e", "e"]
            assert connection.execute(options).scalar_one() == ["toast_tuple_target=8160"]
            connection.rollback()
        database.engine.dispose()


def test_new_and_migrated_stores_index_words_alike(database_url: str) -> None:
    """The index and what keeps it are no tables that are compared."""
    database = Database(database_url)
    database.make_place()
    made_of = text(
        "SELECT name, sql FROM sqlite_master WHERE name LIKE 'passage\\_%' ESCAPE '\\' ORDER BY name"
        if database.is_sqlite
        else "SELECT indexdef FROM pg_indexes WHERE tablename = 'passages' UNION ALL"
        " SELECT attstorage::text FROM pg_attribute WHERE attrelid = 'passages'::regclass AND attname = 'lines'"
        " UNION ALL SELECT prosrc FROM pg_proc WHERE proname = 'passage_terms'"
    )
    found = []
    for made in (metadata.create_all, migrations.upgrade):
        with database.preparing() as (connection, _now):
            made(connection)
            found.append(connection.execute(made_of).all())
            connection.rollback()
    database.engine.dispose()
    assert found[0] == found[1]
    assert len(found[0]) >= 3


def test_a_later_schema_is_left_alone(store: Store) -> None:
    """Tables that a later program made are neither used nor migrated."""
    with store.database.writing() as (connection, _now):
        connection.execute(update(schema_version).values(version_num="0999"))
    message = (
        f"the database {store.database.name} was made by a later Dragoman (schema 0999, this program knows {SCHEMA}); "
        f"use that program, or a later one"
    )
    with pytest.raises(StoreError) as opened:
        Store(store.database.url)
    with pytest.raises(StoreError) as migrated:
        schema.migrate(store.database)
    assert (str(opened.value), str(migrated.value)) == (message, message)
