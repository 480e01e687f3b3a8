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
