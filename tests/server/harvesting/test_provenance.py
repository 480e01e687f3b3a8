"""What we pass on says where it is from: the guidelines' provenance container, in the format that it came in."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import etree

from records.backup import back_up
from records.errors import Fault
from records.readers import read
from records.readers.found import Taken
from records.restore import restore
from records.store import Selection
from server.library import Library
from server.loading import Load
from tests.server.harvesting.repositories import OAI, Answer, Harvesting, Strange, listed

NAMESPACE = "http://www.openarchives.org/OAI/2.0/provenance"
ABOUT = f"{{{OAI}}}about"

Validate = Callable[[bytes], None]


@pytest.fixture
def listing(client: FlaskClient, validate: Validate) -> Callable[..., bytes]:
    """Give a function that returns a valid answer of ours."""

    def ask(**arguments: str) -> bytes:
        body = bytes(client.get("/oai", query_string=arguments).data)
        validate(body)
        return body

    return ask


def origin(harvested: str = "2026-03-01T10:00:00Z", within: str = "") -> str:
    """Return what is said of the record `oai:x:a` of another repository."""
    return (
        f'<originDescription xmlns="{NAMESPACE}" harvestDate="{harvested}" altered="true">'
        "<baseURL>https://x.example.org/oai</baseURL><identifier>oai:x:a</identifier><datestamp>2026-01-01</datestamp>"
        f"<metadataNamespace>{OAI}oai_dc/</metadataNamespace>{within}</originDescription>"
    )


def at(date: str, about: str = "") -> Answer:
    """Return a list page of the record `oai:x:a`, as of a date."""
    status, headers, body = listed("oai:x:a")
    body = body.replace(b"<request/>", b"<request>https://x.example.org/oai</request>")
    body = body.replace(b"2026-03-01T10:00:00Z", date.encode())
    return status, headers, body.replace(b"</metadata>", b"</metadata>" + about.encode())


def descriptions(body: bytes) -> list[bytes]:
    """Return what is said of the origin of each record, as canonical XML."""
    found = etree.fromstring(body).iterfind(f".//{ABOUT}/{{{NAMESPACE}}}provenance/{{{NAMESPACE}}}originDescription")
    return [canonical(etree.tostring(element, with_tail=False)) for element in found]


def canonical(text: str | bytes) -> bytes:
    """Return XML in its canonical form, without the namespaces that it does not use."""
    return etree.tostring(etree.fromstring(text), method="c14n", exclusive=True)


def test_it_stands_in_lists_and_in_single_records_of_the_format_that_came(
    harvest: Harvesting, strange: Strange, listing: Callable[..., bytes]
) -> None:
    """In no other."""
    strange.answer = lambda _query: at("2026-03-01T10:00:00Z")
    assert harvest(strange.endpoint).faults == []
    wanted = [canonical(origin())]
    assert descriptions(listing(verb="GetRecord", identifier="oai:x:a", metadataPrefix="oai_dc")) == wanted
    assert descriptions(listing(verb="ListRecords", metadataPrefix="oai_dc")) == wanted
    assert b"<about>" not in listing(verb="ListRecords", metadataPrefix="mods")
    assert b"<about>" not in listing(verb="ListIdentifiers", metadataPrefix="oai_dc")


def test_it_stands_in_packed_lists_and_outlives_a_backup(
    harvest: Harvesting,
    strange: Strange,
    listing: Callable[..., bytes],
    library: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A restored store says of each record what it said before."""
    monkeypatch.setattr("records.stretches.SIZE", 1)
    strange.answer = lambda _query: at("2026-03-01T10:00:00Z")
    harvest(strange.endpoint)
    assert library.store.pack(["oai_dc"])
    assert library.store.window(Selection("oai_dc"), limit=9, form="plain").rows == []
    assert descriptions(listing(verb="ListRecords", metadataPrefix="oai_dc")) == [canonical(origin())]
    backup = tmp_path / "backup"
    back_up(library.store.database, backup, force=False, progress=lambda _count: None)
    restore(library.store.database, backup, force=True, progress=lambda _count: None)
    assert descriptions(listing(verb="ListRecords", metadataPrefix="oai_dc")) == [canonical(origin())]


