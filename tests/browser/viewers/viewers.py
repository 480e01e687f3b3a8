"""The viewers that manifests are opened in: where each has its page, its text and its search box."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Page

from server.config import Config
from server.pages.content_state import Target
from server.pages.viewer import settings
from tests.browser.packages import CLOVER, UNIVERSAL_VIEWER

HOST = "http://viewers.localhost"
"""Where the viewers' own pages and files are, by interception: nothing listens there."""

_MIRADOR = """<!DOCTYPE html><meta charset="utf-8"><title>Mirador</title><div id="viewer"></div>
<script src="/mirador/mirador.min.js"></script><script>Mirador.viewer(%s)</script>"""

_CLOVER = """<!DOCTYPE html><meta charset="utf-8"><title>Clover</title>
<script src="/clover/dist/web-components/index.umd.js"></script><clover-viewer id="%s"></clover-viewer>"""


@dataclass(frozen=True)
class Viewer:
    """A viewer.

    Attributes:
        name: what it is called.
        files: the folders of its files, by their names on HOST; they are fetched when it is asked for.
        address: where it opens a manifest.
        document: the page there, if it is one of ours.
        show_text: brings the text of a page to sight; None if the viewer has no place for it.
        search: types a word into its search box.
    """

    name: str
    files: Callable[[], Mapping[str, Path]]
    address: Callable[[str], str]
    document: Callable[[str], str] | None
    show_text: Callable[[Page], None] | None
    search: Callable[[Page, str], None]

    @property
    def slug(self) -> str:
        """The name in file names."""
        return self.name.lower().replace(" ", "-")


def _mirador(manifest: str) -> str:
    return _MIRADOR % json.dumps(settings(Target(manifest)))


def _mirador_text(page: Page) -> None:
    page.get_by_role("tab", name="Annotations").click(timeout=5000)


def _mirador_search(page: Page, word: str) -> None:
    page.get_by_role("tab", name="Search").click(timeout=5000)
    field = page.get_by_role("combobox", name="search")
    field.fill(word, timeout=5000)
    field.press("Enter")


def _uv_search(page: Page, word: str) -> None:
    field = page.locator("#searchWithinInput")
    field.click(timeout=5000)
    field.fill(word, timeout=5000)
    field.press("Enter")


def _clover_text(page: Page) -> None:
    page.get_by_role("tab", name="Annotations").click(timeout=5000)


def _clover_search(page: Page, word: str) -> None:
    page.get_by_role("tab", name="Search").click(timeout=5000)
    field = page.locator("[role=tabpanel] input").first
    field.fill(word, timeout=5000)
    field.press("Enter")


VIEWERS = (
    Viewer(
        "Mirador",
        lambda: {"mirador": Config().viewer_file.parent},
        lambda _manifest: f"{HOST}/mirador.html",
        _mirador,
        _mirador_text,
        _mirador_search,
    ),
    Viewer(
        "Universal Viewer",
        lambda: {"universalviewer": UNIVERSAL_VIEWER.fetch()},
        lambda manifest: f"{HOST}/universalviewer/dist/uv.html#?manifest={quote(manifest, safe='')}",
        None,
        None,
        _uv_search,
    ),
    Viewer(
        "Clover",
        lambda: {"clover": CLOVER.fetch()},
        lambda _manifest: f"{HOST}/clover.html",
        lambda manifest: _CLOVER % manifest,
        _clover_text,
        _clover_search,
    ),
)
"""Viewers of npm that we may fetch and run; they are not shipped."""
