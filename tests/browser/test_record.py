"""The page of a record in a real browser: the viewer in it, what is copied and printed, and all that without it."""

from collections.abc import Callable, Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser, FrameLocator, Page

from records.model import Record
from server.library import Library
from server.pages.content_state import at_canvas
from tests.browser.conftest import Visit
from tests.browser.test_explorer import WIDER

RIGHTS = "The archive welcomes reuse for research."
ACKNOWLEDGMENT = "This document was made possible with support from the Example Foundation"
SCAN = {"width": 600, "height": 800, "media_type": "image/jpeg"}
SCANS = [{"file": f"{number}.jpg", "label": f"f. {number}", **SCAN} for number in (1, 2, 3)]
STATED = {"rights": {"statement": RIGHTS}, "funding": [{"acknowledgment": ACKNOWLEDGMENT}]}

NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined })"
"""What browsers do on pages of http that are not on this host."""

FIELD = "document.body.appendChild(document.createElement('textarea')).focus()"
"""A field to paste into."""

LOADED = "[...document.querySelectorAll('.printed img')].map(image => image.complete && image.naturalWidth)"


@pytest.fixture(scope="module", autouse=True)
def _letters(put: Callable[..., Record], library: Library) -> None:
    """Publish a letter that is a text alone, and one of three scans."""
    put(identifier="text", titles=[{"text": "A letter"}], texts=[{"content": "Dear friend,\n\nfarewell."}], **STATED)
    for number, colour in enumerate(("beige", "wheat", "linen"), 1):
        path = library.config.media_folder / "scan" / f"{number}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (600, 800), colour).save(path)
    put(identifier="scan", titles=[{"text": "Scans"}], pages=SCANS, source={"citation": "An archive, 1."}, **STATED)


