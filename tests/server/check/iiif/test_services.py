"""More of image services and searches: version 2 and 1, what may be, and whatever else may answer."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from server.check.client import Fetched
from server.check.iiif.image import DESCRIBED, Info, small
from server.check.iiif.services import IMAGE, Service
from tests.server.check.iiif.checked import GONE, Break, changing, checked, codes, having
from tests.server.check.iiif.jsons import JSON_OBJECTS
from tests.server.check.iiif.site import MANIFEST, Site, picture
from tests.server.check.iiif.sound import CONTEXT

INFO_2, INFO_3 = "/image/2/info.json", "/image/3/info.json"
PICTURE_2 = "/image/2/full/100,/0/default.jpg"

OTHERS: dict[str, tuple[str, Break]] = {
    "version 2 where 3 is told": (
        "iiif-image-version",
        lambda site: site.pages[INFO_3].edit(lambda info: info.update(site.pages[INFO_2].content)),
    ),
    "2 with another @id": ("iiif-image-id", changing(INFO_2, {"@id": "https://a.org/image/2"})),
    "2 with the level of 3": ("iiif-image-profile", changing(INFO_2, {"profile": ["level9"]})),
    "2 without @id": ("iiif-image-required", changing(INFO_2, {"@id": GONE})),
    "2 with a limit that is none": (
        "iiif-image-measure",
        changing(INFO_2, {"profile": ["http://iiif.io/api/image/2/level1.json", {"maxWidth": 0}]}),
    ),
    "a highest without a widest": ("iiif-image-measure", changing(INFO_3, {"maxWidth": GONE})),
    "2 whose picture is another one": ("iiif-image-request-size", having(PICTURE_2, body=picture(90, 120))),
    "a picture that is a web page": (
        "iiif-image-request",
        having(PICTURE_2, body=b"<html>", media_type="text/html"),
    ),
    "sizes that are an object": ("iiif-image-sizes", changing(INFO_3, {"sizes": {"width": 30, "height": 40}})),
    "scale factors that are words": (
        "iiif-image-tiles",
        changing(INFO_3, {"tiles": [{"width": 100, "scaleFactors": ["1"]}]}),
    ),
    "too large an area": ("iiif-image-limits", changing(INFO_3, {"maxArea": 1000})),
    "an info.json that is a web page": ("iiif-image-answer", having(INFO_3, body=b"<html>")),
    "a search that is a web page": ("iiif-search-answer", having("/search/1", body=b"<html>")),
    "a search that is a page of the other version": (
        "iiif-search-answer",
        changing("/search/1", {"@type": "AnnotationPage"}),
    ),
    "a search that nobody hears": ("iiif-response-cors", having("/search/1", cors=None)),
    "a search that ignores and does not say so": ("iiif-search-ignored", changing("/search/1", {"within": GONE})),
    "terms without a list": ("iiif-search-terms", changing("/complete/2", {"items": GONE})),
    "terms of a draft": ("iiif-search-terms", changing("/complete/2", {"type": "TermList"})),
    "a search without its context": ("iiif-search-context", changing("/search/1", {"@context": GONE})),
    "a next page that is not there": (
        "iiif-search-paging",
        changing("/search/2", {"next": {"id": "http://127.0.0.1:9/gone", "type": "AnnotationPage"}}),
    ),
    "a next page of nothing": ("iiif-search-paging", changing("/search/2", {"partOf": GONE})),
    "a context of what was not found": (
        "iiif-search-contexts",
        changing("/search/2", {"annotations": [{"items": [{"target": {"source": "https://archive.example.org/z"}}]}]}),
    ),
}


@pytest.mark.parametrize(("code", "break_it"), OTHERS.values(), ids=OTHERS)
def test_other_faults_are_found(site: Site, code: str, break_it: Break) -> None:
    """Among what follows from them."""
    break_it(site)
    assert code in codes(checked(site))


LEGAL: dict[str, Break] = {
    "linked data of version 2": having(INFO_2, media_type="application/ld+json"),
    "a profile of 2 that is one string": changing(INFO_2, {"profile": "http://iiif.io/api/image/2/level1.json"}),
    "a context before ours": changing(
        INFO_3, {"@context": ["https://a.org/c", "http://iiif.io/api/image/3/context.json"]}
    ),
    "tiles that are not square": changing(
        INFO_3, {"tiles": [{"width": 100, "scaleFactors": [1]}, {"width": 100, "height": 50, "scaleFactors": [1]}]}
    ),
    "a search that finds nothing of nobody": lambda site: site.pages.update(
        {
            f"/search/2?q=Dear&user={user}": having_nothing(site)
            for user in ["https%3A%2F%2Fviewer.example.org%2Fnobody"]
        }
    ),
    "a search that names one context alone": changing(
        "/search/1", {"@context": "http://iiif.io/api/presentation/2/context.json", "hits": GONE}
    ),
    "a search that names its own alone": changing(
        "/search/1", {"@context": "http://iiif.io/api/search/1/context.json", "hits": GONE}
    ),
    "a simple answer with both contexts of 2": changing(
        "/search/2", {"@context": [CONTEXT, "http://iiif.io/api/search/2/context.json"]}
    ),
    "an answer that is whole": changing("/search/2", {"next": GONE, "partOf": GONE, "annotations": GONE}),
}


def having_nothing(site: Site) -> Any:  # noqa: ANN401 - a page
    """Return the page of a search that found nothing."""
    page = type(site.pages["/search/2"])(site.pages["/search/2"].body, "application/json")
    page.edit(lambda content: content.update(items=[], ignored=[]))
    return page


@pytest.mark.parametrize("change", LEGAL.values(), ids=LEGAL)
def test_what_may_be_raises_no_alarm(site: Site, change: Break) -> None:
    """Of images and searches."""
    change(site)
    assert checked(site).findings == []


def test_an_image_service_is_checked_by_itself(site: Site) -> None:
    """By the address of its info.json."""
    report = checked(site, INFO_2)
    assert (report.findings, [each.code for each in report.unchecked]) == (
        [],
        ["iiif-image-profile-told", "iiif-image-sizes", "iiif-image-tiles", "iiif-image-formats"],
    )


def test_each_service_is_asked_once(site: Site) -> None:
    """However often it is named."""
    site.pages[MANIFEST].edit(lambda it: it["thumbnail"][0].update(service=it["service"]))
    assert checked(site).findings == []
    assert sum(address.startswith("/search/1") for address in site.asked) == 2


@pytest.mark.parametrize("version", [2, 3])
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(value=JSON_OBJECTS)
def test_any_description_of_an_image_is_judged(version: int, value: dict[str, Any]) -> None:
    """As findings, never a traceback."""
    fetched = Fetched(200, {}, json.dumps(value).encode())
    info = Info(Service("x", IMAGE, version, "https://a.org/image", value.get("profile")), value, fetched)
    for check in DESCRIBED.values():
        check(info)
    small(info)
