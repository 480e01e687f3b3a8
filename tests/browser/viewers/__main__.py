"""`python -m tests.browser.viewers URL --into FOLDER`: what each viewer shows of a manifest, with screenshots."""

import argparse
from dataclasses import fields
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.chromium import launched
from tests.browser.viewers.looking import Look, look
from tests.browser.viewers.viewers import VIEWERS

CELLS = {True: "yes", False: "no", None: "-"}


def main() -> None:
    """Open the manifest in each viewer, and print the matrix."""
    parser = argparse.ArgumentParser(prog="python -m tests.browser.viewers", description=str(__doc__))
    parser.add_argument("manifest", help="the address of a manifest")
    parser.add_argument("--into", type=Path, required=True, help="the folder for the screenshots")
    parser.add_argument("--search", metavar="WORD", help="a word to search for in each viewer")
    chosen = parser.parse_args()
    chosen.into.mkdir(parents=True, exist_ok=True)
    names = [field.name for field in fields(Look) if field.name not in {"viewer", "faults"}]
    _say("", *names)
    with sync_playwright() as playwright:
        browser = launched(playwright)
        for viewer in VIEWERS:
            seen = look(browser, viewer, chosen.manifest, chosen.into, word=chosen.search)
            _say(viewer.name, *(CELLS[getattr(seen, name)] for name in names))
            for fault in seen.faults:
                print(f"    {fault}")  # noqa: T201
        browser.close()


def _say(*cells: str) -> None:
    print("".join(f"{cell:<{18 if not place else 9}}" for place, cell in enumerate(cells)), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
