"""That faults of what answers are found: each rule has one that raises exactly it, a sound archive raises none."""

import re

import pytest

from server.check import client as client_module
from server.check.checking import Choice, report_on
from server.check.client import Client
from server.check.findings import CannotCheckError, Unchecked
from server.check.iiif import image, search
from server.check.iiif.tables import ANSWERED, LINKED
from server.check.iiif.visit import OTHERWISE, check_fetched
from tests.server.check.golden import assert_golden
from tests.server.check.iiif.checked import GONE, Break, changing, checked, codes, having
from tests.server.check.iiif.site import COLLECTION, MANIFEST, Site, document, picture
from tests.server.check.iiif.sound import CONTEXT

INFO, PICTURE = "/image/3/info.json", "/image/3/full/30,40/0/default.jpg"


FAULTS: dict[str, Break] = {
    "iiif-response-type": having(MANIFEST, media_type="text/plain"),
    "iiif-response-cors": having(MANIFEST, cors=None),
    "iiif-response-compressed": having(MANIFEST, compresses=False),
    "iiif-response-accept": having(MANIFEST, negotiates=False),
    "iiif-response-head": having(MANIFEST, heads=False),
    "iiif-link-answer": lambda site: site.pages.pop("/letter.xml"),
    "iiif-link-type": having("/letter.xml", media_type="text/xml"),
    "iiif-link-document": having(COLLECTION, body=b"<!DOCTYPE html>"),
    "iiif-link-measure": having("/images/page-2.jpg", body=picture(310, 400)),
    "iiif-link-cors": having("/images/page-2.jpg", cors="https://archive.example.org"),
    "iiif-image-answer": lambda site: site.pages.pop(INFO),
    "iiif-image-media-type": having(INFO, media_type="text/json"),
    "iiif-image-cors": having(INFO, cors=None),
    "iiif-image-version": changing(INFO, {"@context": "http://iiif.io/api/image/4/context.json"}),
    "iiif-image-id": changing(INFO, {"id": "https://archive.example.org/image/3/"}),
    "iiif-image-required": changing(INFO, {"height": GONE}),
    "iiif-image-protocol": changing(INFO, {"protocol": "https://iiif.io/api/image"}),
    "iiif-image-profile": changing(INFO, {"profile": ["level0"]}),
    "iiif-image-profile-told": changing(INFO, {"profile": "level2"}),
    "iiif-image-measure": changing(INFO, {"width": "300"}),
    "iiif-image-sizes": changing(INFO, {"sizes": [{"width": 30, "height": 40}, {"width": 150}]}),
    "iiif-image-tiles": changing(
        INFO, {"tiles": [{"width": 100, "scaleFactors": [1, 2]}, {"width": 100, "scaleFactors": [4]}]}
    ),
    "iiif-image-limits": changing(INFO, {"maxWidth": 100}),
    "iiif-image-formats": changing(INFO, {"preferredFormats": ["avif"]}),
    "iiif-image-request": having(PICTURE, status=400, body=b"Bad size"),
    "iiif-image-request-size": having(PICTURE, body=picture(30, 39)),
    "iiif-search-answer": having("/search/2", status=500),
    "iiif-search-context": changing("/search/2", {"@context": CONTEXT}),
    "iiif-search-items": changing("/search/2", {"items": ["https://archive.example.org/1"]}),
    "iiif-search-ignored": changing("/search/2", {"ignored": ["date"]}),
    "iiif-search-found": changing("/search/2", {"items": []}),
    "iiif-search-paging": changing("/search/2", {"partOf": {"id": "https://archive.example.org/all"}}),
    "iiif-search-contexts": changing("/search/1", {"hits": [{"@type": "search:Hit", "annotations": ["z"]}]}),
    "iiif-search-terms": changing("/complete/1", {"terms": [{"match": "dear"}]}),
}


def test_every_rule_of_the_web_has_a_fault() -> None:
    """And nothing is broken that is no rule."""
    assert sorted(FAULTS) == sorted([*LINKED, *ANSWERED, *OTHERWISE, *image.RULES, *search.RULES])


@pytest.mark.parametrize("path", [MANIFEST, COLLECTION])
def test_the_sound_archive_raises_nothing(site: Site, path: str) -> None:
    """No false alarm, all that can be looked at is, and no address is asked without need.

    The document is asked four times more in other ways, each search once more for what it ignores, and one for its next
    page.
    """
    report = checked(site, path)
    assert (report.findings, report.unchecked) == ([], [])
    asked = {address.partition("?")[0] for address in site.asked}
    assert sorted(asked) == [path for path in sorted(site.pages) if not path.startswith("/activity/")]
    assert len(site.asked) == len(asked) + 7 == report.requests
    assert report.records == {MANIFEST: 2, COLLECTION: 3}[path]


