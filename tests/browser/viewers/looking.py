"""Opens a manifest in a viewer as a reader would, and says what is to be seen there."""

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Error, Page, Response, Route

from tests.browser.viewers.viewers import HOST, Viewer

OPENING = 90
"""How many seconds a viewer may take to open a manifest, on a machine that is busy with others."""

SECONDS = 20
"""How many seconds it may take to bring something to sight then."""

SEEN = """words => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const start = node.data.indexOf(words);
    if (start < 0) continue;
    const range = new Range();
    range.setStart(node, start);
    range.setEnd(node, start + words.length);
    const [box] = range.getClientRects();
    const top = box && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    if (top && node.parentElement.contains(top)) return true;
  }
  return false;
}"""
"""Whether words can be read in the window as it is: not scrolled out of it, not covered."""


@dataclass
class Look:
    """What a viewer showed of a manifest; None stands where there was nothing to show.

    Attributes:
        viewer: its name.
        opens: whether it asked for the first page's image and got it.
        painted: whether the page is to be seen.
        rights: whether the rights statement is to be read without a click.
        funder: whether the acknowledgment is to be read without a click.
        text: whether the text of the page is to be read, after a click where it takes one.
        found: whether a word that was searched is marked on the page.
        faults: what went wrong: requests that failed or left for another host, errors of scripts.
    """

    viewer: str
    opens: bool = False
    painted: bool = False
    rights: bool | None = None
    funder: bool | None = None
    text: bool | None = None
    found: bool | None = None
    faults: list[str] = field(default_factory=list)


def look(browser: Browser, viewer: Viewer, manifest: str, into: Path, *, word: str | None = None) -> Look:
    """Open a manifest in a viewer, keep screenshots, and say what was seen.

    Args:
        browser: the browser.
        viewer: the viewer.
        manifest: the address of the manifest; only its host may be asked for anything.
        into: the folder for the screenshots.
        word: a word to search for in the viewer; None searches nothing.
    """
    stated: dict[str, Any] = httpx2.get(manifest).raise_for_status().json()
    seen = Look(viewer.name)
    with _page(browser, viewer, manifest, seen) as page:
        _open(page, viewer, manifest, stated, seen)
        page.screenshot(path=into / f"{viewer.slug}.png")
        seen.painted = seen.opens and is_painted(page)
        seen.rights = _reads(page, _row(stated, "Rights"))
        seen.funder = _reads(page, _row(stated, "Funding"))
        seen.text = _text(page, viewer, stated)
        if seen.text is not None:
            page.screenshot(path=into / f"{viewer.slug}-text.png")
        if word and stated.get("service"):
            seen.found = searched(page, viewer, word, into)
    return seen


def is_painted(page: Page) -> bool:
    """Whether there is anything on the middle of the canvas but its ground."""
    colours = _canvas(page).getcolors(maxcolors=1 << 24) or []
    total = sum(count for count, _colour in colours)
    return max(count for count, _colour in colours) < 0.999 * total


def searched(page: Page, viewer: Viewer, word: str, into: Path) -> bool:
    """Type a word into a viewer's search box; say whether something coloured lies on the page that did not before.

    Args:
        page: the viewer with the manifest opened.
        viewer: which one it is.
        word: the word.
        into: the folder for the screenshot.
    """
    try:
        before = _canvas(page)
        viewer.search(page, word)
        marked = _until(page, lambda: _coloured(page, before))
    except Error:
        marked = False
    page.screenshot(path=into / f"{viewer.slug}-search.png")
    return marked


@contextmanager
def _page(browser: Browser, viewer: Viewer, manifest: str, seen: Look) -> Iterator[Page]:
    host = f"{urlsplit(manifest).scheme}://{urlsplit(manifest).netloc}"
    files = viewer.files()

    def answer(route: Route) -> None:
        address = route.request.url
        if address.startswith(f"{host}/"):
            route.continue_()
        elif not address.startswith(f"{HOST}/"):
            seen.faults.append(f"left for another host: {address}")
            route.abort()
        elif viewer.document and urlsplit(address).path.count("/") == 1 and address.endswith(".html"):
            route.fulfill(body=viewer.document(manifest), content_type="text/html; charset=utf-8")
        else:
            _folder, name, rest = urlsplit(address).path.split("/", 2)
            route.fulfill(path=files[name] / rest) if name in files else route.fulfill(status=404)

    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.grant_permissions(["local-network-access"])  # the manifest may be on the loopback interface
    context.route(re.compile("^https?:"), answer)
    page = context.new_page()
    page.on("pageerror", lambda error: seen.faults.append(f"script: {error}"))
    page.on("response", lambda got: _note(got, host, seen))
    yield page
    context.close()


