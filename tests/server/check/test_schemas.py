"""Schemas: fetched from their publishers once and kept, whole or not at all; the endpoint's own from the endpoint.

The publishers are a proxy on loopback that answers for all of them, as a proxy does for an operator without any other
way out.
"""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from wsgiref.simple_server import WSGIServer
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from click.testing import CliRunner
from lxml import etree

from mappings.namespaces import DATACITE, EDM, MARC, MODS, OAI_DC, RDF, SCHEMAS
from server.check.client import Client
from server.check.findings import CannotCheckError
from server.check.schemas import Cache, Catalog, Schemas, cache_folder
from server.cli import main
from tests.server.check.conftest import Provider, Quiet, listening
from tests.server.check.faulty import Fault

BESIDE = {
    "http://www.europeana.eu/schemas/edm/": "edm",
    "http://schema.datacite.org/meta/kernel-4/": "datacite/kernel-4.7",
    "http://dublincore.org/schemas/xmls/qdc/2008/02/11/": "dc/qdc-2008-02-11",
}
"""Folders of publishers whose schemas include others beside them, which the catalog does not name."""


class Publishers:
    """What the publishers have, and what they were asked for; `bodies` has what they send instead."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._catalog = folder, Catalog(folder)
        self.asked: list[str] = []
        self.bodies: dict[str, tuple[str, bytes]] = {}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        """Answer as a proxy: the path is the whole address."""
        address = environ["PATH_INFO"]
        self.asked.append(address)
        status, body = self.bodies.get(address) or ("200 OK", self._file(address).read_bytes())
        start_response(status, [("Content-Type", "application/xml")])
        return [body]

    def _file(self, address: str) -> Path:
        for place, folder in BESIDE.items():
            if address.startswith(place):
                return self._folder / folder / address.removeprefix(place)
        return self._catalog(address)


@pytest.fixture
def publishers(schemas: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Publishers]:
    """Give the publishers behind a proxy on loopback, and a cache that is empty."""
    with WSGIServer(("127.0.0.1", 0), Quiet) as server:
        found = Publishers(schemas)
        server.set_app(found)
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{server.server_port}")
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        monkeypatch.delenv("DRAGOMAN_SCHEMAS")
        with listening(server):
            yield found


def _fetching() -> Schemas:
    return Schemas(Cache(cache_folder(), Client(100, pause=0, allow_private=True).fetch))


@pytest.mark.parametrize(
    ("namespace", "schema", "count"),
    [(OAI_DC, OAI_DC, 3), (MODS, MODS, 3), (RDF, EDM, 24), (MARC, MARC, 1), (DATACITE, DATACITE, 12)],
)
def test_a_schema_and_what_it_includes_are_fetched_once(
    publishers: Publishers, namespace: str, schema: str, count: int
) -> None:
    """The next check finds them in the cache."""
    first = _fetching().importing((namespace, SCHEMAS[schema]))
    assert len(set(publishers.asked)) == len(publishers.asked) == count == len(list(cache_folder().iterdir()))
    again = _fetching().importing((namespace, SCHEMAS[schema]))
    assert len(publishers.asked) == count
    for official in (first, again):
        assert not official.validate(etree.fromstring("<a/>"))


@pytest.mark.parametrize(
    ("status", "body", "what"),
    [
        ("200 OK", b"<!DOCTYPE html><title>Welcome<p>", "HTTP status 200 and no XML"),
        ("200 OK", b"<html/>", "HTTP status 200 and the element html"),
        (
            "404 Not Found",
            b'<schema xmlns="http://www.w3.org/2001/XMLSchema"/>',
            "HTTP status 404 and the element {http://www.w3.org/2001/XMLSchema}schema",
        ),
    ],
)
@pytest.mark.parametrize(
    "address", ["http://www.openarchives.org/OAI/2.0/oai_dc.xsd", "http://www.w3.org/2001/03/xml.xsd"]
)
def test_what_is_no_schema_is_refused_and_not_kept(
    publishers: Publishers, address: str, status: str, body: bytes, what: str
) -> None:
    """Not for the schema itself, nor for one that it imports; it is asked for again another time."""
    publishers.bodies[address] = (status, body)
    refusing = _fetching()
    for _ in range(2):
        with pytest.raises(CannotCheckError) as refused:
            refusing.importing((OAI_DC, SCHEMAS[OAI_DC]))
        assert str(refused.value) == (
            f"{address} gave no schema, but {what}; DRAGOMAN_SCHEMAS may name a folder that has the schemas"
        )
    assert publishers.asked.count(address) == 1
    assert not any("xml.xsd" in file.name for file in cache_folder().glob("*") if "xml.xsd" in address)
    publishers.bodies.clear()
    _fetching().importing((OAI_DC, SCHEMAS[OAI_DC]))


def test_a_cache_that_cannot_be_written_is_said(
    publishers: Publishers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what to do."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    with pytest.raises(CannotCheckError) as refused:
        _fetching().importing((MARC, SCHEMAS[MARC]))
    assert len(publishers.asked) == 1
    assert str(refused.value) == (
        f"{SCHEMAS[MARC]} cannot be kept in {tmp_path}/file/dragoman/schemas: Not a directory; let XDG_CACHE_HOME name "
        "a folder that may be written"
    )


def test_the_cache_is_where_the_platform_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative XDG_CACHE_HOME is none (XDG Base Directory Specification)."""
    for named, found in (("/somewhere", "/somewhere"), ("here", "/home/me/.cache"), ("", "/home/me/.cache")):
        monkeypatch.setenv("HOME", "/home/me")
        monkeypatch.setenv("XDG_CACHE_HOME", named)
        assert cache_folder() == Path(found) / "dragoman" / "schemas"


@pytest.mark.parametrize("folder", [True, False])
def test_a_schema_of_the_endpoint_is_fetched_from_the_endpoint(
    publishers: Publishers, schemas: Path, provider: Provider, folder: bool
) -> None:
    """What it includes comes from its publisher, or out of the folder; so it is checked, not passed over."""
    provider.faulty.take(Fault())
    named = ["--schemas", str(schemas)] if folder else []
    arguments = [
        "check",
        provider.url,
        "--allow-private",
        "--pause",
        "0",
        "--format",
        "json",
        "--prefix",
        "oai_dcterms",
        *named,
    ]
    report = json.loads(CliRunner().invoke(main, arguments).stdout)
    assert report["findings"] == []
    assert {each["code"] for each in report["unchecked"]} == {"oai-date-too-fine", "oai-retry-after"}
    assert bool(publishers.asked) is not folder
    assert not any("127.0.0.1" in address for address in publishers.asked)


def test_the_folder_of_schemas_is_named_by_the_environment(
    publishers: Publishers, provider: Provider, schemas: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then nobody is asked for one."""
    provider.faulty.take(Fault())
    monkeypatch.setenv("DRAGOMAN_SCHEMAS", str(schemas))
    assert os.environ["HTTP_PROXY"]
    run: Callable[..., object] = CliRunner().invoke
    run(main, ["check", provider.url, "--allow-private", "--pause", "0"])
    assert publishers.asked == []