def test_what_came_before_stands_within(harvest: Harvesting, strange: Strange, listing: Callable[..., bytes]) -> None:
    """However often it was passed on."""
    first = origin("2020-01-01", origin("2019-01-01T00:00:00Z"))
    strange.answer = lambda _query: at(
        "2026-03-01T10:00:00Z", f'<about><provenance xmlns="{NAMESPACE}">{first}</provenance></about>'
    )
    harvest(strange.endpoint)
    assert descriptions(listing(verb="ListRecords", metadataPrefix="oai_dc")) == [
        canonical(origin("2026-03-01T10:00:00Z", first))
    ]


def test_harvested_again_it_does_not_move(harvest: Harvesting, strange: Strange, listing: Callable[..., bytes]) -> None:
    """When it was harvested is no change; that it was stamped anew there is one, in that format alone."""
    strange.answer = lambda _query: at("2026-03-01T10:00:00Z")
    harvest(strange.endpoint)
    strange.answer = lambda _query: at("2026-04-01T10:00:00Z")
    again = harvest(strange.endpoint)
    assert (again.report.outcomes, again.report.moved) == ({"unchanged": 1}, {})
    assert descriptions(listing(verb="ListRecords", metadataPrefix="oai_dc")) == [canonical(origin())]
    status, headers, body = at("2026-05-01T10:00:00Z")
    strange.answer = lambda _query: (status, headers, body.replace(b"2026-01-01", b"2026-04-30"))
    assert harvest(strange.endpoint).report.moved == {"oai_dc": 1}


@pytest.mark.parametrize(
    "within", [origin("last year"), f"{origin()}<x:y/>", "<originDescription>last</originDescription>"]
)
def test_a_container_that_is_not_sound_is_kept_and_noted(tmp_path: Path, within: str) -> None:
    """Nothing invalid is passed on, and nothing is dropped."""
    container = f'<provenance xmlns="{NAMESPACE}">{within}</provenance>'
    _status, _headers, body = at("2026-03-01T10:00:00Z", f"<about>{container}</about>")
    (tmp_path / "saved.xml").write_bytes(body)
    taken, *_errors = read(tmp_path / "saved.xml")
    assert isinstance(taken, Taken)
    assert taken.record.provenance
    assert (taken.record.provenance.base_url, taken.record.provenance.earlier) == ("https://x.example.org/oai", None)
    assert "originDescription" in taken.record.unmapped["provenance"][0]
    assert [(fault.field, fault.problem) for fault in taken.told.noted] == [
        ("provenance", "came as the guidelines do not want it, and is kept as unmapped; ask the repository to mend it")
    ]


def test_what_cannot_stand_in_a_container_is_noted(tmp_path: Path) -> None:
    """The record is taken without it."""
    body = at("2026-03-01T10:00:00Z")[2].replace(b"2026-01-01", b"1st of May")
    (tmp_path / "saved.xml").write_bytes(body)
    (taken,) = read(tmp_path / "saved.xml")
    assert isinstance(taken, Taken)
    assert taken.record.provenance is None
    assert taken.told.noted == (
        Fault(
            "provenance.datestamp",
            "is not passed on: '1st of May' is no datestamp; write 2026-01-31 or 2026-01-31T12:00:00Z",
            "1st of May",
        ),
    )


def test_a_saved_response_says_it_too(library: Library, tmp_path: Path, listing: Callable[..., bytes]) -> None:
    """It names its repository and its time."""
    (tmp_path / "saved.xml").write_bytes(at("2026-03-01T10:00:00Z")[2])
    load = Load(library, dry_run=False, tell=lambda finding: pytest.fail(str(finding)))
    load.run([tmp_path / "saved.xml"])
    assert descriptions(listing(verb="ListRecords", metadataPrefix="oai_dc")) == [canonical(origin())]
