"""That faults of documents are found: each rule has one that raises exactly it, and sound documents raise none."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from server.check.findings import CannotCheckError, Finding
from server.check.iiif.discovery import STREAM
from server.check.iiif.document import Document, read
from server.check.iiif.tables import DOCUMENT, judged
from server.check.iiif.versions import IMAGE, PRESENTATION, kind
from server.check.iiif.visit import RULES
from server.check.rules.iiif import IIIF_RULES
from server.check.rules.rule import Rule
from tests.server.check.golden import assert_golden
from tests.server.check.iiif.faults import FAULTS, at
from tests.server.check.iiif.jsons import JSON
from tests.server.check.iiif.sound import collection, manifest

FETCHED = "iiif-id-address"
"""What only a document that was fetched can break."""


def found(body: bytes) -> set[str]:
    """Return the codes of the rules that a document breaks."""
    return {finding.code for finding in judged(Document("the document", body))}


@pytest.mark.parametrize("make", [manifest, collection])
def test_a_sound_document_raises_nothing(make: Callable[[], dict[str, Any]]) -> None:
    """With nearly all of Presentation 3.0 in it, es-419 among its languages."""
    assert list(judged(Document("sound", json.dumps(make()).encode()))) == []


def test_every_rule_of_documents_has_a_fault() -> None:
    """And nothing is broken that is no rule."""
    assert sorted(DOCUMENT) == sorted([*FAULTS, FETCHED])


@pytest.mark.parametrize("code", FAULTS)
def test_each_fault_raises_exactly_its_rule(code: str) -> None:
    """One rule is broken, one rule is named; `tests/golden/check.json` has what is said of it first."""
    findings = list(judged(Document("the document", FAULTS[code].body)))
    assert {finding.code for finding in findings} == {code}, findings
    assert_golden(findings[0])


def test_a_document_names_the_address_that_it_was_fetched_from() -> None:
    """Either the one that was asked or, after a redirect, the one that answered."""
    body = json.dumps(manifest()).encode()
    asked, answered = "http://archive.example.org/iiif/letter-1/manifest.json", manifest()["id"]
    assert list(judged(Document(asked, body, (asked, answered)))) == []
    (finding,) = judged(Document(asked, body, (asked,)))
    assert finding == Finding(FETCHED, "Manifest.id", asked, answered)
    assert_golden(finding)


def test_another_document_is_named_in_each_place() -> None:
    """That of a linked one is told with its address."""
    document = Document("https://a.org/manifest.json", FAULTS["iiif-rights"].body, main=False)
    assert [finding.where for finding in judged(document)] == ["https://a.org/manifest.json Manifest.rights"]


def _paths(value: object, *path: str | int) -> Iterator[tuple[str | int, ...]]:
    steps: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, each in steps:
        yield (*path, step)
        yield from _paths(each, *path, step)


@pytest.mark.parametrize("make", [manifest, collection])
@given(data=some.data())
def test_any_json_is_judged(make: Callable[[], dict[str, Any]], data: some.DataObject) -> None:
    """Whatever stands in whatever place: a finding, never a traceback."""
    document = make()
    path = data.draw(some.sampled_from(list(_paths(document))))
    at(document, *path[:-1])[path[-1]] = data.draw(JSON)
    list(judged(Document("the document", json.dumps(document).encode())))


UNREADABLE = {
    b"": "x is no JSON: Expecting value in line 1, column 1",
    b'{"id": "a",}': "x is no JSON: Expecting property name enclosed in double quotes in line 1, column 12",
    b"<html></html>": "x is no JSON: Expecting value in line 1, column 1",
    b'{"label": "\xe9t\xe9"}': "x is no JSON: it is not in UTF-8 (invalid continuation byte at byte 11)",
    b"[]": "x is JSON, but no object that could be a manifest or a collection",
    b'{"a":' * 101 + b"1" + b"}" * 101: "x is nested deeper than 100 levels, which no manifest or collection is",
    b"[" * 100_000: "x is no JSON that we can read: too deeply nested, or with too long numbers",
    b'{"a": ' + b"9" * 5000 + b"}": "x is no JSON that we can read: too deeply nested, or with too long numbers",
}


@pytest.mark.parametrize(("body", "sentence"), UNREADABLE.items(), ids=range(len(UNREADABLE)))
def test_what_cannot_be_read_is_one_sentence(body: bytes, sentence: str) -> None:
    """With the place, where there is one."""
    with pytest.raises(CannotCheckError) as caught:
        read(body, "x")
    assert str(caught.value) == sentence


OTHERS: dict[str, tuple[dict[str, Any], str]] = {
    "2.1": (
        {"@context": "http://iiif.io/api/presentation/2/context.json", "@type": "sc:Manifest", "label": "A letter"},
        "x is a Manifest of Presentation 2.0 or 2.1; what is checked is Presentation 3.0. Give the address of the same "
        "in that version, if there is one",
    ),
    "2 without a context": (
        {"@type": "sc:Collection"},
        "x is a Collection of Presentation 2.0 or 2.1; what is checked is Presentation 3.0. Give the address of the "
        "same in that version, if there is one",
    ),
    "1": (
        {"@context": "http://www.shared-canvas.org/ns/context.json", "@type": "sc:Manifest"},
        "x is a Manifest of Presentation 1; what is checked is Presentation 3.0. Give the address of the same in that "
        "version, if there is one",
    ),
    "4": (
        {"@context": "http://iiif.io/api/presentation/4/context.json", "type": "Manifest"},
        "x is a Manifest of Presentation 4.0; what is checked is Presentation 3.0. Give the address of the same in "
        "that version, if there is one",
    ),
    "an answer to a search": (
        {"@context": "http://iiif.io/api/search/2/context.json", "type": "TermList"},
        "x is of IIIF's search API, version 2, which is not checked by itself",
    ),
    "no IIIF": (
        {"type": "FeatureCollection"},
        "x is JSON, but no IIIF: it names no @context of IIIF, and its type is FeatureCollection",
    ),
    "nothing": ({}, "x is JSON, but no IIIF: it names no @context of IIIF, and its type is not stated"),
}


@pytest.mark.parametrize(("root", "sentence"), OTHERS.values(), ids=OTHERS)
def test_what_is_of_another_version_is_said(root: dict[str, Any], sentence: str) -> None:
    """In one sentence, with what to do."""
    with pytest.raises(CannotCheckError) as caught:
        kind(root, "x")
    assert str(caught.value) == sentence


def test_what_says_that_it_is_of_3_is_checked_as_that() -> None:
    """Also where the context is lost, or written with https; and images are known by theirs."""
    assert kind({"type": "Manifest"}, "x") == PRESENTATION
    assert kind({"@context": "https://iiif.io/api/presentation/3/context.json"}, "x") == PRESENTATION
    assert kind({"@context": "http://iiif.io/api/image/3/context.json"}, "x") == IMAGE


@pytest.mark.parametrize("rule", IIIF_RULES, ids=[rule.code for rule in IIIF_RULES])
def test_each_rule_is_written_for_people(rule: Rule) -> None:
    """Whole sentences, a section, a link to it."""
    assert re.fullmatch(r"iiif(-[a-z0-9]+)+", rule.code)
    assert re.fullmatch(r"[A-Z][^\n]*\.", rule.sentence)
    assert re.fullmatch(r"[A-Z][^\n]*\.", rule.remedy)
    assert re.fullmatch(r"[1-6](\.[0-9]){0,2}|A", rule.section)
    assert re.fullmatch(r"https://iiif\.io/api/(presentation|image|search|discovery)/[123]\.0/#[a-z0-9-]+", rule.link)


def test_each_rule_has_its_check() -> None:
    """And nothing is checked that is no rule; no code comes twice."""
    assert sorted([*RULES, *STREAM]) == sorted(rule.code for rule in IIIF_RULES)
