"""Fixtures of the server: the application over a real store, filled with records by the real mappings."""

import json
import os
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree

from records.model import Collection, Record
from records.publish import Published
from records.store import Store
from server import publishing
from server.application import create_app
from server.config import Config
from server.library import Library
from server.oai_pmh.resumption_token import _checksum

Ask = Callable[..., etree._Element]
Publish = Callable[..., list[Published]]


@pytest.fixture
def config(tmp_path: Path, sqlite_url: str) -> Config:
    """Give settings for a fresh SQLite store, with list pages of three records."""
    return Config(
        database_url=sqlite_url,
        page_size=3,
        media_folder=tmp_path / "media",
        cache_folder=tmp_path / "cache",
    )


@pytest.fixture
def app(config: Config) -> Iterator[Flask]:
    """Give the application over an empty store."""
    app = create_app(config)
    yield app
    app.extensions["dragoman"].store.database.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Give a client of the application."""
    return app.test_client()


@pytest.fixture
def library(app: Flask) -> Library:
    """Give the application's settings and store."""
    found: Library = app.extensions["dragoman"]
    return found


@pytest.fixture
def store(library: Library) -> Store:
    """Give the application's store."""
    return library.store


@pytest.fixture(scope="session")
def make_record() -> Callable[..., Record]:
    """Give a function that makes a record with a title, and what else is stated."""

    def make(identifier: str, **fields: Any) -> Record:  # noqa: ANN401 - any field of a record
        return Record.model_validate(
            {"identifier": identifier, "titles": [{"text": f"Title of {identifier}"}], **fields}
        )

    return make


@pytest.fixture
def publish(library: Library) -> Publish:
    """Give a function that publishes records as a load does."""

    def run(*records: Record, collections: Sequence[Collection] = ()) -> list[Published]:
        library.store.put_collections(collections)
        repository = library.repository()
        day = publishing.today()
        return library.store.publish([publishing.publication(record, repository, day) for record in records])

    return run


@pytest.fixture
def letter(publish: Publish) -> Callable[..., Record]:
    """Give a function that publishes the record letter-1; where nothing else is said it has a title and a text."""

    def publish_letter(**fields: Any) -> Record:  # noqa: ANN401 - any field of a record
        stated = {"titles": [{"text": "A letter"}], "texts": [{"content": "Dear friend,\nfarewell."}]} | fields
        record = Record.model_validate({"identifier": "letter-1", **stated})
        publish(record)
        return record

    return publish_letter


@pytest.fixture(scope="session")
def forge() -> Callable[[object], str]:
    """Give a function that makes a resumption token of any content, with a right checksum."""

    def run(content: object) -> str:
        text = urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()
        return f"1.{text}.{_checksum(text)}"

    return run


@pytest.fixture
def remove(library: Library) -> Callable[..., None]:
    """Give a function that deletes records by their identifiers."""

    def run(*identifiers: str) -> None:
        _results, unknown = publishing.delete(library.store, library.repository(), identifiers)
        assert not unknown

    return run


@pytest.fixture
def checked(request: pytest.FixtureRequest) -> Callable[[bytes], etree._Element]:
    """Give a function that parses an OAI-PMH response and, where the official schemas are at hand, validates it."""
    validate = request.getfixturevalue("validate") if os.environ.get("DRAGOMAN_SCHEMAS") else lambda _body: None

    def check(body: bytes) -> etree._Element:
        validate(body)
        return etree.fromstring(body)

    return check


@pytest.fixture
def ask(client: FlaskClient, checked: Callable[[bytes], etree._Element]) -> Ask:
    """Give a function that sends an OAI-PMH request and returns the parsed, valid answer."""

    def send(verb: str, **arguments: str) -> etree._Element:
        query = {"verb": verb, **{name.rstrip("_"): value for name, value in arguments.items()}}
        answer = client.get("/oai", query_string=query)
        assert answer.status_code == 200
        return checked(answer.data)

    return send
