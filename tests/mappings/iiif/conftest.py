"""What every manifest and collection must keep to, beyond what the official schema finds; golden JSON documents."""

import json
import os
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

GOLDEN = Path(__file__).parents[2] / "golden"
CONTEXT = "http://iiif.io/api/presentation/3/context.json"

Document = dict[str, Any]


@pytest.fixture(scope="session")
def golden_json() -> Callable[[str, bytes | None], None]:
    """Give a function that asserts that a document is the golden one of that name (`folder/file.json`), laid out."""

    def check(name: str, document: bytes | None) -> None:
        assert document is not None
        laid_out = json.dumps(json.loads(document), indent=2, ensure_ascii=False) + "\n"
        path = GOLDEN / name
        if os.environ.get("DRAGOMAN_TEST_UPDATE_GOLDEN") == "1":
            path.write_text(laid_out, encoding="utf-8")
        assert laid_out == path.read_text(encoding="utf-8")

    return check


@pytest.fixture(scope="session")
def paragraphs() -> Callable[[str], list[str]]:
    """Give a function that returns the paragraphs of a value in HTML as text, with its line breaks."""

    class Reader(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.found: list[str] = []

        def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the parser passes it
            assert tag in {"p", "br"}
            if tag == "p":
                self.found.append("")
            else:
                self.found[-1] += "\n"

        def handle_data(self, data: str) -> None:
            self.found[-1] += data

    def read(value: str) -> list[str]:
        reader = Reader()
        reader.feed(value)
        reader.close()
        return reader.found

    return read


@pytest.fixture(scope="session")
def faults() -> Callable[[Document], list[str]]:
    """Give a function that names what is wrong with a manifest or collection (Presentation 3.0)."""
    return lambda document: [*_top(document), *_nodes(document, ""), *_unique(document), *_canvases(document)]


def _top(document: Document) -> Iterator[str]:
    if next(iter(document)) != "@context" or document["@context"] != CONTEXT:
        yield "@context is not first"
    if not document.get("label"):
        yield "no label"
    if document["type"] == "Manifest" and not document["items"]:
        yield "no canvas"
    uri = document.get("rights")
    if uri and not re.match(r"http://(creativecommons\.org|rightsstatements\.org)/", uri):
        yield "rights is no canonical URI"
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", document.get("navDate", "2000-01-01T00:00:00Z")):
        yield "navDate is no moment"


def _nodes(node: object, path: str) -> Iterator[str]:
    """Yield what is wrong anywhere inside a document."""
    if node in (None, "", [], {}) and path != "/items":
        yield f"{path} is empty"
    if isinstance(node, dict):
        yield from _properties(node, path)
    parts = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for name, value in parts:
        yield from _nodes(value, f"{path}/{name}")


def _properties(node: Document, path: str) -> Iterator[str]:
    """Yield a context that is not at the top, labels that are missing or no language maps, images without a size."""
    if path and "@context" in node:
        yield f"{path}/@context is inside"
    for name in ("label", "summary", "value"):
        if name in node and not _is_language_map(node[name]):
            yield f"{path}/{name} is no language map"
    if node.get("type") in {"Agent", "Text", "Dataset"} and "label" not in node:
        yield f"{path} has no label"
    if node.get("type") == "Image" and not (node.get("width", 1) > 0 and node.get("height", 1) > 0):
        yield f"{path} has no size"


def _is_language_map(value: object) -> bool:
    return isinstance(value, dict) and all(
        re.fullmatch(r"none|[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", tag)
        and texts
        and all(isinstance(text, str) for text in texts)
        for tag, texts in value.items()
    )


def _unique(document: Document) -> Iterator[str]:
    if document["type"] == "Manifest":
        names = [name for canvas in document["items"] for name in _names(canvas)]
        yield from (f"{name} stands twice" for name in sorted(set(names)) if names.count(name) > 1)


def _names(canvas: Document) -> list[str]:
    return [
        canvas["id"],
        *(page["id"] for page in canvas["items"]),
        *(a["id"] for p in canvas["items"] for a in p["items"]),
    ]


def _canvases(document: Document) -> Iterator[str]:
    for canvas in document["items"] if document["type"] == "Manifest" else []:
        if "#" in canvas["id"] or not (canvas["width"] > 0 and canvas["height"] > 0):
            yield f"{canvas['id']} has a fragment or no size"
        painted = [annotation for page in canvas["items"] for annotation in page["items"]]
        if not painted:
            yield f"{canvas['id']} shows nothing"
        for annotation in painted:
            if annotation["target"] != canvas["id"] or annotation["body"]["type"] != "Image":
                yield f"{annotation['id']} paints no image on its canvas"
