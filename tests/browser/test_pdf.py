"""A PDF in the viewer: its pages under their own labels, its outline beside them."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from server.library import Library
from server.loading import Load
from tests import pdfs
from tests.pdfs import Entry, Leaf


@pytest.fixture(scope="module", autouse=True)
def diary(library: Library, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Load a diary of three pages."""
    folder: Path = tmp_path_factory.mktemp("in")
    leaves = [Leaf([(30, 350, text)]) for text in ("Preface", "January", "February")]
    outline = [Entry("Preface", 1), Entry("The year", 2, [Entry("January", 2), Entry("February", 3)])]
    pdfs.write(folder / "diary.pdf", *leaves, outline=outline, labels="0 << /S /r >> 1 << /S /D >>")
    (folder / "in.json").write_text(
        '{"identifier": "diary", "titles": [{"text": "D"}], "pages": [{"file": "diary.pdf"}]}'
    )
    faults: list[str] = []
    Load(library, dry_run=False, tell=lambda finding: faults.append(str(finding))).run([folder])
    assert faults == []


@pytest.mark.usefixtures("viewer")
def test_the_outline_leads_to_its_pages(visit: Any) -> None:  # noqa: ANN401 - it is defined beside the fixture
    """The index has it as it is nested, the upper entries closed; what is chosen there shows its page, by its label."""
    manifest = f"{visit.base_url}/iiif/diary/manifest.json"
    visit.open(f"/view?iiif-content={quote(manifest, safe='')}")
    visit.page.get_by_text("1 of 3 • i", exact=True).wait_for()
    visit.page.get_by_role("tab", name="Index").click()
    visit.page.mouse.move(0, 0)  # else the tab's tip lies over the entries, where the tabs are below them
    visit.page.get_by_role("treeitem", name="Preface").wait_for()
    visit.page.get_by_role("treeitem", name="The year").click()
    visit.page.get_by_role("treeitem", name="January").click()
    visit.page.get_by_text("2 of 3 • 1", exact=True).wait_for()
    visit.page.get_by_role("treeitem", name="February").click()
    visit.page.get_by_text("3 of 3 • 2", exact=True).wait_for()
    visit.wait_for_image(f"{visit.base_url}/iiif/diary/image/3/")
    assert visit.faults == []


def test_the_pdf_is_offered_on_the_page_of_the_record(visit: Any) -> None:  # noqa: ANN401
    """A link leads to the very file."""
    visit.open("/records/diary")
    address = visit.page.get_by_role("link", name="Document, PDF", exact=True).get_attribute("href")
    answer = visit.page.request.get(visit.base_url + address)
    assert (answer.headers["content-type"], answer.body()[:5]) == ("application/pdf", b"%PDF-")
    assert visit.faults == []
