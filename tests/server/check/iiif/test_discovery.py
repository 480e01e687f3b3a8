"""That faults of streams of changes are found: each rule has one that raises exactly it, the sound one raises none."""

import json
from typing import Any

import pytest

from server.check.iiif.discovery import STREAM
from tests.server.check.golden import assert_golden
from tests.server.check.iiif.checked import GONE, Break, changing, checked, codes, having
from tests.server.check.iiif.site import COLLECTION, JSON, MANIFEST, Page, Site

ALL, FIRST, LAST = "/activity/all.json", "/activity/0.json", "/activity/1.json"


def in_first(change: dict[str, Any]) -> Break:
    """Return the fault that the first activity is another one in something."""
    return lambda site: site.pages[FIRST].edit(lambda page: page["orderedItems"][0].update(change))


FAULTS: dict[str, Break] = {
    "iiif-discovery-answer": having(LAST, status=404),
    "iiif-discovery-context": changing(ALL, {"@context": "https://iiif.io/api/discovery/1/context.json"}),
    "iiif-discovery-required": changing(FIRST, {"id": GONE}),
    "iiif-discovery-recommended": changing(FIRST, {"next": GONE}),
    "iiif-discovery-id": changing(FIRST, {"id": "https://archive.example.org/activity/0.json"}),
    "iiif-discovery-chain": lambda site: (
        changing(LAST, {"prev": GONE})(site),
        changing(ALL, {"totalItems": 1})(site),
    ),
    "iiif-discovery-order": in_first({"endTime": "2026-01-03T00:00:00Z"}),
    "iiif-discovery-activity": in_first({"type": "Change"}),
    "iiif-discovery-time": in_first({"endTime": "2026-01-01"}),
    "iiif-discovery-total": changing(ALL, {"totalItems": 4}),
    "iiif-discovery-media-type": having(FIRST, media_type="text/html"),
    "iiif-discovery-cors": having(LAST, cors=None),
}


def test_every_rule_of_discovery_has_a_fault() -> None:
    """And nothing is broken that is no rule."""
    assert sorted(FAULTS) == sorted(STREAM)


def test_the_sound_stream_raises_nothing(site: Site) -> None:
    """Each page is asked once."""
    report = checked(site, ALL)
    assert (report.findings, report.unchecked, site.asked, report.records) == ([], [], [ALL, LAST, FIRST], 3)


@pytest.mark.parametrize("code", FAULTS)
def test_each_fault_raises_exactly_its_rule(site: Site, code: str) -> None:
    """One rule is broken, one rule is named; `tests/golden/check.json` has what is said of it first."""
    FAULTS[code](site)
    report = checked(site, ALL)
    assert codes(report) == {code}, report.findings
    assert_golden(report.findings[0])


OTHERS: dict[str, tuple[str, Break]] = {
    "a collection without its last page": ("iiif-discovery-required", changing(ALL, {"last": GONE})),
    "a page without activities": ("iiif-discovery-required", changing(LAST, {"orderedItems": []})),
    "an activity on nothing": ("iiif-discovery-activity", in_first({"object": "https://a.org/manifest"})),
    "a move to nowhere": ("iiif-discovery-activity", in_first({"type": "Move"})),
    "a time with an offset": ("iiif-discovery-time", in_first({"endTime": "2026-01-01T00:00:00+01:00"})),
    "pages in a circle": ("iiif-discovery-chain", changing(FIRST, {"prev": {"id": "HOST/activity/1.json"}})),
}


@pytest.mark.parametrize(("code", "break_it"), OTHERS.values(), ids=OTHERS)
def test_other_faults_are_found(site: Site, code: str, break_it: Break) -> None:
    """Among what follows from them."""
    break_it(site)
    site.pages[FIRST].body = site.pages[FIRST].body.replace(b"HOST", site.host.encode())
    assert code in codes(checked(site, ALL))


