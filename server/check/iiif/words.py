"""Values with a meaning: rights, dates, media types, measures, directions and behaviors (Presentation 3.0, 3)."""

import re
from collections.abc import Iterator
from datetime import date
from typing import TypeGuard

from server.check.findings import Place
from server.check.iiif.classes import EMBEDDED
from server.check.iiif.document import CLASSES, CONTENT, Document, Node, text
from server.check.iiif.linked_data import shown

_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_RIGHTS_STATEMENT = re.compile(
    r"http://rightsstatements\.org/vocab/(InC|InC-OW-EU|InC-EDU|InC-NC|InC-RUU|NoC-CR|NoC-NC|NoC-OKLR|NoC-US|CNE|UND|NKC)"
    r"/1\.0/"
)
_CREATIVE_COMMONS = re.compile(
    r"http://creativecommons\.org/(licenses/[a-z+-]+/\d\.\d/([a-z]{2,3}(-[a-z]+)?/)?|publicdomain/(zero|mark)/1\.0/"
    r"|licenses/publicdomain/)"
)
_THEIRS = re.compile(r"https?://(www\.)?(creativecommons|rightsstatements)\.org\b", re.IGNORECASE)

_DATE_TIME = re.compile(
    r"(-?(?:[1-9][0-9]{3,}|0[0-9]{3}))-([0-9]{2})-([0-9]{2})T"
    r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
    r"(Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))"
)
_MEDIA_TYPE = re.compile(r"[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*(\s*;.*)?")

CONTENT_TYPES = ("Dataset", "Image", "Model", "Sound", "Text", "Video")
"""What content is (3.2, type)."""

DIRECTIONS = ("left-to-right", "right-to-left", "top-to-bottom", "bottom-to-top")
TIME_MODES = ("trim", "scale", "loop")

_TIMED = {"auto-advance": "CMVR", "no-auto-advance": "CMVR", "repeat": "CM", "no-repeat": "CM"}
_PAGED = {"continuous": "CMR", "paged": "CMR", "facing-pages": "V", "non-paged": "V"}
_OTHER = {
    "unordered": "CMR", "individuals": "CMR", "multi-part": "C", "together": "C", "sequence": "R",
    "thumbnail-nav": "R", "no-nav": "R", "hidden": "PACSO",
}  # fmt: skip
BEHAVIORS = _TIMED | _PAGED | _OTHER
"""Each behavior, and the letters of the classes that may have it (appendix A)."""

_LETTERS = {
    "Collection": "C", "Manifest": "M", "Canvas": "V", "Range": "R", "AnnotationPage": "P", "Annotation": "A",
    "AnnotationCollection": "C", "SpecificResource": "S", "Content": "O",
}  # fmt: skip

_SERVICE_PROFILES: dict[str, list[str]] = {
    "ImageService3": [f"level{level}" for level in range(3)],
    "ImageService2": [f"http://iiif.io/api/image/2/level{level}.json" for level in range(3)],
    **{f"SearchService{version}": [f"http://iiif.io/api/search/{version}/search"] for version in (1, 2)},
    **{f"AutoCompleteService{version}": [f"http://iiif.io/api/search/{version}/autocomplete"] for version in (1, 2)},
}

DISJOINT = (
    {"auto-advance", "no-auto-advance"},
    {"repeat", "no-repeat"},
    {"unordered", "individuals", "continuous", "paged"},
    {"paged", "facing-pages", "non-paged"},
    {"multi-part", "together"},
    {"sequence", "thumbnail-nav", "no-nav"},
)
"""Behaviors of which a resource has one at most (3.2)."""


def rights(document: Document) -> Iterator[Place]:
    """The rights are a URI, as its publisher defines it (3.1)."""
    for where, found in _strings(document, "rights"):
        if not _URI.fullmatch(found):
            yield Place(where, "a URI", found)
        elif _THEIRS.match(found) and not _defined(found):
            yield Place(where, "a URI such as http://rightsstatements.org/vocab/InC/1.0/", found)


