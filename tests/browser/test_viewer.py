"""Mirador in a real browser: a manifest of ours opens, with its rights and its funder in sight."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from PIL import Image

from records.model import Record
from server.library import Library

RIGHTS = "The archive welcomes reuse for research.\n\nTo ask for permission, write to the archive."
ACKNOWLEDGMENT = "This document was made possible with support from the Example Foundation"
STATED = {
    "titles": [{"text": "A letter"}],
    "rights": {"statement": RIGHTS, "uri": "http://rightsstatements.org/vocab/CNE/1.0/"},
    "funding": [{"acknowledgment": ACKNOWLEDGMENT}],
}


@pytest.fixture(scope="module", autouse=True)
def letters(put: Callable[..., Record], library: Library) -> None:
    """Publish a letter that is a text alone, and one that is a scan."""
    put(identifier="text", texts=[{"content": "Dear friend,\n\nfarewell.", "language": "en"}], **STATED)
    path = library.config.media_folder / "scan" / "1.jpg"
    path.parent.mkdir(parents=True)
    Image.new("RGB", (600, 800), "beige").save(path)
    put(identifier="scan", pages=[{"file": "1.jpg", "width": 600, "height": 800, "media_type": "image/jpeg"}], **STATED)


@pytest.mark.usefixtures("viewer")
@pytest.mark.parametrize("identifier", ["text", "scan"])
def test_the_viewer_shows_a_page_with_rights_and_funder(visit: Any, identifier: str) -> None:  # noqa: ANN401
    """Without a click: both statements are visible, the page's image is drawn, no request failed or left the server."""
    manifest = f"{visit.base_url}/iiif/{identifier}/manifest.json"
    visit.open(f"/view?iiif-content={quote(manifest, safe='')}")
    for text in (*RIGHTS.split("\n\n"), ACKNOWLEDGMENT):
        shown = visit.page.get_by_text(text).first
        shown.wait_for(state="visible")
        shown.scroll_into_view_if_needed()
    visit.page.locator(".openseadragon-canvas canvas").first.wait_for(state="visible")
    visit.wait_for_image(f"{visit.base_url}/iiif/{identifier}/")
    assert visit.faults == []


@pytest.mark.usefixtures("viewer")
def test_a_transcript_and_its_translation_face_each_other(visit: Any, put: Callable[..., Record]) -> None:  # noqa: ANN401
    """The viewer opens behind the title page, and shows the first page of each side by side."""
    texts = [
        {"content": "Дорогой друг,\n" * 40, "language": "ru"},
        {"kind": "translation", "content": "Dear friend,\n" * 40, "language": "en"},
    ]
    put(identifier="facing", titles=[{"text": "Письмо"}], texts=texts)
    visit.open(f"/view?iiif-content={quote(f'{visit.base_url}/iiif/facing/manifest.json', safe='')}")
    for page in (2, 3):
        visit.wait_for_image(f"{visit.base_url}/iiif/facing/page/{page}.jpg")
    assert not [image for image in visit.images if image.endswith(("/page/1.jpg", "/page/4.jpg"))]
    assert visit.faults == []