@pytest.mark.parametrize("code", FAULTS)
def test_each_fault_raises_exactly_its_rule(site: Site, code: str) -> None:
    """One rule is broken, one rule is named; `tests/golden/check.json` has what is said of it first."""
    FAULTS[code](site)
    findings = checked(site).findings
    assert {finding.code for finding in findings} == {code}, findings
    assert_golden(findings[0])


def test_without_links_only_the_document_is_asked(site: Site) -> None:
    """And the report says what was not looked at."""
    report = checked(site, follow=False)
    assert (report.findings, site.asked) == ([], [MANIFEST] * 5)
    assert {each.code: each.reason for each in report.unchecked} == dict.fromkeys(
        [*LINKED, *image.RULES, *search.RULES], "links are not followed; --links follows them"
    )


def test_no_more_links_are_followed_than_the_sample(site: Site) -> None:
    """How many are left is said. Services that search come first, and are asked twice, and once for each page."""
    report = checked(site, sample=3)
    assert [address.partition("?")[0] for address in site.asked] == [
        *[MANIFEST] * 5,
        *("/search/2", "/search/2", "/search/2", "/complete/2", "/search/1", "/search/1"),
    ]
    reasons = {each.code: each.reason for each in report.unchecked}
    assert reasons["iiif-link-answer"] == "15 links beyond the sample were not followed; --all follows all"


def test_no_more_requests_are_sent_than_may_be(site: Site) -> None:
    """What is left is said."""
    report = checked(site, most=7)
    assert len(site.asked) == 7
    assert "the limit of 7 requests was reached" in {each.reason for each in report.unchecked}


def test_manifests_of_a_collection_are_judged(site: Site) -> None:
    """With their links, and told with their addresses."""
    site.pages[MANIFEST].edit(lambda manifest: manifest.update(rights="none"))
    site.pages.pop("/letter.txt")
    findings = {finding.code: finding.where for finding in checked(site, COLLECTION).findings}
    assert findings == {
        "iiif-rights": f"{site.host}{MANIFEST} Manifest.rights",
        "iiif-link-answer": f"{site.host}{MANIFEST} Manifest.rendering[0] ({site.host}/letter.txt)",
    }


def test_what_stands_above_is_not_judged(site: Site) -> None:
    """That the collection of a manifest answers is enough."""
    site.pages[COLLECTION].edit(lambda collection: collection.update(rights="none"))
    assert checked(site).findings == []


def test_a_manifest_of_another_version_in_a_collection_is_legal(site: Site) -> None:
    """It is said, and not judged (5.1)."""
    former = {"@context": "http://iiif.io/api/presentation/2/context.json", "@type": "sc:Manifest"}
    site.pages[MANIFEST].edit(lambda manifest: (manifest.clear(), manifest.update(former)))
    report = checked(site, COLLECTION)
    assert report.findings == []
    assert {each.code: each.reason for each in report.unchecked}["iiif-link-document"] == (
        f"{site.host}{MANIFEST} is a Manifest of Presentation 2.0 or 2.1; what is checked is Presentation 3.0. Give "
        "the address of the same in that version, if there is one"
    )


def test_pages_of_annotations_elsewhere_are_judged(site: Site) -> None:
    """As if they stood in the manifest."""
    lines = site.pages[MANIFEST].content["items"][0]["annotations"][0]
    lines["id"] = f"{site.host}/lines.json"
    lines["items"][0]["id"] = "line-1"
    site.pages["/lines.json"] = document({"@context": CONTEXT, **lines})
    named = {"id": lines["id"], "type": "AnnotationPage"}
    site.pages[MANIFEST].edit(lambda manifest: manifest["items"][0].update(annotations=[named]))
    report = checked(site)
    (finding,) = report.findings
    assert (finding.code, finding.where, report.records) == (
        "iiif-id-uri",
        f"{site.host}/lines.json AnnotationPage.items[0].id",
        3,
    )


def test_a_link_that_nobody_answers_is_a_finding(site: Site) -> None:
    """With the reason."""
    site.pages[MANIFEST].edit(lambda manifest: manifest["seeAlso"][0].update(id="http://127.0.0.1:1/letter.xml"))
    (finding,) = checked(site).findings
    assert finding.code == "iiif-link-answer"
    assert finding.found.startswith("http://127.0.0.1:1/letter.xml cannot be reached: ")


HOSTILE: dict[str, Break] = {
    "a circle of redirects": having("/letter.xml", status=302, location="/letter.xml"),
    "a redirect to another scheme": having("/letter.xml", status=302, location="file:///etc/passwd"),
    "an image that is none": having("/images/page-1.jpg", body=b"\xff\xd8\xff" + b"x" * 1000),
    "nothing": having("/images/page-1.jpg", body=b""),
    "JSON without end": having(COLLECTION, body=b'{"type": "Collection", "items": ' + b"[" * 100_000),
    "JSON that is a number": having(COLLECTION, body=b"3"),
    "no JSON": having(COLLECTION, body=b"\xff\xfe"),
}


