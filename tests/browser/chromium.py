"""The Chromium of this host."""

import shutil

from playwright.sync_api import Browser, Playwright

from tests.browser.packages import MissingError


def launched(playwright: Playwright) -> Browser:
    """Start it.

    Raises:
        MissingError: there is none.
    """
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        raise MissingError("Chromium is missing: install the package chromium")
    return playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
