"""Every IIIF document that a store of samples and of hostile records serves: sound, at its own address, with its links.

The invariants of `tests/mappings/iiif/rules.py` and the independent checker look at the same documents.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from wsgiref.simple_server import WSGIServer

import pytest

from records.model import Record
from server.application import create_app
from server.check.iiif import document as checked
from server.check.iiif.tables import judged
from server.check.rules import RULES
from server.check.rules.rule import Level
from server.config import Config
from server.library import Library
from server.loading import Load
from tests import hostile
from tests.mappings.iiif import rules
from tests.samples import SAMPLES
from tests.server.check.conftest import Quiet, listening

Document = dict[str, Any]

PRESENTATION = {"Manifest", "Collection", "AnnotationPage"}
NAMES_ONLY = {"Canvas", "Range", "Annotation", "Agent"}


class Answer(NamedTuple):
    """An answer over HTTP."""

    status: int
    media_type: str
    origin: str | None
    body: bytes


class Site(NamedTuple):
    """A running server."""

    url: str
    library: Library

    def get(self, address: str) -> Answer:
        """Ask for an address of it."""
        request = Request(address, headers={"Origin": "https://viewer.example.org"})
        try:
            with urlopen(request, timeout=60) as answer:
                headers = answer.headers
                return Answer(
                    answer.status, headers.get_content_type(), headers["Access-Control-Allow-Origin"], answer.read()
                )
        except HTTPError as error:
            return Answer(error.code, error.headers.get_content_type(), None, b"")

    def documents(self) -> dict[str, Document]:
        """Return every document that is reached from the top collection, by its address."""
        found: dict[str, Document] = {}
        waiting = [f"{self.url}/iiif/collection.json"]
        while waiting:
            address = waiting.pop()
            if address not in found:
                found[address] = json.loads(self.get(address).body)
                waiting += [link["id"] for link in self.links(found[address]) if link["type"] in PRESENTATION]
        return found

    def links(self, document: Document) -> Iterator[Document]:
        """Yield every resource within a document that is served here by an address of its own."""
        for path, value in rules.walk(document):
            if path and isinstance(value, dict) and "id" in value and self._is_served(value):
                yield value

    def _is_served(self, found: Document) -> bool:
        painted = found["type"] == "AnnotationPage" and "items" in found
        ours = found["id"].startswith(f"{self.url}/")
        return ours and not painted and found["type"] not in NAMES_ONLY and not found["type"].endswith(("1", "2", "3"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Run a server over the samples and the hostile records, loaded as the command loads them."""
    folder = tmp_path_factory.mktemp("every")
    inputs = folder / "hostile"
    inputs.mkdir()
    (inputs / "records.json").write_text(json.dumps(hostile.records()))
    (inputs / "collections.toml").write_text(hostile.collections_toml())
    with WSGIServer(("127.0.0.1", 0), Quiet) as server:
        url = f"http://127.0.0.1:{server.server_port}"
        database_url = f"sqlite:///{folder}/store.sqlite"
        app = create_app(Config(base_url=url, database_url=database_url, media_folder=folder, cache_folder=folder))
        library: Library = app.extensions["dragoman"]
        Load(library, dry_run=False, tell=lambda _finding: None).run([SAMPLES, inputs])
        server.set_app(app)
        with listening(server):
            yield Site(url, library)
        library.store.database.close()


@pytest.fixture(scope="module")
def documents(site: Site) -> dict[str, Document]:
    """Give every document that is reached from the top collection, by its address."""
    return site.documents()


def test_every_document_stands_at_its_address_and_keeps_to_the_rules(
    documents: dict[str, Document], site: Site
) -> None:
    """From the top collection to each manifest of each record."""
    assert [address for address, document in documents.items() if document["id"] != address] == []
    assert [(address, found) for address, document in documents.items() if (found := rules.faults(document))] == []
    manifests = {address for address, document in documents.items() if document["type"] == "Manifest"}
    assert {f"{site.url}/iiif/{stated['identifier']}/manifest.json" for stated in hostile.records()} <= manifests


@pytest.mark.parametrize("stated", hostile.records(), ids=lambda stated: stated["identifier"][:20])
def test_every_link_of_a_hostile_record_answers_as_it_is_stated(
    documents: dict[str, Document], site: Site, stated: Document
) -> None:
    """With the stated media type, open to every host; of its canvases the first."""
    manifest = documents[f"{site.url}/iiif/{stated['identifier']}/manifest.json"]
    for link in site.links(manifest | {"items": manifest["items"][:1]}):
        answer = site.get(link["id"])
        assert answer.status == 200, link["id"]
        assert answer.media_type == link.get("format", "application/ld+json"), link["id"]
        assert answer.media_type == "text/html" or answer.origin == "*", link["id"]


def test_texts_come_back_as_they_were_stated(documents: dict[str, Document], site: Site) -> None:
    """A label differs from its title by the blank behind what looks like HTML, and by nothing else."""
    for stated in hostile.records():
        manifest = documents[f"{site.url}/iiif/{stated['identifier']}/manifest.json"]
        title = Record.model_validate(stated).title.text
        assert manifest["label"]["none"] == [f"{title} " if title[0] == "<" and title[-1] == ">" else title]


def test_the_checker_has_but_advice(documents: dict[str, Document], site: Site) -> None:
    """That tags stand in texts, and what nobody stated and yet should."""
    found = {
        finding.code
        for address in documents
        for finding in judged(checked.Document(address, site.get(address).body, (address, address)))
    }
    assert found == {"iiif-recommended", "iiif-recommended-link", "iiif-markup-bare"}
    assert {RULES[code].level for code in found} == {Level.SHOULD, Level.ADVICE}


@pytest.mark.parametrize("text", hostile.REFUSED_TEXTS.values(), ids=hostile.REFUSED_TEXTS)
def test_what_no_xml_can_carry_is_refused_at_load(site: Site, tmp_path: Path, text: str) -> None:
    """By its code point, its place and its field; nothing of the record is served."""
    record = {"identifier": "refused", "titles": [{"text": f"T{text}"}], "texts": [{"content": "x"}]}
    (tmp_path / "refused.json").write_text(json.dumps(record))
    told: list[str] = []
    Load(site.library, dry_run=False, tell=lambda finding: told.append(str(finding))).run([tmp_path])
    code = f"U+{ord(text[0]):04X}"
    assert [(code in each, "titles.0.text" in each, "refused.json" in each) for each in told] == [(True, True, True)]
    assert site.get(f"{site.url}/iiif/refused/manifest.json").status == 404


@pytest.mark.parametrize("address", hostile.REFUSED_ADDRESSES)
def test_what_is_no_web_address_is_refused_at_load(site: Site, tmp_path: Path, address: str) -> None:
    """So that no link of a manifest or a page leads there."""
    record = {"identifier": "refused", "titles": [{"text": "T"}], "links": [{"url": address}]}
    (tmp_path / "refused.json").write_text(json.dumps(record))
    told: list[str] = []
    Load(site.library, dry_run=False, tell=lambda finding: told.append(str(finding))).run([tmp_path])
    assert [("links.0.url" in each, "is not a web address" in each) for each in told] == [(True, True)]
    assert site.get(f"{site.url}/records/refused").status == 404
