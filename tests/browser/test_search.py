"""Search in viewers that others made: a word that is typed is found, and marked on the page, in several scripts."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, Route

from records.model import Record
from tests.browser.packages import UNIVERSAL_VIEWER, Package

TEXTS = {
    "latin": ("en", "The ambassador wrote from Pyongyang.\n\nPyongyang answered.", "PYONGYANG", 2),
    "han": ("zh", "中国人民的朋友在平壤会谈。\n\n会谈内容如下。", "会谈", 2),
    "arabic": ("ar", "كَتَبَ السفير أن المحادثات سارت على ما يرام.", "كتب", 1),
}
"""Language, text, what is typed, and how often it is found."""

SCRIPTS = pytest.mark.parametrize("script", TEXTS)
AT_A_DESK = pytest.mark.parametrize("visit", [1280], indirect=True, ids=["desk"])
"""On a phone the panel of hits covers the page."""


@pytest.fixture(scope="module", autouse=True)
def letters(put: Callable[..., Record]) -> None:
    """Publish a letter in each script; they are typeset."""
    for name, (language, content, _typed, _count) in TEXTS.items():
        put(identifier=name, titles=[{"text": name}], texts=[{"content": content, "language": language}])


@pytest.fixture
def universal_viewer(fetched: Callable[[Package], Path]) -> Path:
    """Give the folder of Universal Viewer's files."""
    return fetched(UNIVERSAL_VIEWER) / "dist"


def coloured(place: Locator) -> int:
    """Return how many pixels have a colour: the page is black on white."""
    with Image.open(io.BytesIO(place.screenshot())) as image:
        saturation = image.convert("HSV").getchannel("S")
    return sum(saturation.histogram()[60:])


def wait_for_colour(page: Page, place: Locator) -> None:
    """Wait until something is marked."""
    for _ in range(40):
        if coloured(place) > 200:
            return
        page.wait_for_timeout(250)
    pytest.fail("nothing is marked on the page")


@SCRIPTS
@AT_A_DESK
@pytest.mark.usefixtures("viewer")
def test_mirador_finds_and_marks_a_word(visit: Any, script: str) -> None:  # noqa: ANN401
    """It lists the hits with what stands around them."""
    _language, _content, typed, count = TEXTS[script]
    visit.open(f"/view?iiif-content={visit.base_url}/iiif/{script}/manifest.json")
    drawn = visit.page.locator(".openseadragon-canvas").first
    drawn.wait_for(state="visible")
    visit.wait_for_image(f"/iiif/{script}/page/1.jpg")
    assert coloured(drawn) < 200
    visit.page.get_by_role("tab", name="Search").click()
    box = visit.page.get_by_role("combobox").first
    box.fill(typed)
    box.press("Enter")
    visit.page.get_by_text(f"1 of {count}", exact=True).first.wait_for()
    wait_for_colour(visit.page, drawn)
    assert visit.faults == []


@SCRIPTS
@AT_A_DESK
def test_universal_viewer_finds_and_marks_a_word(visit: Any, universal_viewer: Path, script: str) -> None:  # noqa: ANN401
    """It counts the hits, and goes from one to the next."""
    _language, _content, typed, count = TEXTS[script]

    def fulfil(route: Route) -> None:
        path = universal_viewer / route.request.url.partition("/uv/")[2].partition("#")[0]
        if path.is_file():
            route.fulfill(path=path)
        else:
            route.fulfill(status=204)

    visit.page.route(f"{visit.base_url}/uv/**", fulfil)
    visit.page.goto(f"{visit.base_url}/uv/uv.html#?manifest={visit.base_url}/iiif/{script}/manifest.json")
    visit.wait_for_image(f"/iiif/{script}/page/1.jpg")
    box = visit.page.locator("#searchWithinInput")
    box.fill(typed)
    box.press("Enter")
    visit.page.get_by_text(f"{count} result").first.wait_for()
    wait_for_colour(visit.page, visit.page.locator(".openseadragon-canvas").first)
