"""What a check found, at `/conformance`, in a real browser: every screen, light and dark, the keyboard alone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from server.check import runs
from server.check.records import check_records
from server.library import Library
from tests.browser.conftest import Visit
from tests.browser.test_explorer import WIDER
from tests.browser.test_report import CONTRAST

TEXT = {"content": "Dear friend"}
FILLED = "rect => Math.round(100 * rect.getBoundingClientRect().width / rect.parentElement.clientWidth)"
"""How much of its bar a rectangle fills, in percent."""


@pytest.fixture(scope="module", autouse=True)
def _kept(library: Library, put: Callable[..., object], schemas: Path) -> None:
    """Keep two runs."""
    put(
        identifier="letter-1",
        titles=[{"text": "A letter"}],
        dates=[{"edtf": "2999"}],
        texts=[TEXT],
    )
    for name in ("a" * 200, "letter-2"):
        report = check_records(library, schemas=schemas, pause=0, progress=lambda _count: None)
        runs.keep(library.store.database, report, library.store.state().change_sequence)
        put(identifier=name, titles=[{"text": "Another"}], rights={"statement": "Ask us."})


@pytest.mark.parametrize("address", ["", "/record-date-future", "/dlf-access", "/aggregators/dlf-guidelines"])
def test_the_pages_fit_every_screen_and_ask_nobody_else(visit: Visit, address: str) -> None:
    """With all that they hold laid open, in light and in dark."""
    for scheme in ("light", "dark"):
        visit.page.emulate_media(color_scheme=scheme)
        visit.open(f"/conformance{address}")
        visit.page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        assert visit.page.evaluate(WIDER) == 0
        assert visit.page.evaluate(CONTRAST) >= 4.5
    assert visit.faults == []


def test_bars_are_as_long_as_they_say(visit: Visit) -> None:
    """Though the page lets no style stand in an element."""
    visit.open("/conformance")
    row = visit.page.locator("section[aria-labelledby=completeness] tr", has_text="date in EDTF")
    assert row.locator("rect").evaluate(FILLED) == 50
    assert visit.page.locator(".history polyline").evaluate("line => line.getBoundingClientRect().width") > 300


def test_one_gets_from_a_rule_to_the_record_by_keys(visit: Visit) -> None:
    """Without a script of ours: what is laid open is the browser's."""
    visit.open("/conformance")
    visit.page.locator("summary", has_text="record-date-future").focus()
    visit.page.keyboard.press("Enter")
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**/records/letter-1")
    assert visit.faults == []
