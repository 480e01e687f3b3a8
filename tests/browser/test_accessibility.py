"""Pages for everybody: axe-core finds nothing amiss on any, on a desk and on a phone, in light and in dark."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from records.model import Collection, Record
from server import publishing
from server.check import runs
from server.check.records import check_records
from server.library import Library
from tests.browser.conftest import Visit
from tests.browser.packages import AXE, Package
from tests.browser.test_explorer import WIDER

AMISS = """async () => (await axe.run()).violations.flatMap(each =>
  each.nodes.map(node => `${each.id}: ${node.target} ${node.failureSummary}`))"""
"""What axe finds in the page and its frames."""

HOSTILE = "<script>alert(1)</script> \u202e " + "Very long title " * 640
SCAN = {"width": 600, "height": 800, "media_type": "image/jpeg"}
SCANS = [{"file": f"{number}.jpg", "label": f"f. {number}", **SCAN} for number in (1, 2, 3)]
STATED = {
    "rights": {"statement": "Ask us.\n\nThank you.", "uri": "http://rightsstatements.org/vocab/CNE/1.0/"},
    "funding": [{"acknowledgment": "Made possible by the Example Foundation"}],
    "collections": ["letters"],
}

FRAMED = ("letter", "scan", "arabic", "long")
"""Records that have the viewer on their page."""

ADDRESSES = (
    "/",
    "/collections/letters",
    *(f"/records/{identifier}" for identifier in (*FRAMED, "elsewhere", "bare", "withdrawn", "nobody")),
    "/view",
    "/view?iiif-content={base}/iiif/scan/manifest.json",
    "/explore",
    "/explore?verb=GetRecord&metadataPrefix=mods&identifier=oai:archive.example.org:letter",
    "/conformance",
    "/conformance/record-date-future",
    "/conformance/aggregators/dlf-guidelines",
)


@pytest.fixture(scope="module", autouse=True)
def _records(put: Callable[..., Record], library: Library, schemas: Path) -> None:
    """Publish records of each kind that a page looks otherwise for, and what a check found in them."""
    letters = Collection(spec="letters", title="Letters")
    text = {"content": "Dear friend,\n\nfarewell.", "language": "en"}
    arabic = {"content": "صديقي العزيز،\n\nوداعا.", "language": "ar"}
    put(letters, identifier="letter", titles=[{"text": "A letter"}], texts=[text], dates=[{"edtf": "2999"}], **STATED)
    put(identifier="arabic", titles=[{"text": "رسالة", "language": "ar"}], texts=[arabic], **STATED)
    put(identifier="long", titles=[{"text": HOSTILE}], texts=[text], **STATED)
    put(identifier="bare", titles=[{"text": "A title alone"}])
    for identifier, links in (
        ("scan", []),
        ("elsewhere", [{"url": "https://iiif.example.org/1/manifest", "kind": "manifest"}]),
    ):
        for scan in SCANS:
            path = library.config.media_folder / identifier / str(scan["file"])
            path.parent.mkdir(parents=True, exist_ok=True)
            Image.new("RGB", (600, 800), "beige").save(path)
        put(identifier=identifier, titles=[{"text": "A scan"}], pages=SCANS, links=links, **STATED)
    put(identifier="withdrawn", titles=[{"text": "A letter"}])
    publishing.delete(library.store, library.repository(), ["withdrawn"])
    report = check_records(library, schemas=schemas, pause=0, progress=lambda _count: None)
    runs.keep(library.store.database, report, library.store.state().change_sequence)


@pytest.mark.usefixtures("viewer")
@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_keeps_anybody_from_reading_a_page(
    visit: Visit, fetched: Callable[[Package], Path], address: str
) -> None:
    """With all that it holds laid open, the viewer in its frame included; and nobody scrolls sideways."""
    axe = (fetched(AXE) / "axe.min.js").read_text(encoding="utf-8")
    framed = address.removeprefix("/records/") in FRAMED
    for scheme in ("light", "dark"):
        visit.page.emulate_media(color_scheme=scheme)
        visit.open(address.format(base=visit.base_url))
        if framed:
            visit.page.locator(
                "iframe"
            ).scroll_into_view_if_needed()  # below a long title it waits until it is in sight
            visit.page.frame_locator("iframe").locator(".openseadragon-canvas").first.wait_for(state="visible")
        visit.page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        for frame in visit.page.frames:
            frame.evaluate(axe)
        assert visit.page.evaluate(AMISS) == []
        assert visit.page.evaluate(WIDER) == 0
    assert [fault for fault in visit.faults if not fault.startswith(("4", "console: Failed to load"))] == []
