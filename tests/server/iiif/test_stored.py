"""Stored manifests are answered before Flask, and as Flask answers them."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import Client

from records.model import Record
from records.store import Store
from server.iiif.stored import StoredManifests

Letter = Callable[..., Record]
ADDRESS = "/iiif/letter-1/manifest.json"

HEADERS = {
    "Accept": ["*/*", "application/json", "application/ld+json;q=0.5, application/json", "text/html", "a/b;q=x", ""],
    "Accept-Encoding": ["gzip", "identity", "gzip;q=0", "br, gzip;q=0.5", "*", "gzip;q=nan", ""],
    "If-None-Match": ["*", '"other"', "same", "the same, unmarked", '"a", W/"b"', "no tag", ""],
}


@pytest.fixture
def before_flask(app: Flask) -> Client:
    """A client of the application as it is served."""
    assert isinstance(app.wsgi_app, StoredManifests)
    return Client(app.wsgi_app)


@pytest.fixture
def by_flask(app: Flask) -> Client:
    """A client of the application without what stands before it."""
    assert isinstance(app.wsgi_app, StoredManifests)
    return Client(app.wsgi_app._app)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.sampled_from(["GET", "HEAD", "OPTIONS", "POST"]),
    st.fixed_dictionaries(
        {}, optional={name: st.sampled_from(values) | st.text('aq;=,*/."W0 ') for name, values in HEADERS.items()}
    ),
    st.booleans(),
)
def test_it_is_answered_as_flask_would(
    before_flask: Client, by_flask: Client, letter: Letter, method: str, headers: dict[str, str], large: bool
) -> None:
    """Status, headers and body are the same, whatever a client accepts and knows."""
    letter(extents=["12 leaves"] * 100 if large else [])
    tag = by_flask.get(ADDRESS).headers["ETag"]
    known = {"same": tag, "the same, unmarked": tag.removeprefix("W/")}
    sent = {name: known.get(value, value) for name, value in headers.items()}
    found = before_flask.open(ADDRESS, method=method, headers=sent)
    expected = by_flask.open(ADDRESS, method=method, headers=sent)
    assert (found.status_code, found.data) == (expected.status_code, expected.data)
    assert sorted(_headers(found.headers)) == sorted(_headers(expected.headers))


def _headers(headers: object) -> list[tuple[str, str]]:
    """Return headers but for the date, which the web server adds to all answers."""
    return [(name.lower(), value) for name, value in headers if name != "Date"]  # type: ignore[attr-defined]


def test_a_client_that_has_it_costs_its_digest_alone(
    client: FlaskClient, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The document is not read."""
    letter()
    tag = client.get(ADDRESS).headers["ETag"]
    monkeypatch.delattr(Store, "digested")
    assert client.get(ADDRESS, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("place", ["/iiif/letter-2/manifest.json", "/iiif//manifest.json", "/iiif/%00/manifest.json"])
def test_what_is_no_manifest_goes_on_to_flask(client: FlaskClient, letter: Letter, place: str) -> None:
    """Errors are those of the rest of IIIF: in JSON."""
    letter()
    response = client.get(place)
    assert (response.status_code, response.content_type) == (404, "application/json")