def test_what_may_be_raises_no_alarm(site: Site) -> None:
    """No times (level 0), a refresh, a move, and other contexts before ours."""
    site.pages[FIRST].edit(lambda page: page["orderedItems"][0].pop("endTime"))
    moved = {"type": "Move", "object": {"id": "https://a.org/1", "type": "Manifest"}}
    site.pages[FIRST].edit(
        lambda page: page["orderedItems"].extend(
            [
                {"type": "Refresh", "startTime": "2026-01-02T00:00:00Z"},
                moved | {"target": {"id": "https://a.org/2", "type": "Manifest"}},
            ]
        )
    )
    context = "http://iiif.io/api/discovery/1/context.json"
    changing(ALL, {"totalItems": GONE, "@context": ["https://a.org/context.json", context]})(site)
    assert checked(site, ALL).findings == []


def test_more_pages_than_the_sample_are_not_read(site: Site) -> None:
    """What needs all of them is not checked then."""
    report = checked(site, ALL, sample=1)
    assert (report.findings, site.asked) == ([], [ALL, LAST])
    reason = "the stream has more pages than the sample; --all reads all"
    assert {each.code: each.reason for each in report.unchecked} == {
        "iiif-discovery-chain": reason,
        "iiif-discovery-total": reason,
    }


def test_a_stream_without_end_is_read_as_far_as_it_may(site: Site) -> None:
    """Each page names another one before it."""

    class Endless(dict[str, Page]):
        def get(self, path: str, default: Page | None = None) -> Page | None:  # type: ignore[override]
            if not path.startswith("/activity/") or path == ALL:
                return super().get(path, default)
            page = {"type": "OrderedCollectionPage", "prev": {"id": f"{site.host}/activity/{len(site.asked)}.json"}}
            return Page(json.dumps(page).encode(), JSON)

    site.pages = Endless(site.pages)
    report = checked(site, ALL, sample=None, most=20)
    assert (report.requests, len(site.asked)) == (20, 20)
    assert "the limit of 20 requests was reached" in {each.reason for each in report.unchecked}


def _naming_the_stream(site: Site) -> None:
    """Let the collection name the stream."""
    named = {"id": f"{site.host}{ALL}", "type": "Dataset", "format": "application/json"}
    site.pages[COLLECTION].edit(lambda collection: collection.update(seeAlso=[named]))


def test_a_stream_that_a_collection_names_is_judged_too(site: Site) -> None:
    """Its rules stand beside those of the collection then, and not otherwise."""
    assert not set(checked(site, COLLECTION).rules) & set(STREAM)
    site.renew()
    _naming_the_stream(site)
    report = checked(site, COLLECTION)
    assert set(report.rules) >= set(STREAM)
    assert not set(STREAM) & (codes(report) | {each.code for each in report.unchecked})
    assert [address for address in site.asked if address in {ALL, FIRST, LAST}] == [ALL, LAST, FIRST]
    FAULTS["iiif-discovery-time"](site)
    assert "iiif-discovery-time" in codes(checked(site, COLLECTION))


def test_of_a_stream_that_is_named_the_last_pages_are_read(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that what else is linked has its turn; all, where all is asked for."""
    monkeypatch.setattr("server.check.iiif.visit.PAGES", 1)
    _naming_the_stream(site)
    report = checked(site, COLLECTION)
    assert FIRST not in site.asked
    assert {each.code for each in report.unchecked} >= {"iiif-discovery-chain", "iiif-discovery-total"}
    checked(site, COLLECTION, sample=None)
    assert FIRST in site.asked


@pytest.mark.parametrize("body", [b"", b"[]", b"<html>", b'{"orderedItems": [1, null, {"type": [], "object": 3}]}'])
def test_any_page_is_judged(site: Site, body: bytes) -> None:
    """As a finding, never a traceback."""
    site.pages[LAST].body = body
    assert codes(checked(site, ALL))


def test_activities_that_come_meanwhile_are_no_fault(site: Site) -> None:
    """Of a total that was told before them."""
    changing(ALL, {"totalItems": 2})(site)

    class Growing(dict[str, Page]):
        def get(self, path: str, default: Page | None = None) -> Page | None:  # type: ignore[override]
            if path == LAST:
                changing(ALL, {"totalItems": 3})(site)
            return super().get(path, default)

    site.pages = Growing(site.pages)
    assert checked(site, ALL).findings == []
    assert site.asked == [ALL, LAST, FIRST, ALL]
    assert MANIFEST in site.pages
