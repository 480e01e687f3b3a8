"""What every manifest and collection must keep to, beyond what the official schema finds.

Each rule is a function that yields the places where a document breaks it, as paths such as `/items/0/label`.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from html.parser import HTMLParser
from typing import Any

import langcodes
from lxml import etree

CONTEXT = "http://iiif.io/api/presentation/3/context.json"

Document = dict[str, Any]

REQUIRED = {
    "Manifest": {"id", "label"},
    "Collection": {"id", "label"},
    "Canvas": {"id", "label", "items", "thumbnail"},
    "Range": {"id", "label", "items"},
    "AnnotationPage": {"id", "items"},
    "Annotation": {"id", "motivation", "body", "target"},
    "Agent": {"id", "label"},
    "Text": {"id", "label", "format"},
    "Dataset": {"id", "label", "format"},
    "Image": {"id"},
}
"""What a resource of each type must have; some of it the specification only recommends, and readers miss it."""

_DESCRIBED = {"id", "type", "label", "metadata", "summary", "requiredStatement", "rights", "provider", "thumbnail"}
_LINKED = {"behavior", "homepage", "seeAlso", "rendering", "service", "partOf"}
_SHOWN = {"navDate", "placeholderCanvas", "accompanyingCanvas", "annotations", "items"}
ALLOWED = {
    "Manifest": _DESCRIBED | _LINKED | _SHOWN | {"viewingDirection", "services", "start", "structures"},
    "Collection": _DESCRIBED | _LINKED | _SHOWN | {"viewingDirection", "services"},
    "Canvas": _DESCRIBED | _LINKED | _SHOWN | {"height", "width", "duration"},
    "Range": _DESCRIBED | _LINKED | _SHOWN | {"viewingDirection", "start", "supplementary"},
    "Agent": {"id", "type", "label", "homepage", "logo", "seeAlso"},
    "Text": {"id", "type", "label", "format", "profile", "language"},
    "Dataset": {"id", "type", "label", "format", "profile", "language"},
    "Image": {"id", "type", "format", "height", "width", "service"},
}
"""What a resource of each type may have (appendix A); of content what we state of it."""

LISTS = {
    "metadata", "provider", "thumbnail", "behavior", "homepage", "seeAlso", "rendering", "service", "services",
    "partOf", "structures", "annotations", "items", "logo", "language",
}  # fmt: skip
"""Properties that hold lists, of objects but for those of words."""

WORDS = {"behavior", "language"}

REFERRING = {"AnnotationPage": r"/annotations/\d+", "Canvas": r"/structures/.*|/start", "Collection": r"/partOf/\d+"}
"""Where a resource of a type is but named, which is described elsewhere."""

NAMED_ONCE = {"Manifest", "Collection", "Canvas", "Range", "AnnotationPage", "Annotation", "Dataset", "Text"}
"""Types that no document names twice by one id; the same image may be shown in several places."""

OURS = {"Canvas", "Range", "AnnotationPage", "Annotation", "Dataset"}
"""Types whose ids are always minted by us."""

_MAY_STAND = r"[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2}"
URI = rf"[A-Za-z][A-Za-z0-9+.-]*:(?:{_MAY_STAND})*(?:\?(?:{_MAY_STAND}|\?)*)?(?:#(?:{_MAY_STAND}|\?)*)?"
ADDRESS = r"(?i)https?://[^/?#]+(?:[/?#].*)?"
LITERAL_HOST = r"//(?:[^/?#@]*@)?\[[0-9A-Fa-f:.]+\]"
HTML_TAGS = {"a", "b", "br", "i", "img", "p", "small", "span", "sub", "sup"}
HTML_ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}}
RIGHTS = (
    r"http://creativecommons\.org/(licenses|publicdomain)/[a-z+-]+/\d\.\d/([a-z]+/)?"
    r"|http://rightsstatements\.org/vocab/[A-Z][A-Za-z-]+/1\.0/"
)


def walk(value: object, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every value of a document with its path, the document first."""
    yield path, value
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in parts:
        yield from walk(part, f"{path}/{name}")


def _resources(document: Document, *types: str) -> Iterator[tuple[str, Document]]:
    """Yield every resource of these types, or of any, with its path."""
    for path, value in walk(document):
        if isinstance(value, dict) and "type" in value and (not types or value["type"] in types):
            yield path, value


