"""Mirador opens the manifest of each sample: the document, its rights statement and its acknowledgments are shown."""

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from mappings.iiif.openings import have_facing_pages
from records.collections import with_defaults
from records.model import Record
from records.rights_uris import rights_label
from server.library import Library
from server.loading import Load
from tests.samples import SAMPLES, samples

if TYPE_CHECKING:
    from tests.browser.conftest import Visit


@pytest.fixture(scope="module", autouse=True)
def _samples(library: Library) -> None:
    load = Load(library, dry_run=False, tell=lambda finding: pytest.fail(str(finding)))
    load.run([SAMPLES])


def _shown() -> list[Record]:
    """Return the samples that have a manifest of ours."""
    return [
        record
        for record in samples()
        if isinstance(record, Record)
        and record.visibility == "public"
        and record.presentable
        and not record.link("manifest")
    ]


@pytest.mark.usefixtures("viewer")
@pytest.mark.parametrize("visit", [1280], indirect=True)
@pytest.mark.parametrize("sample", _shown(), ids=lambda record: record.identifier)
def test_the_viewer_shows_the_sample(visit: "Visit", library: Library, sample: Record) -> None:
    """Without a click: what is owed is in sight word for word, and the first page is drawn, behind a title page."""
    manifest = f"{visit.base_url}/iiif/{sample.identifier}/manifest.json"
    visit.open(f"/view?iiif-content={quote(manifest, safe='')}")
    record, _filled = with_defaults(sample, library.repository().collections)
    owed = [funding.acknowledgment for funding in record.funding if funding.acknowledgment]
    if record.rights:
        owed += (record.rights.statement or "").strip().split("\n") if record.rights.statement else []
        owed += [rights_label(record.rights.uri) or ""] if record.rights.uri else []
    for text in filter(None, owed):
        visit.page.get_by_text(text).first.wait_for(state="visible")
    visit.page.locator(".openseadragon-canvas canvas").first.wait_for(state="visible")
    pages = ["image/1/"] if sample.pages else ["page/2.", "page/3."] if have_facing_pages(sample) else ["page/1."]
    for page in pages:
        visit.wait_for_image(f"/iiif/{sample.identifier}/{page}")
    assert visit.faults == []