def rights_known(document: Document) -> Iterator[Place]:
    """The rights are of a publisher that viewers know, or of an extension (3.1)."""
    for where, found in _strings(document, "rights") if not document.extended else ():
        if _URI.fullmatch(found) and not _THEIRS.match(found):
            yield Place(where, "a URI of Creative Commons or RightsStatements.org", found)


def _defined(uri: str) -> bool:
    return bool(_RIGHTS_STATEMENT.fullmatch(uri) or _CREATIVE_COMMONS.fullmatch(uri))


def nav_dates(document: Document) -> Iterator[Place]:
    """Each navDate is a dateTime with a time zone, on a day that exists (3.1)."""
    for where, found in _strings(document, "navDate"):
        if not is_moment(found):
            yield Place(where, "a date and time such as 1965-03-02T00:00:00Z", found)


def is_moment(found: str) -> bool:
    """Whether a text is a dateTime of XML Schema with a time zone, on a day that exists."""
    matched = _DATE_TIME.fullmatch(found)
    if not matched:
        return False
    year = 2000 + int(matched[1][-4:]) % 400  # any year with the same days
    try:
        date(year, int(matched[2]), int(matched[3]))
    except ValueError:
        return False
    return True


def nav_dates_in_utc(document: Document) -> Iterator[Place]:
    """Each navDate is in UTC (3.1)."""
    for where, found in _strings(document, "navDate"):
        if is_moment(found) and not found.endswith("Z"):
            yield Place(where, "a time in UTC, with Z", found)


def formats(document: Document) -> Iterator[Place]:
    """Each format is a media type (3.2; RFC 6838, 4.2)."""
    for where, found in _strings(document, "format"):
        if not _MEDIA_TYPE.fullmatch(found):
            yield Place(where, "a media type such as image/jpeg", found)


def content_types(document: Document) -> Iterator[Place]:
    """The type of content is of the table (3.2, 5.7), or a class of IIIF where it names such a resource."""
    known = {"", *CONTENT_TYPES, *CLASSES, *EMBEDDED, "SpecificResource", "List", "Composite", "Independents"}
    for node in document.of("Content") if not document.extended else ():
        judged = not node.allowed and node.role in {*CONTENT, "body", "items", "source"}
        if judged and node.type not in known:
            yield Place(document.place(node.at("type")), ", ".join(CONTENT_TYPES), node.type)


def profiles(document: Document) -> Iterator[Place]:
    """The profile of content is a URI (3.2)."""
    for node in document.of("Content"):
        found = text(node.value.get("profile"))
        if found and not _URI.fullmatch(found):
            yield Place(document.place(node.at("profile")), "a URI", found)


def service_profiles(document: Document) -> Iterator[Place]:
    """The profile of a service of IIIF is one of its specification (3.3.1; Image 3.0, 5.2; Content Search 2.0, 3.1)."""
    for node in document.of("Service"):
        kind, profile = node.type or text(node.value.get("@type")), node.value.get("profile")
        first = profile[0] if isinstance(profile, list) and profile and kind == "ImageService2" else profile
        if kind in _SERVICE_PROFILES and first is not None and first not in _SERVICE_PROFILES[kind]:
            yield Place(document.place(node.at("profile")), " or ".join(_SERVICE_PROFILES[kind]), shown(first))


def measures(document: Document) -> Iterator[Place]:
    """Height and width are positive integers, a duration is a positive number (3.2)."""
    for node in document.nodes:
        for name in ("height", "width", "duration") if node.kind != "Service" else ():
            found = node.value.get(name)
            if name in node.value and not (is_size(found) or (name == "duration" and is_duration(found))):
                expected = "a positive number" if name == "duration" else "a positive integer"
                yield Place(
                    document.place(node.at(name)), expected, f'"{found}"' if isinstance(found, str) else shown(found)
                )