@pytest.fixture
def without_scripts(browser: Browser, library: Library) -> Iterator[Visit]:
    """Open an empty page of a browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False)
    visit = Visit(context.new_page(), library.config.base_url)
    visit.watch()
    yield visit
    context.close()


def _shown(page: Page) -> FrameLocator:
    """Return the frame of the viewer, when it shows a page."""
    frame = page.frame_locator("iframe")
    frame.locator(".openseadragon-canvas canvas").first.wait_for(state="visible")
    return frame


def _content(visit: Visit, number: int) -> str:
    ours = f"{visit.base_url}/iiif/scan"
    return at_canvas(f"{ours}/manifest.json", f"{ours}/canvas/{number}")


@pytest.mark.usefixtures("viewer")
@pytest.mark.parametrize("identifier", ["text", "scan"])
def test_the_page_of_a_record_shows_the_document_with_rights_and_funder(visit: Visit, identifier: str) -> None:
    """In the viewer and on the page, without a click; the address of the page stays what it was."""
    visit.open(f"/records/{identifier}")
    frame = _shown(visit.page)
    for text in (RIGHTS, ACKNOWLEDGMENT):
        frame.get_by_text(text).first.wait_for(state="visible")
        assert visit.page.get_by_text(text, exact=True).is_visible()
    visit.wait_for_image({"text": "/iiif/text/page/1.jpg", "scan": "/iiif/scan/image/1/"}[identifier])
    assert visit.page.url == f"{visit.base_url}/records/{identifier}"
    assert visit.faults == []


@pytest.mark.usefixtures("viewer")
def test_the_links_follow_the_viewer_from_page_to_page(visit: Visit) -> None:
    """The link to share and the one to the full size; both open where they were taken."""
    page = visit.page
    visit.open(f"/records/scan?iiif-content={_content(visit, 2)}")
    frame = _shown(page)
    frame.get_by_text("2 of 3").wait_for()
    frame.get_by_role("button", name="Next item").click()
    page.wait_for_function(
        "content => document.getElementById('share').value.endsWith(content)", arg=_content(visit, 3)
    )
    shared = page.get_by_label("Link to the page in the viewer").input_value()
    assert shared == f"{visit.base_url}/records/scan?iiif-content={_content(visit, 3)}"
    page.get_by_role("link", name="View at full size").click()
    page.get_by_text("3 of 3").wait_for()
    page.get_by_role("button", name="Previous item").click()
    page.wait_for_url(f"**/view?iiif-content={_content(visit, 2)}")
    page.goto(shared)
    _shown(page).get_by_text("3 of 3").wait_for()
    assert visit.faults == []


@pytest.mark.usefixtures("viewer")
@pytest.mark.parametrize("visit", [1280], indirect=True)
def test_the_wheel_moves_the_page_and_not_the_document(visit: Visit) -> None:
    """A reader who scrolls past the viewer is not held by it."""
    visit.open("/records/scan")
    _shown(visit.page)
    visit.page.locator("iframe").hover()
    before = visit.page.evaluate("scrollY")
    visit.page.mouse.wheel(0, 250)
    visit.page.wait_for_function("before => scrollY === before + 250", arg=before)


@pytest.mark.parametrize("prepared", ["", NO_CLIPBOARD])
@pytest.mark.parametrize(
    ("what", "copied"), [("the citation", "An archive, 1."), ("the web address", "{}/records/scan")]
)
def test_what_is_copied_is_copied_by_keys_and_said(visit: Visit, prepared: str, what: str, copied: str) -> None:
    """Also where browsers lend no clipboard; what was done is told to those who do not see it."""
    page = visit.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.add_init_script(prepared)
    visit.open("/records/scan")
    page.get_by_role("button", name=f"Copy {what}", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_role("status").get_by_text(f"Copied: {what}.", exact=True).wait_for()
    page.evaluate(FIELD)
    page.keyboard.press("Control+V")
    assert page.locator("textarea").input_value() == copied.format(visit.base_url)


def test_a_browser_that_copies_nothing_has_selected_it(visit: Visit) -> None:
    """And the page says how to go on."""
    visit.page.add_init_script(f"{NO_CLIPBOARD}; document.execCommand = () => false")
    visit.open("/records/scan")
    visit.page.get_by_role("button", name="Copy the citation", exact=True).click()
    visit.page.get_by_text("Your browser did not copy the citation; it is selected, so copy it by Ctrl+C.").wait_for()
    assert visit.page.evaluate("String(getSelection())") == "An archive, 1."


def test_without_scripts_pages_are_turned_by_links(without_scripts: Visit) -> None:
    """The page image, the list of pages, rights and funder are there; what needs scripts is not."""
    visit, page = without_scripts, without_scripts.page
    visit.open("/records/scan")
    page.get_by_role("link", name="Page after").click()
    page.get_by_role("img", name="f. 2").first.wait_for(state="visible")
    visit.wait_for_image("/iiif/scan/page/2.jpg")
    page.get_by_text("All 3 pages").click()
    page.get_by_role("listitem").get_by_role("link", name="f. 3").first.click()
    page.get_by_role("img", name="f. 3").first.wait_for(state="visible")
    for text in (RIGHTS, ACKNOWLEDGMENT, "An archive, 1."):
        assert page.get_by_text(text, exact=True).first.is_visible()
    assert not any(each.is_visible() for each in page.locator("button, iframe, #full-size, #share").all())
    assert visit.faults == []


@pytest.mark.parametrize("visit", [1280], indirect=True)
def test_a_record_is_printed_with_its_page_images(visit: Visit) -> None:
    """All of them, though the screen had fetched none in full; nothing of the viewer, and nobody scrolls paper."""
    page = visit.page
    visit.open("/records/scan")
    page.get_by_role("button", name="Print with page images").click()
    page.wait_for_function(f"{LOADED}.every(Boolean)")
    page.emulate_media(media="print")
    assert page.evaluate(WIDER) == 0
    for hidden in ("iframe", "button", "nav", "footer", "summary"):
        assert not any(each.is_visible() for each in page.locator(hidden).all())
    for image in page.locator(".printed img").all():
        assert image.is_visible()
    for text in (RIGHTS, ACKNOWLEDGMENT, "An archive, 1.", f"{visit.base_url}/records/scan"):
        assert page.get_by_text(text, exact=True).first.is_visible()
    assert page.pdf().startswith(b"%PDF")
    assert visit.faults == []
