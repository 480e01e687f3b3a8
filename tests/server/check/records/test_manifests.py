"""The manifests of our records: each is held to every rule of IIIF documents, at its own address."""

from collections.abc import Callable

import pytest

from records.model import Record
from server.check.findings import Finding
from server.check.iiif.tables import DOCUMENT
from server.check.records import check_records, manifests
from server.library import Library
from tests.server.check.records.conftest import RECOMMENDED, Repository

Make = Callable[..., Record]
Publish = Callable[..., object]
URL = "http://127.0.0.1:8000/iiif/letter-1/manifest.json"
FAULTS = {
    "iiif-context": ('"@context": ?\\[[^]]*\\]', '"@context": "https://example.org/context.json"', "Manifest.@context"),
    "iiif-required": ('"label": ?', '"title":', "Manifest"),
    "iiif-duplicate-name": ('"type": ?"Manifest"', '"type": "Manifest", "type": "Manifest"', "Manifest"),
    "iiif-id-address": (f'"id": ?"{URL}"', '"id": "http://127.0.0.1:8000/manifest.json"', "Manifest.id"),
    "iiif-rights": ('"rights": ?"[^"]*"', '"rights": "all reserved"', "Manifest.rights"),
    "iiif-canvas-pair": ('"height": ?[0-9]+, ?"width"', '"width"', "Manifest.items[0]"),
}
"""What is replaced in a manifest by what, and the place where the fault is found, by the rule that it breaks."""


def test_manifests_are_held_to_every_rule_of_documents() -> None:
    """The rules are those of any IIIF document, each under its code."""
    assert list(manifests.CHECKS) == list(DOCUMENT)


@pytest.mark.parametrize("code", FAULTS)
def test_a_fault_of_a_manifest_is_found(repository: Repository, code: str) -> None:
    """Where it is, is told as with any document: the record, the document, the place in it."""
    pattern, new, where = FAULTS[code]
    repository.change("manifest", pattern, new)
    report = repository.checked(None)
    found = next(finding for finding in report.findings if finding.code == code)
    assert (found.record, found.where) == ("letter-1", f"letter-1 in manifest, {where}")


def test_a_manifest_that_is_no_json_is_one_fault(repository: Repository) -> None:
    """What cannot be read is not judged besides."""
    repository.change("manifest", "^.*$", "[1")
    found = [finding for finding in repository.checked(None).findings if "in manifest" in finding.where]
    expected = "a JSON object"
    said = f"{URL} is no JSON: Expecting ',' delimiter in line 1, column 3"
    assert found == [Finding("record-well-formed", "letter-1 in manifest", expected, said)]


def test_without_manifests_their_rules_are_not_checked(library: Library, make_record: Make, publish: Publish) -> None:
    """A record without text and images has none."""
    publish(make_record("letter-1"))
    report = check_records(library, schemas=None, pause=0, progress=lambda _count: None)
    assert {each.code: each.reason for each in report.unchecked}["iiif-rights"] == "no record has a manifest here"
    assert not RECOMMENDED & {finding.code for finding in report.findings}
