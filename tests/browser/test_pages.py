"""The pages in a real browser: what a reader sees, at the width of a desk and of a phone, without one click."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from records.model import Collection, Record

if TYPE_CHECKING:
    from playwright.sync_api import Page

RIGHTS = "The archive welcomes reuse for research.\n\nTo ask for permission, write to the archive."
ACKNOWLEDGMENT = "This document was made possible with support from the Example Foundation"
MANY_SCRIPTS = {
    "titles": [
        {"text": "Letter from the embassy", "language": "en"},
        {"text": "大使馆来信", "language": "zh", "kind": "translated"},
        {"text": "Письмо из посольства", "language": "ru", "kind": "translated"},
    ],
    "agents": [{"name": "Kraus, Charles", "roles": ["trl"]}],
    "dates": [{"edtf": "1965-03-02", "text": "March 2, 1965"}],
    "languages": ["en", "zh", "ar"],
    "rights": {"statement": RIGHTS},
    "funding": [{"acknowledgment": ACKNOWLEDGMENT}],
    "collections": ["letters:1965"],
    "texts": [
        {"content": "Dear friend,\n\nfarewell.", "language": "en", "kind": "translation"},
        {"content": "亲爱的朋友，\n再见。", "language": "zh"},
        {"content": "صديقي العزيز،\nوداعا.", "language": "ar"},
        {"content": "Дорогой друг,\nпрощай.", "language": "ru"},
    ],
}


@pytest.fixture(scope="module", autouse=True)
def letter(put: Callable[..., Record]) -> Record:
    """Publish one letter in many scripts, within a collection."""
    collections = Collection(spec="letters", title="Letters"), Collection(spec="letters:1965", title="The year 1965")
    return put(*collections, identifier="letter-1", **MANY_SCRIPTS)


def _sideways(page: "Page") -> int:
    """Return by how many pixels the page is wider than the window."""
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width


def test_a_record_shows_its_rights_and_its_funder_without_a_click(visit: Any) -> None:  # noqa: ANN401
    """Title, rights statement and acknowledgment are visible, with their line breaks, and nothing went wrong."""
    visit.open("/records/letter-1")
    for text in ("Letter from the embassy", RIGHTS, ACKNOWLEDGMENT, "صديقي العزيز،\nوداعا."):
        shown = visit.page.get_by_text(text, exact=True).first
        assert shown.is_visible()
        assert shown.inner_text() == text
    assert visit.faults == []


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/records/letter-1",
        "/collections/letters",
        "/view",
        "/records/nobody",
        "/collections/letters:1965",
        "/explore",
        "/explore?verb=ListIdentifiers&metadataPrefix=mods",
    ],
)
def test_no_page_is_wider_than_the_window(visit: Any, path: str) -> None:  # noqa: ANN401
    """Nobody scrolls sideways, on no screen."""
    visit.open(path)
    assert _sideways(visit.page) == 0
    assert [fault for fault in visit.faults if "404" not in fault] == []


@pytest.mark.usefixtures("viewer")
def test_the_keyboard_leads_to_the_content_and_to_the_viewer(visit: Any) -> None:  # noqa: ANN401
    """The first stop skips to the content; then come the viewer at full size, the text, and a way past the viewer."""
    visit.open("/records/letter-1")
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.textContent") == "Skip to the content"
    visit.page.keyboard.press("Enter")
    stops = []
    for _stop in range(3):
        visit.page.keyboard.press("Tab")
        stops.append(visit.page.evaluate("document.activeElement.textContent"))
    assert stops == ["View at full size", "Read the text", "Skip the viewer"]
    assert visit.page.get_by_text("Skip the viewer").is_visible()
    visit.page.keyboard.press("Enter")
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.textContent") == "Copy the citation"