@pytest.mark.parametrize("break_it", HOSTILE.values(), ids=HOSTILE)
def test_whatever_is_linked_is_judged(site: Site, break_it: Break) -> None:
    """As a finding of a link, or as nothing that could be looked at."""
    break_it(site)
    assert codes(checked(site)) <= {"iiif-link-answer", "iiif-link-document"}


def test_collections_in_a_circle_are_read_once(site: Site) -> None:
    """Each names the other."""
    other = {**site.pages[COLLECTION].content, "id": f"{site.host}/other.json"}
    named = {"type": "Collection", "label": {"en": ["x"]}, "thumbnail": site.pages[COLLECTION].content["thumbnail"]}
    other["items"] = [{"id": f"{site.host}{COLLECTION}", **named}]
    site.pages["/other.json"] = document(other)
    site.pages[COLLECTION].edit(lambda it: it["items"].append({"id": f"{site.host}/other.json", **named}))
    report = checked(site, COLLECTION)
    assert (report.findings, report.records) == ([], 4)


ANOTHER: list[tuple[str, dict[str, object], str]] = [
    (
        MANIFEST,
        {"body": b'{"error": "gone"}', "status": 410},
        "{} was answered with HTTP status 410; give the address of a document",
    ),
    (
        MANIFEST,
        {"body": b'{"a": 1,}'},
        "{} is no JSON: Expecting property name enclosed in double quotes in line 1, column 9",
    ),
    (
        MANIFEST,
        {"body": b'{"type": "FeatureCollection"}'},
        "{} is JSON, but no IIIF: it names no @context of IIIF, and its type is FeatureCollection",
    ),
    (
        f"{MANIFEST}?a=1",
        {"body": b"<html/>"},
        "{} is no JSON, so no IIIF document, and more than the base URL of an OAI-PMH endpoint; leave away what begins "
        "with ?",
    ),
]


@pytest.mark.parametrize(("path", "changed", "sentence"), ANOTHER)
def test_what_is_no_document_is_one_sentence(site: Site, path: str, changed: dict[str, object], sentence: str) -> None:
    """It cannot be checked."""
    having(MANIFEST, **changed)(site)
    with pytest.raises(CannotCheckError) as caught:
        checked(site, path)
    assert str(caught.value) == sentence.format(f"{site.host}{path}")


def test_the_local_network_is_not_asked(site: Site) -> None:
    """Unless that is allowed; nothing is sent."""
    choice = Choice("oai_dc", None, 100, None, None)
    with pytest.raises(CannotCheckError) as caught:
        report_on(f"{site.host}{MANIFEST}", choice, most=10, pause=0, progress=lambda _count: None, allow_private=False)
    assert str(caught.value) == (
        "127.0.0.1 is at 127.0.0.1, which is no public address; --allow-private asks there too"
    )
    assert site.asked == []


def test_what_was_found_is_kept_when_the_check_is_stopped(site: Site) -> None:
    """The rest is not checked, and the report says so."""
    site.pages[MANIFEST].edit(lambda manifest: manifest.update(rights="none"))
    client = Client(100, pause=0, allow_private=True)
    url = f"{site.host}{MANIFEST}"
    fetched = client.fetch(url)

    def stop(_count: int) -> None:
        if client.sent == 7:
            raise KeyboardInterrupt

    client.progress = stop
    report = check_fetched(client, url, fetched, sample=100, follow=True)
    assert (codes(report), report.stopped, report.requests) == ({"iiif-rights"}, True, 7)
    assert {each.code: each.reason for each in report.unchecked}["iiif-image-answer"] == "the check was stopped before"


def test_one_image_service_is_asked_before_all_images(site: Site) -> None:
    """So that a manifest of many pages does not hide it from a small sample."""
    checked(site, sample=5)
    assert "/image/3/info.json" in site.asked
    assert "/image/2/info.json" not in site.asked


def test_a_document_that_is_too_large_is_not_read(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was to be checked cannot be; what is linked is not checked, and the report says so."""
    monkeypatch.setattr(client_module, "LARGEST", 1024**2)
    site.pages[COLLECTION].body += b" " * 1024**2
    sentence = f"{site.host}{COLLECTION} sent more than 1 MB in one answer; we read no further"
    with pytest.raises(CannotCheckError, match=re.escape(sentence)):
        checked(site, COLLECTION)
    report = checked(site)
    assert (report.findings, Unchecked("iiif-link-answer", sentence) in report.unchecked) == ([], True)


def test_a_link_with_broken_tls_is_a_finding(site: Site) -> None:
    """Nobody reads it either."""
    secure = site.host.replace("http:", "https:")
    site.pages[MANIFEST].edit(lambda manifest: manifest["seeAlso"][0].update(id=f"{secure}/letter.xml"))
    (finding,) = checked(site).findings
    assert (finding.code, "SSL" in finding.found) == ("iiif-link-answer", True)
