"""Manifests of ours in the viewers that readers have: the page is painted, rights and funder are in sight.

`python -m tests.browser.viewers URL --into FOLDER` does the same with any manifest, and keeps screenshots.
"""

from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from PIL import Image
from playwright.sync_api import Browser

from records.model import Record
from server.library import Library
from tests.browser.packages import MissingError
from tests.browser.viewers.looking import look
from tests.browser.viewers.viewers import VIEWERS, Viewer

STATED = {
    "rights": {
        "statement": "The archive welcomes reuse for research.",
        "uri": "http://rightsstatements.org/vocab/CNE/1.0/",
    },
    "funding": [{"acknowledgment": "This document was made possible by the Example Foundation"}],
}
WORDS = {"text": "farewell", "arabic": "وداعا"}
"""What is searched for in a record, where its manifest names a search service."""

WITHOUT_TEXT = {"Universal Viewer", "Clover"}
WITHOUT_SEARCH = {"Clover"}
"""Universal Viewer shows no text; Clover 3.3.8, as a web component, breaks over its lists of texts and of hits."""

SCAN = {"width": 600, "height": 800, "media_type": "image/jpeg"}


@pytest.fixture(scope="module", autouse=True)
def _letters(put: Callable[..., Record], library: Library) -> None:
    """Publish a typeset text, one in Arabic, a scan, and a scanned book."""
    put(identifier="text", titles=[{"text": "A letter"}], texts=[{"content": "Dear friend,\n\nfarewell."}], **STATED)
    arabic = {"content": "صديقي العزيز،\n\nوداعا.", "language": "ar"}
    put(identifier="arabic", titles=[{"text": "رسالة", "language": "ar"}], texts=[arabic], **STATED)
    for identifier, count in (("scan", 2), ("book", 1000)):
        folder = library.config.media_folder / identifier
        folder.mkdir(parents=True)
        pages = []
        for number in range(1, count + 1):
            pages.append({"file": f"{number}.jpg", "label": f"f. {number}", **SCAN})
            _draw(folder / f"{number}.jpg")
        put(identifier=identifier, titles=[{"text": "A scan"}], pages=pages, **STATED)


def _draw(path: Path) -> None:
    """Draw a page: a dark field on a light one."""
    image = Image.new("RGB", (600, 800), "beige")
    image.paste("black", (150, 200, 450, 600))
    image.save(path)


@pytest.mark.usefixtures("viewer")
@pytest.mark.parametrize("identifier", ["text", "arabic", "scan", "book"])
@pytest.mark.parametrize("with_viewer", VIEWERS, ids=lambda viewer: viewer.slug)
def test_viewers_show_the_page_its_rights_and_its_funder(
    browser: Browser,
    library: Library,
    need: Callable[[str], NoReturn],
    tmp_path: Path,
    with_viewer: Viewer,
    identifier: str,
) -> None:
    """Without a click, and nobody but us is asked for anything.

    Clover has both behind the other metadata, so that a long description leaves them below the edge of its panel.
    """
    manifest = f"{library.config.base_url}/iiif/{identifier}/manifest.json"
    try:
        seen = look(browser, with_viewer, manifest, tmp_path, word=WORDS.get(identifier))
    except MissingError as error:
        need(str(error))
    assert (seen.opens, seen.painted, seen.rights, seen.funder) == (True, True, True, True)
    assert seen.text is not False or with_viewer.name in WITHOUT_TEXT
    assert seen.found is not False or with_viewer.name in WITHOUT_SEARCH
    assert seen.faults == []