def is_size(value: object) -> TypeGuard[int]:
    """Whether a value is a height or a width."""
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def is_duration(value: object) -> TypeGuard[float]:
    """Whether a value is a duration."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < float("inf")


def content_sizes(document: Document) -> Iterator[Place]:
    """Images, sounds and videos that viewers lay out state their size (3.1 thumbnail, 3.2 height)."""
    needed = {"Image": ("height", "width"), "Video": ("height", "width", "duration"), "Sound": ("duration",)}
    for node in document.of("Content"):
        painted = node.role in {"body", "items", "source"} and is_painted(node)
        for name in needed.get(node.type, ()) if painted or node.role == "thumbnail" else ():
            if name not in node.value:
                yield Place(document.place(node.where), name, "none")


def is_painted(node: Node) -> bool:
    """Whether content is painted on a canvas by the annotation that it stands in."""
    annotation = node.above("Annotation")
    if annotation is None or (annotation.parent is not None and annotation.parent.role == "annotations"):
        return False
    return "painting" in motivations(annotation)


def motivations(annotation: Node) -> list[str]:
    """Return the motivations of an annotation."""
    found = annotation.value.get("motivation")
    return [text(each) for each in (found if isinstance(found, list) else [found])]


def viewing_directions(document: Document) -> Iterator[Place]:
    """Each viewingDirection is one of four (3.2)."""
    yield from _one_of(document, "viewingDirection", DIRECTIONS)


def time_modes(document: Document) -> Iterator[Place]:
    """Each timeMode is one of three (3.2)."""
    yield from _one_of(document, "timeMode", TIME_MODES)


def _one_of(document: Document, name: str, words: tuple[str, ...]) -> Iterator[Place]:
    for where, found in _strings(document, name) if not document.extended else ():
        if found not in words:
            yield Place(where, ", ".join(words), found)


def _strings(document: Document, name: str) -> Iterator[tuple[str, str]]:
    """Yield each value of a property that is a string, with its place."""
    for node in document.nodes:
        found = node.value.get(name)
        if isinstance(found, str) and node.kind != "Service":
            yield document.place(node.at(name)), found


def behaviors(document: Document) -> Iterator[Place]:
    """Each behavior is known (3.2)."""
    for node in document.nodes if not document.extended else ():
        for found in behaviors_of(node):
            if found not in BEHAVIORS:
                yield Place(document.place(node.at("behavior")), "a behavior of Presentation 3.0", found)


def behaviors_of(node: Node) -> list[str]:
    """Return the behaviors that a resource states."""
    found = node.value.get("behavior")
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def behavior_classes(document: Document) -> Iterator[Place]:
    """Each behavior is one that its class may have (appendix A)."""
    for node in document.nodes:
        for found in behaviors_of(node):
            if found in BEHAVIORS and not _may_have(node, found):
                expected = f"no {found}, which a resource of this class must not have"
                yield Place(document.place(node.at("behavior")), expected, f"{found} at {node.type or node.kind}")


def _may_have(node: Node, behavior: str) -> bool:
    if behavior == "hidden":
        return node.kind in {"AnnotationPage", "Annotation", "AnnotationCollection", "SpecificResource", "Content"}
    return node.kind not in {"AnnotationCollection", "Content"} and _LETTERS.get(node.kind, "?") in BEHAVIORS[behavior]


def behaviors_disjoint(document: Document) -> Iterator[Place]:
    """No two behaviors of a resource exclude each other (3.2)."""
    for node in document.nodes:
        for words in DISJOINT:
            found = [each for each in dict.fromkeys(behaviors_of(node)) if each in words]
            if len(found) > 1:
                yield Place(document.place(node.at("behavior")), "one of them", " and ".join(found))


def behavior_measures(document: Document) -> Iterator[Place]:
    """Behaviors stand where canvases have the measures that they need (3.2)."""
    for node in document.of("Manifest", "Canvas"):
        canvases = [node] if node.kind == "Canvas" else _canvases(document, node)
        for found in behaviors_of(node) if canvases and not node.reference else ():
            needed = "duration" if found in _TIMED else "height" if found in _PAGED else None
            if needed and not any(needed in canvas.value for canvas in canvases):
                expected = "canvases with a duration" if needed == "duration" else "canvases with height and width"
                yield Place(document.place(node.at("behavior")), f"{expected}, where {found} stands", "none")


def _canvases(document: Document, manifest: Node) -> list[Node]:
    return [node for node in document.of("Canvas") if node.parent is manifest and node.role == "items"]
