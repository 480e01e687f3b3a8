"""What every manifest and collection must keep to, beyond what the official schema finds.

Each rule is a function that yields the places where a document breaks it, as paths such as `/items/0/label`.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from lxml import etree

CONTEXT = "http://iiif.io/api/presentation/3/context.json"

Document = dict[str, Any]

REQUIRED = {
    "Manifest": {"id", "label"},
    "Collection": {"id", "label"},
    "Canvas": {"id", "label", "items", "thumbnail"},
    "AnnotationPage": {"id", "items"},
    "Annotation": {"id", "motivation", "body", "target"},
    "Agent": {"id", "label"},
    "Text": {"id", "label", "format"},
    "Dataset": {"id", "label", "format"},
    "Image": {"id"},
}
"""What a resource of each type must have; some of it the specification only recommends, and readers miss it."""

NAMED_ONCE = {"Manifest", "Collection", "Canvas", "AnnotationPage", "Annotation", "Dataset", "Text"}
"""Types that no document names twice by one id; the same image may be shown in several places."""

OURS = {"Canvas", "AnnotationPage", "Annotation", "Dataset"}
"""Types whose ids are always minted by us."""

ADDRESS = r"(?i)https?://[^\s<>\"{}|\\^`]+"
LANGUAGE_KEY = r"none|[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*"
HTML_TAGS = {"a", "b", "br", "i", "img", "p", "small", "span", "sub", "sup"}
HTML_ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}}
HTML_TEXT = re.compile(r"</?([a-zA-Z]+)\b[^<]*>")
RIGHTS = (
    r"http://creativecommons\.org/(licenses|publicdomain)/[a-z+-]+/\d\.\d/([a-z]+/)?"
    r"|http://rightsstatements\.org/vocab/[A-Z][A-Za-z-]+/1\.0/"
)


def _walk(value: object, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every value of a document with its path, the document first."""
    yield path, value
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in parts:
        yield from _walk(part, f"{path}/{name}")


def _resources(document: Document, *types: str) -> Iterator[tuple[str, Document]]:
    """Yield every resource of these types, or of any, with its path."""
    for path, value in _walk(document):
        if isinstance(value, dict) and "type" in value and (not types or value["type"] in types):
            yield path, value


def _texts(document: Document, *ends: str) -> Iterator[tuple[str, str]]:
    """Yield the texts of language maps whose path ends in one of these, with the path of the map."""
    for path, value in _walk(document):
        if path.endswith(ends) and isinstance(value, dict):
            yield from ((path, text) for texts in value.values() for text in texts if isinstance(text, str))


# The rules


def context(document: Document) -> Iterator[str]:
    """The context stands first, once, at the top; in a list the one of Presentation is last (4.6)."""
    stated = document.get("@context")
    listed = stated if isinstance(stated, list) else [stated]
    if next(iter(document)) != "@context" or listed[-1] != CONTEXT:
        yield "/@context"
    yield from (path for path, _ in _walk(document) if path.endswith("/@context") and path != "/@context")


def empty(document: Document) -> Iterator[str]:
    """Nothing is empty or blank; only a collection may have no items (5.1)."""
    for path, value in _walk(document):
        blank = value in (None, [], {}) or (isinstance(value, str) and not value.strip())
        if blank and not (path == "/items" and document["type"] == "Collection"):
            yield path


def lacking(document: Document) -> Iterator[str]:
    """Each resource has what its type must have (3, 5); what refers to a manifest or collection lists no items."""
    if "items" not in document:
        yield "/items"
    for path, found in _resources(document):
        yield from (f"{path}/{name}" for name in sorted(REQUIRED.get(found["type"], set()) - set(found)))


def language_maps(document: Document) -> Iterator[str]:
    """Labels, summaries and values are lists of texts by language (4.4)."""
    for path, value in _walk(document):
        if path.endswith(("/label", "/summary", "/value")) and not (isinstance(value, dict) and _by_language(value)):
            yield path


def _by_language(value: dict[str, object]) -> bool:
    return all(
        re.fullmatch(LANGUAGE_KEY, tag) and isinstance(texts, list) and all(isinstance(text, str) for text in texts)
        for tag, texts in value.items()
    )