def _note(got: Response, host: str, seen: Look) -> None:
    """Take note of what we answer with an error; viewers ask for some files of their own that they do not have."""
    if got.status >= 400 and got.url.startswith(f"{host}/"):
        seen.faults.append(f"{got.status}: {got.url}")


def _open(page: Page, viewer: Viewer, manifest: str, stated: dict[str, Any], seen: Look) -> None:
    """Open the manifest, and wait for the image of its first page."""
    body = stated["items"][0]["items"][0]["items"][0]["body"]
    service = body.get("service", [{}])[0]
    images = tuple(filter(None, (body["id"], service.get("id"), service.get("@id"))))
    try:
        with page.expect_response(
            lambda got: got.url.startswith(images) and got.request.resource_type in {"image", "fetch", "xhr"},
            timeout=OPENING * 1000,
        ) as came:
            page.goto(viewer.address(manifest))
        seen.opens = came.value.ok
        page.wait_for_load_state("networkidle")
        _until(page, lambda: is_painted(page))
    except Error as error:
        seen.faults.append(f"does not open: {error.message.splitlines()[0]}")


def _text(page: Page, viewer: Viewer, stated: dict[str, Any]) -> bool | None:
    """Whether the text of the first page is to be read, if there is any that viewers are told of."""
    pages = stated["items"][0].get("annotations", [])
    lines = [
        item["body"]["value"]
        for each in pages
        for item in httpx2.get(each["id"]).raise_for_status().json()["items"]
        if item["body"].get("type") == "TextualBody"
    ]
    if not lines:
        return None
    if viewer.show_text is None:
        return False
    try:
        viewer.show_text(page)
    except Error:
        return False
    return _until(page, lambda: bool(page.evaluate(SEEN, lines[0])))


def _row(stated: dict[str, Any], label: str) -> str | None:
    """Return how the value of a metadata row begins, as viewers have it: its first words on one line."""
    for row in stated.get("metadata", []):
        if label in row["label"].get("en", []):
            text = unescape(next(iter(row["value"].values()))[0])
            return " ".join(text.strip().splitlines()[0].split()[:5])
    return None


def _reads(page: Page, words: str | None) -> bool | None:
    return None if words is None else bool(page.evaluate(SEEN, words))


def _canvas(page: Page) -> Image.Image:
    """Return the middle of what the viewer paints pages on.

    Raises:
        Error: there is nothing to paint on.
    """
    box = page.locator(".openseadragon-canvas").first.bounding_box(timeout=SECONDS * 1000)
    if box is None:
        raise Error("the viewer has taken its canvas away")
    middle = {
        "x": box["x"] + box["width"] / 4,
        "y": box["y"] + box["height"] / 8,
        "width": box["width"] / 2,
        "height": 3 * box["height"] / 4,
    }
    return Image.open(io.BytesIO(page.screenshot(clip=middle))).convert("RGB")  # type: ignore[arg-type]


def _coloured(page: Page, before: Image.Image) -> bool:
    """Whether pixels have come in colour that were grey."""
    now = _canvas(page)
    if now.size != before.size:
        return _colours(now) > _colours(before) + 50
    return _colours(ImageChops.difference(now, before)) > 50


def _colours(image: Image.Image) -> int:
    """Return how many pixels of an image are coloured."""
    saturation = image.convert("HSV").getchannel("S").histogram()
    return sum(saturation[60:])


def _until(page: Page, holds: Callable[[], bool]) -> bool:
    """Whether something holds before long."""
    for _step in range(SECONDS * 5):
        if holds():
            return True
        page.wait_for_timeout(200)
    return False