def _described(document: Document, *types: str) -> Iterator[tuple[str, Document]]:
    """Yield the same but for those that are only named where they stand."""
    for path, found in _resources(document, *types):
        if not re.search(rf"(?:{REFERRING.get(found['type'], '(?!)')})$", path):
            yield path, found


def _texts(document: Document, *ends: str) -> Iterator[tuple[str, str]]:
    """Yield the texts of language maps whose path ends in one of these, with the path of the map."""
    for path, value in walk(document):
        if path.endswith(ends) and isinstance(value, dict):
            yield from ((path, text) for texts in value.values() for text in texts if isinstance(text, str))


# The rules


def context(document: Document) -> Iterator[str]:
    """The context stands first, once, at the top; in a list the one of Presentation is last (4.6)."""
    stated = document.get("@context")
    listed = stated if isinstance(stated, list) else [stated]
    if next(iter(document)) != "@context" or listed[-1] != CONTEXT:
        yield "/@context"
    yield from (path for path, _ in walk(document) if path.endswith("/@context") and path != "/@context")


def empty(document: Document) -> Iterator[str]:
    """Nothing is empty or blank; only a collection may have no items (5.1)."""
    for path, value in walk(document):
        blank = value in (None, [], {}) or (isinstance(value, str) and not value.strip())
        if blank and not (path == "/items" and document["type"] == "Collection"):
            yield path


def lacking(document: Document) -> Iterator[str]:
    """Each resource has what its type must have (3, 5); what refers to a manifest or collection lists no items."""
    if "items" not in document:
        yield "/items"
    for path, found in _described(document):
        yield from (f"{path}/{name}" for name in sorted(REQUIRED.get(found["type"], set()) - set(found)))


def foreign(document: Document) -> Iterator[str]:
    """No resource has a property that its type may not have (appendix A)."""
    for path, found in _resources(document):
        allowed = ALLOWED.get(found["type"], set(found)) | {"@context"}
        yield from (f"{path}/{name}" for name in found if name not in allowed)


def lists(document: Document) -> Iterator[str]:
    """What may stand several times is a list (4.3), of objects or of words."""
    for path, found in _resources(document):
        for name in sorted(LISTS & set(found)) if found["type"] != "TextualBody" else ():
            wanted = str if name in WORDS else dict
            if not (isinstance(found[name], list) and all(isinstance(each, wanted) for each in found[name])):
                yield f"{path}/{name}"


def language_maps(document: Document) -> Iterator[str]:
    """Labels, summaries and values are lists of texts by language (4.4)."""
    for path, value in walk(document):
        named = path.endswith(("/label", "/summary", "/value")) and not path.endswith("/body/value")
        if named and not (isinstance(value, dict) and _by_language(value)):
            yield path


def _by_language(value: dict[str, object]) -> bool:
    return all(
        (tag == "none" or (re.fullmatch("[A-Za-z0-9-]+", tag) and langcodes.tag_is_valid(tag)))
        and isinstance(texts, list)
        and all(isinstance(text, str) for text in texts)
        for tag, texts in value.items()
    )


def one_language(document: Document) -> Iterator[str]:
    """A pair of metadata is in one language: several would count as translations of each other (4.4)."""
    for number, pair in enumerate(document.get("metadata", [])):
        yield from (f"/metadata/{number}/{name}" for name in ("label", "value") if len(pair[name]) > 1)


def html_in_labels(document: Document) -> Iterator[str]:
    """A label is plain text, and does not look like HTML to who tells the one from the other by both ends (4.5)."""
    yield from (path for path, text in _texts(document, "/label") if _looks_like_html(text))


def _looks_like_html(text: str) -> bool:
    return text.startswith("<") and text.endswith(">")


def html(document: Document) -> Iterator[str]:
    """What counts as HTML is well-formed, and has only what viewers keep (4.5)."""
    for path, text in _texts(document, "/summary", "/value"):
        if _looks_like_html(text) and not _sound(text):
            yield path


def _sound(text: str) -> bool:
    try:
        root = etree.fromstring(text)
    except etree.XMLSyntaxError:
        return False
    around = any(re.match(r"\s*<!\[CDATA\[|<\?|<!", part) for part in text.split(">")) or "<![CDATA[" in text
    return not around and all(_kept(node) for node in root.iter())


