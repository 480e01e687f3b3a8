"""The explorer in a real browser: lists that are read on a phone too."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from records.model import Record
from server.library import Library

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

LINES = "cell => { const r = new Range(); r.selectNodeContents(cell); return r.getClientRects().length }"
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
RECORD = "verb=GetRecord&metadataPrefix=mods&identifier=oai:archive.example.org:letter-1"


@pytest.fixture(scope="module", autouse=True)
def _letters(put: Callable[..., Record], library: Library) -> None:
    """Publish one letter more than a list page has, in a set with a long name."""
    for number in range(library.config.page_size + 1):
        title = f"Letter {number} " + "x" * 200
        put(identifier=f"letter-{number}", titles=[{"text": title}], collections=["letters-of-the-embassy:1965"])


def test_a_datestamp_is_on_one_line(visit: "Visit") -> None:
    """Whatever is beside it, on every screen, and the page is no wider than the window."""
    visit.open("/explore?verb=ListIdentifiers&metadataPrefix=mods")
    assert visit.page.locator(".headers td:nth-child(2)").first.evaluate(LINES) == 1
    assert visit.page.evaluate(WIDER) == 0
    assert visit.faults == []


@pytest.mark.parametrize("query", ["verb=Identify", "verb=ListMetadataFormats", "verb=ListSets", RECORD])
def test_no_answer_is_wider_than_the_window(visit: "Visit", query: str) -> None:
    """Its XML least of all."""
    visit.open(f"/explore?{query}")
    assert visit.page.evaluate(WIDER) == 0
    assert visit.faults == []


def _follow(visit: "Visit", link: str) -> None:
    """Click a link, and wait until its page asks for nothing any more: a click in between would break that off."""
    visit.page.get_by_role("link", name=link, exact=True).click()
    visit.page.wait_for_load_state("networkidle")


def test_a_reader_clicks_through_what_is_here(visit: "Visit", library: Library) -> None:
    """From the repository to its formats, a list, its next page, a record, another format of it, and the list again."""
    page, size = visit.page, library.config.page_size
    visit.open("/explore?verb=Identify")
    _follow(visit, "ListMetadataFormats")
    _follow(visit, "mods")
    page.get_by_role("heading", name=f"Records 1 to {size} of {size + 1}").wait_for()
    _follow(visit, "Next page")
    page.get_by_role("heading", name=f"Records {size + 1} to {size + 1} of {size + 1}").wait_for()
    listed = page.url
    _follow(visit, f"oai:archive.example.org:letter-{size}")
    page.get_by_label("The record as mods").wait_for()
    _follow(visit, "Dublin Core")
    assert f"<dc:title>Letter {size} x" in page.get_by_label("The record as oai_dc").inner_text()
    for _step in range(2):
        page.go_back()
        page.wait_for_load_state("networkidle")
    assert page.url == listed
    page.get_by_text("The list ends here.").wait_for()
    assert visit.faults == []
