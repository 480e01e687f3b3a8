"""The page of `dragoman check --format html`, opened from a file: it asks for nothing and fits every screen."""

from collections.abc import Callable
from pathlib import Path

from server.check.page import as_page
from server.check.records import check_records
from server.library import Library
from tests.browser.conftest import Visit
from tests.browser.test_explorer import WIDER

CONTRAST = """() => {
  const numbers = text => text.match(/[\\d.]+/g).slice(0, 3).map(Number);
  const light = text => numbers(text).map(value => value / 255)
    .map(value => value <= .03928 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4)
    .reduce((sum, value, place) => sum + value * [.2126, .7152, .0722][place], 0);
  const paper = light(getComputedStyle(document.body).backgroundColor);
  return Math.min(...[...document.querySelectorAll('.level, .count, code, p')].map(each => {
    const ink = light(getComputedStyle(each).color);
    return (Math.max(ink, paper) + .05) / (Math.min(ink, paper) + .05);
  }));
}"""
"""The least contrast of text and page (WCAG 2.2, 1.4.3)."""


def test_the_report_fits_every_screen_and_asks_for_nothing(
    visit: Visit, library: Library, put: Callable[..., object], schemas: Path, tmp_path: Path
) -> None:
    """With all that it holds laid open, in light and in dark."""
    put(identifier="letter-1", titles=[{"text": "A letter"}], dates=[{"edtf": "2999"}])
    put(identifier="a" * 200, titles=[{"text": "Another"}], rights={"statement": "Ask us."})
    report = check_records(library, schemas=schemas, pause=0, progress=lambda _count: None)
    file = tmp_path / "report.html"
    file.write_text(as_page(report), encoding="utf-8")
    visit.base_url = file.as_uri()
    for scheme in ("light", "dark"):
        visit.page.emulate_media(color_scheme=scheme)
        visit.open("")
        visit.page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        assert visit.page.evaluate(WIDER) == 0
        assert visit.page.evaluate(CONTRAST) >= 4.5
        assert visit.page.get_by_text("letter-1 in mods, dateCreated").is_visible()
    assert visit.faults == []
