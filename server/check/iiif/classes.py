"""Which class has which properties (Presentation 3.0, appendix A and 3.1 to 3.4), as data.

The appendix forbids `profile` where 3.2 allows it to everything, so that it is nowhere forbidden here.
"""

from typing import NamedTuple

_CANVASES = ("placeholderCanvas", "accompanyingCanvas")
DESCRIPTIVE = (
    "label",
    "metadata",
    "summary",
    "requiredStatement",
    "rights",
    "navDate",
    "language",
    "provider",
    "thumbnail",
)
TECHNICAL = (
    "id",
    "type",
    "format",
    "profile",
    "height",
    "width",
    "duration",
    "viewingDirection",
    "behavior",
    "timeMode",
)
LINKING = ("seeAlso", "service", "homepage", "rendering", "partOf", "start", "supplementary", "services")
STRUCTURAL = ("items", "structures", "annotations")

KNOWN = {*DESCRIPTIVE, *_CANVASES, *TECHNICAL, *LINKING, *STRUCTURAL}
"""Every property of Presentation 3.0, beside `logo`, which agents alone have."""

FROM_ANNOTATIONS = {
    "creator", "created", "generator", "generated", "modified", "via", "canonical", "audience", "accessibility",
    "first", "last", "next", "prev", "total", "startIndex", "textDirection", "processingLanguage",
}  # fmt: skip
"""Properties of the Web Annotation Data Model that any resource may have (4.6)."""

FORMER = {
    "attribution": "requiredStatement", "license": "rights", "description": "summary", "viewingHint": "behavior",
    "related": "homepage, rendering or metadata", "within": "partOf", "sequences": "items", "canvases": "items",
    "logo": "logo within a provider", "startCanvas": "start", "otherContent": "annotations", "images": "items",
    "manifests": "items", "collections": "items", "members": "items", "ranges": "items",
}  # fmt: skip
"""Properties of Presentation 2, and what they are in 3.0."""


class Properties(NamedTuple):
    """What a class must, should and must not have; it may have all else."""

    required: tuple[str, ...]
    recommended: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()


_MEASURES = ("height", "width", "duration")

CLASSES: dict[str, Properties] = {
    "Collection": Properties(
        ("id", "type", "label", "items"),
        ("metadata", "summary", "provider", "thumbnail"),
        ("language", "format", *_MEASURES, "timeMode", "start", "supplementary", "structures"),
    ),
    "Manifest": Properties(
        ("id", "type", "label", "items"),
        ("metadata", "summary", "provider", "thumbnail"),
        ("language", "format", *_MEASURES, "timeMode", "supplementary"),
    ),
    "Canvas": Properties(
        ("id", "type"),
        ("label", "items"),
        ("language", "format", "viewingDirection", "timeMode", "start", "supplementary", "structures"),
    ),
    "Annotation": Properties(
        ("id", "type", "target"),
        (),
        (
            "navDate", "language", *_CANVASES, "format", *_MEASURES, "viewingDirection", "start", "supplementary",
            *STRUCTURAL,
        ),
    ),
    "AnnotationPage": Properties(
        ("id", "type"),
        (),
        (
            "navDate", "language", *_CANVASES, "format", *_MEASURES, "viewingDirection", "timeMode", "start",
            "supplementary", "structures", "annotations",
        ),
    ),
    "Range": Properties(
        ("id", "type", "items"),
        ("label",),
        ("language", "format", *_MEASURES, "timeMode", "structures"),
    ),
    "AnnotationCollection": Properties(
        ("id", "type"),
        ("label",),
        (
            "navDate", "language", *_CANVASES, "format", *_MEASURES, "viewingDirection", "timeMode", "start",
            "supplementary", *STRUCTURAL,
        ),
    ),
    "Content": Properties(
        ("id", "type"),
        (),
        (
            "navDate", *_CANVASES, "viewingDirection", "timeMode", "start", "supplementary", *STRUCTURAL,
        ),
    ),
    "Agent": Properties(("id", "type", "label"), ("homepage", "logo")),
    "Service": Properties(("id", "type"), ("profile",)),
    "SpecificResource": Properties(("type", "source")),
}  # fmt: skip
"""Each class by its name."""

LINKS: dict[str, Properties] = {
    "thumbnail": Properties(("id", "type"), ("format",)),
    "homepage": Properties(("id", "type", "label"), ("format",)),
    "logo": Properties(("id", "type"), ("format",)),
    "rendering": Properties(("id", "type", "label"), ("format", "language")),
    "seeAlso": Properties(("id", "type"), ("label", "format", "profile")),
    "partOf": Properties(("id", "type"), ("label",)),
    "body": Properties(("id", "type"), ("format",)),
    "source": Properties(("id", "type"), ("format",)),
}
"""What a link must and should have, by the property that it stands in (3.1, 3.3, 5.7)."""

REFERENCE = Properties(("id", "type"))
"""What names a resource that is described elsewhere (4.2)."""

IN_COLLECTION = Properties(("id", "type", "label"), ("thumbnail",))
"""What names a manifest or a collection in a collection (5.1)."""

OPTION = Properties((), ("label", "thumbnail"))
"""What stands in a choice of content, beside what it must and should have anyway (3.1)."""

EMBEDDED = {"TextualBody": ("value",), "Choice": ("items",)}
"""What stands wholly in an annotation and needs no id, and what it must have (Web Annotation Data Model, 3.2)."""

ARRAYS = {
    **dict.fromkeys(
        ("metadata", "provider", "thumbnail", "homepage", "logo", "rendering", "service", "services", "seeAlso",
         "partOf", *STRUCTURAL), dict
    ),
    **dict.fromkeys(("behavior", "language"), str),
}  # fmt: skip
"""Properties that may have several values, and what each value is (3.1 to 3.4)."""

SINGLE = {
    **dict.fromkeys(("requiredStatement", *_CANVASES, "start", "supplementary"), dict),
    **dict.fromkeys(("id", "type", "format", "profile", "viewingDirection", "timeMode", "rights", "navDate"), str),
}
"""Properties that have one value, and what it is (3.1 to 3.4)."""
