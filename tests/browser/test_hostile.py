"""Hostile records in a real browser: whatever their texts hold is shown as text, and nothing of it runs."""

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from records.model import Record
from server.library import Library
from server.loading import Load
from tests import hostile

if TYPE_CHECKING:
    from playwright.sync_api import Dialog

    from tests.browser.conftest import Visit

STATED: dict[str, dict[str, Any]] = {
    name: record | {"provider": {"name": record["provider"]["name"]}}  # its logo is on another host
    for name, record in zip(hostile.TEXTS, hostile.records(), strict=False)
}
VIEWED = ("script", "image", "way out", "markup", "link", "override", "long")
"""Those that Mirador is tried with; it takes its time."""


@pytest.fixture(scope="module", autouse=True)
def _hostile(library: Library, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("hostile")
    loose = [record | {"identifier": f"{record['identifier']}-loose", "collections": []} for record in STATED.values()]
    (folder / "records.json").write_text(json.dumps([*STATED.values(), *loose]))
    (folder / "collections.toml").write_text(hostile.collections_toml())
    Load(library, dry_run=False, tell=lambda _finding: None).run([folder])


@pytest.fixture
def dialogs(visit: "Visit") -> list[str]:
    """Take note of every dialog that opens, and close it."""
    found: list[str] = []

    def close(dialog: "Dialog") -> None:
        found.append(dialog.message)
        dialog.dismiss()

    visit.page.on("dialog", close)
    return found


def _nothing_ran(visit: "Visit", dialogs: list[str]) -> None:
    assert visit.page.evaluate("typeof window.__pwned") == "undefined"
    assert dialogs == []
    assert visit.faults == []


def _read(text: str) -> list[str]:
    """Return the words that a reader sees; a browser breaks lines and runs blanks together as it likes."""
    return text.replace("\ufeff", " ").replace("\u200b", " ").split()


@pytest.mark.parametrize("visit", [1280], indirect=True)
@pytest.mark.parametrize("name", STATED)
def test_a_page_shows_hostile_texts_as_text(visit: "Visit", dialogs: list[str], name: str) -> None:
    """The heading is the title, letter for letter; the right-to-left override of one text turns no other around."""
    visit.open(f"/records/{STATED[name]['identifier']}")
    title = Record.model_validate(STATED[name]).title.text
    assert _read(visit.page.locator("h1").first.inner_text()) == _read(title)
    _nothing_ran(visit, dialogs)


@pytest.mark.parametrize(
    "path", ["/", "/collections/hostile", "/collections/hostile:script", "/collections/hostile:(it's)"]
)
def test_lists_show_hostile_titles_as_text(visit: "Visit", dialogs: list[str], path: str) -> None:
    """Of records and of collections, at every width."""
    visit.open(path)
    _nothing_ran(visit, dialogs)
    assert visit.page.locator("main b, main script, main img[onerror]").count() == 0


@pytest.mark.usefixtures("viewer")
@pytest.mark.parametrize("visit", [1280], indirect=True)
@pytest.mark.parametrize("name", VIEWED)
def test_mirador_shows_hostile_texts_as_text(visit: "Visit", dialogs: list[str], name: str) -> None:
    """Its title bar has the title as it is; label, summary, metadata and statement are shown, and nothing runs."""
    identifier = STATED[name]["identifier"]
    manifest = f"{visit.base_url}/iiif/{identifier}/manifest.json"
    visit.open(f"/view?iiif-content={quote(manifest, safe='')}")
    visit.wait_for_image(f"/iiif/{identifier}/page/")
    visit.page.get_by_role("tab", name="Information").click()
    visit.page.get_by_text("Shelfmark").first.wait_for(state="visible")
    shown = [_read(text) for text in visit.page.locator("h2").all_inner_texts()]
    assert _read(STATED[name]["titles"][0]["text"]) in shown
    _nothing_ran(visit, dialogs)


@pytest.mark.parametrize("visit", [1280], indirect=True)
def test_the_address_of_a_viewer_is_no_way_in(visit: "Visit", dialogs: list[str]) -> None:
    """What is asked to be viewed is an address, or is told to be none."""
    for wanted in (*hostile.REFUSED_ADDRESSES, hostile.SCRIPT, hostile.TEXTS["way out"]):
        visit.page.goto(f"{visit.base_url}/view?iiif-content={quote(wanted, safe='')}")
    visit.page.wait_for_load_state("networkidle")
    assert visit.page.evaluate("typeof window.__pwned") == "undefined"
    assert dialogs == []