def one_language(document: Document) -> Iterator[str]:
    """A pair of metadata is in one language: several would count as translations of each other (4.4)."""
    for number, pair in enumerate(document.get("metadata", [])):
        yield from (f"/metadata/{number}/{name}" for name in ("label", "value") if len(pair[name]) > 1)


def html_in_labels(document: Document) -> Iterator[str]:
    """A label is plain text (4.5)."""
    for path, text in _texts(document, "/label"):
        found = HTML_TEXT.match(text)
        if found and found[1].lower() in HTML_TAGS:
            yield path


def html(document: Document) -> Iterator[str]:
    """What counts as HTML is well-formed, and has only what viewers keep (4.5)."""
    for path, text in _texts(document, "/summary", "/value"):
        if text.startswith("<") and text.endswith(">") and not _sound(text):
            yield path


def _sound(text: str) -> bool:
    try:
        root = etree.fromstring(text)
    except etree.XMLSyntaxError:
        return False
    return all(
        node.tag in HTML_TAGS
        and set(node.attrib) <= HTML_ATTRIBUTES.get(str(node.tag), set())
        and re.match(r"https?://|mailto:", str(node.get("href", "http://")), re.IGNORECASE)
        for node in root.iter()
    )


def nav_date(document: Document) -> Iterator[str]:
    """A navDate is a moment with its time zone (3.1)."""
    for path, value in _walk(document):
        if path.endswith("/navDate") and not _is_moment(value):
            yield path


def _is_moment(value: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def rights_form(document: Document) -> Iterator[str]:
    """Rights are a URI as Creative Commons or rightsstatements.org define it (3.1)."""
    for path, value in _walk(document):
        if path.endswith("/rights") and not (isinstance(value, str) and re.fullmatch(RIGHTS, value)):
            yield path


def addresses(document: Document) -> Iterator[str]:
    """An id is a web address, but that of an agent (3.2); the name of a canvas has no fragment (5.3)."""
    for path, found in _resources(document):
        if "id" not in found or found["type"] == "Agent":
            continue
        if not re.fullmatch(ADDRESS, found["id"]) or (found["type"] == "Canvas" and "#" in found["id"]):
            yield f"{path}/id"


def base(document: Document) -> Iterator[str]:
    """What we name begins with the address that the document has."""
    start = document["id"].partition("/iiif/")[0] + "/"
    yield from (f"{path}/id" for path, found in _resources(document, *OURS) if not found["id"].startswith(start))


def twice(document: Document) -> Iterator[str]:
    """No two resources have one id (3.2)."""
    found = [(path, resource["id"]) for path, resource in _resources(document, *NAMED_ONCE) if "id" in resource]
    counts = Counter(uri for _, uri in found)
    first = {uri: path for path, uri in reversed(found)}
    yield from (f"{path}/id" for path, uri in found if counts[uri] > 1 and first[uri] != path)


def paintings(document: Document) -> Iterator[str]:
    """What is painted is an image, on the canvas that holds it (5.3, 5.6)."""
    for path, canvas in _resources(document, "Canvas"):
        for inner, annotation in _resources(canvas, "Annotation"):
            if (annotation["motivation"], annotation["target"]) != ("painting", canvas.get("id")):
                yield f"{path}{inner}"
            elif annotation["body"]["type"] != "Image":
                yield f"{path}{inner}/body"


def sizes(document: Document) -> Iterator[str]:
    """Canvases, what is painted on them and thumbnails have a height and a width in whole pixels (5.3, 5.7)."""
    for path, found in _resources(document, "Canvas", "Image"):
        both = (found.get("height"), found.get("width"))
        if "/logo/" not in path and not all(type(size) is int and size > 0 for size in both):
            yield path


RULES: tuple[Callable[[Document], Iterator[str]], ...] = (
    context, empty, lacking, language_maps, one_language, html_in_labels, html, nav_date, rights_form, addresses, base,
    twice, paintings, sizes,
)  # fmt: skip


def faults(document: Document) -> list[str]:
    """Return where a manifest or collection breaks which rule: `rule /path`."""
    return [f"{rule.__name__} {path}" for rule in RULES for path in rule(document)]