def _kept(node: etree._Element) -> bool:
    leads = [node.get("href", "http://"), node.get("src", "http://")]
    return (
        node.tag in HTML_TAGS
        and set(node.attrib) <= HTML_ATTRIBUTES.get(str(node.tag), set())
        and all(re.match(r"https?://|mailto:", str(lead), re.IGNORECASE) and _is_uri(str(lead)) for lead in leads)
    )


def nav_date(document: Document) -> Iterator[str]:
    """A navDate is a moment with its time zone (3.1)."""
    for path, value in walk(document):
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
    for path, value in walk(document):
        if path.endswith("/rights") and not (isinstance(value, str) and re.fullmatch(RIGHTS, value)):
            yield path


def addresses(document: Document) -> Iterator[str]:
    """An id is a web address, but that of an agent (3.2), encoded (6.1); that of a canvas has no fragment (5.3)."""
    for path, found in _resources(document):
        if "id" not in found:
            continue
        sound = _is_uri(found["id"]) and (found["type"] == "Agent" or re.fullmatch(ADDRESS, found["id"]))
        if not sound or (found["type"] == "Canvas" and "#" in found["id"]):
            yield f"{path}/id"
    yield from (path for path, value in walk(document) if path.endswith("/@id") and not _is_uri(value))


def _is_uri(text: str) -> bool:
    """Whether a text is a URI, all special characters encoded (RFC 3986); brackets stand around an IPv6 host alone."""
    return bool(re.fullmatch(URI, re.sub(LITERAL_HOST, "//host", text, count=1)))


def base(document: Document) -> Iterator[str]:
    """What we name begins with the address that the document has."""
    start = document["id"].partition("/iiif/")[0] + "/"
    yield from (f"{path}/id" for path, found in _resources(document, *OURS) if not found["id"].startswith(start))


def twice(document: Document) -> Iterator[str]:
    """No two resources have one id (3.2)."""
    found = [(path, resource["id"]) for path, resource in _described(document, *NAMED_ONCE) if "id" in resource]
    counts = Counter(uri for _, uri in found)
    first = {uri: path for path, uri in reversed(found)}
    yield from (f"{path}/id" for path, uri in found if counts[uri] > 1 and first[uri] != path)


def paintings(document: Document) -> Iterator[str]:
    """What is painted is an image, on the canvas that holds it (5.3, 5.6)."""
    for path, canvas in _described(document, "Canvas"):
        for inner, annotation in _resources(canvas, "Annotation"):
            if inner.startswith("/annotations/"):
                continue
            if (annotation["motivation"], annotation["target"]) != ("painting", canvas.get("id")):
                yield f"{path}{inner}"
            elif annotation["body"]["type"] != "Image":
                yield f"{path}{inner}/body"


def sizes(document: Document) -> Iterator[str]:
    """Canvases, what is painted on them and thumbnails have a height and a width in whole pixels (5.3, 5.7)."""
    for path, found in _described(document, "Canvas", "Image"):
        both = (found.get("height"), found.get("width"))
        if "/logo/" not in path and not all(type(size) is int and size > 0 for size in both):
            yield path


def ranges(document: Document) -> Iterator[str]:
    """A range lists ranges, and canvases of its manifest (5.4)."""
    canvases = {found["id"] for _, found in _described(document, "Canvas") if "id" in found}
    for path, found in _resources(document, "Canvas"):
        if re.search(REFERRING["Canvas"], path) and found.get("id") not in canvases:
            yield f"{path}/id"


RULES: tuple[Callable[[Document], Iterator[str]], ...] = (
    context, empty, lacking, foreign, lists, language_maps, one_language, html_in_labels, html, nav_date, rights_form,
    addresses, base, twice, paintings, sizes, ranges,
)  # fmt: skip


def faults(document: Document) -> list[str]:
    """Return where a manifest or collection breaks which rule: `rule /path`."""
    return [f"{rule.__name__} {path}" for rule in RULES for path in rule(document)]


class _Reader(HTMLParser):
    """Reads as a browser does that takes everything for HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def handle_data(self, data: str) -> None:
        """Take text."""
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a line break; other tags show nothing."""
        self.text += "\n" if (tag, attrs) == ("br", []) else ""


def says(value: str, text: str) -> bool:
    """Whether a value reads as a text: in itself, and to a viewer that takes all values for HTML."""
    reader = _Reader()
    reader.feed(value)
    reader.close()
    return reader.text in {text, f"{text} "} and (_looks_like_html(value) or value in {text, f"{text} "})
