"""Which properties there are, and of which shape (Presentation 3.0, 3 and appendix A)."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from server.check.findings import Place
from server.check.iiif.classes import (
    ARRAYS,
    CLASSES,
    EMBEDDED,
    FORMER,
    FROM_ANNOTATIONS,
    IN_COLLECTION,
    KNOWN,
    LINKS,
    OPTION,
    REFERENCE,
    SINGLE,
    Properties,
)
from server.check.iiif.document import Document, Node, service_id
from server.check.iiif.linked_data import shown

_NAMED: dict[object, str] = {dict: "objects", str: "strings"}
_OF_ANNOTATIONS = ("body", "source")
_ONE: dict[object, str] = {dict: "one object", str: "one string"}


def properties(node: Node) -> Properties:
    """Return what a resource must, should and must not have, in the place where it stands."""
    if node.kind == "Content":
        return LINKS.get(node.role, REFERENCE)._replace(forbidden=_forbidden_of_content(node))
    if node.reference and node.role == "items" and node.parent is not None and node.parent.kind == "Collection":
        return IN_COLLECTION._replace(forbidden=CLASSES[node.kind].forbidden)
    if node.reference:
        return REFERENCE._replace(forbidden=CLASSES[node.kind].forbidden)
    return CLASSES[node.kind]


def _forbidden_of_content(node: Node) -> tuple[str, ...]:
    """Return what content must not have: what it names may be of IIIF, and a choice has items."""
    if node.reference or node.type in {"Choice", *CLASSES}:
        return ()
    return CLASSES["Content"].forbidden


def required(document: Document) -> Iterator[Place]:
    """Each resource has what its class must have."""
    for node in document.nodes:
        for name in _must_have(node):
            if name not in node.value and f"@{name}" not in node.value:
                yield Place(document.place(node.where), f"{name}, which {_called(node)} must have", "none")


def _must_have(node: Node) -> tuple[str, ...]:
    if node.kind == "Content" and node.type in EMBEDDED and node.role in {"body", "items", "source"}:
        return EMBEDDED[node.type]
    if node.kind == "SpecificResource" and node.role == "start":
        return ("id", *properties(node).required)
    return properties(node).required


def recommended(document: Document) -> Iterator[Place]:
    """Each resource of Presentation 3.0 has what its class should have."""
    yield from _lacking(
        document, lambda node: node.kind in {"Collection", "Manifest", "Canvas", "Range", "AnnotationCollection"}
    )
    pages = [
        node.parent for node in document.of("Annotation") if node.parent is not None and node.parent.role == "items"
    ]
    painted = Counter(page.parent for page in pages)
    for node in document.of("Canvas"):
        if "thumbnail" not in node.value and painted[node] > 1:
            expected = "thumbnail, which a Canvas should have where several resources are painted on it"
            yield Place(document.place(node.where), expected, "none")


def recommended_link(document: Document) -> Iterator[Place]:
    """Each link, agent and service has what it should have."""
    yield from _lacking(
        document, lambda node: node.kind in {"Content", "Agent", "Service"} and node.type not in EMBEDDED
    )
    for node in document.of("Content"):
        if node.parent is not None and node.parent.type == "Choice":
            for name in OPTION.recommended:
                if name not in node.value:
                    yield Place(document.place(node.where), f"{name}, which an option of a choice should have", "none")


def _lacking(document: Document, judged: Callable[[Node], bool]) -> Iterator[Place]:
    described = {service_id(node) for node in document.of("Service") if "profile" in node.value}
    for node in document.nodes:
        elsewhere = node.kind == "Service" and service_id(node) in described
        for name in properties(node).recommended if judged(node) and not elsewhere else ():
            if name not in node.value:
                yield Place(document.place(node.where), f"{name}, which {_called(node)} should have", "none")


def _called(node: Node) -> str:
    """Return what a resource is called in a sentence."""
    if node.kind in {"Content", "Service"}:
        return f"a {node.role}"
    return f"{'an' if node.kind.startswith('A') else 'a'} {node.kind}"


def not_allowed(document: Document) -> Iterator[Place]:
    """No resource has what its class must not have."""
    for node in document.nodes:
        for name in properties(node).forbidden:
            if name in node.value:
                yield Place(
                    document.place(node.where),
                    f"no {name}, which {_called(node)} must not have",
                    shown(node.value[name]),
                )


def unknown(document: Document) -> Iterator[Place]:
    """Each property is known, unless there are contexts that may define it (4.6)."""
    expected = "a property of Presentation 3.0, or a context that defines it"
    for node in () if document.extended else document.nodes:
        known = KNOWN | FROM_ANNOTATIONS | ({"logo"} if node.kind == "Agent" else set())
        for name in () if _is_open(node) else node.value:
            if name not in known and not name.startswith("@"):
                yield Place(document.place(node.where), FORMER.get(name, expected), name)


def _is_open(node: Node) -> bool:
    """Whether other specifications say what a resource may have."""
    return (
        node.kind in {"Annotation", "Service", "SpecificResource"}
        or node.type in EMBEDDED
        or node.role in _OF_ANNOTATIONS
    )


def types(document: Document) -> Iterator[Place]:
    """Each type is one that may stand in its place (3.1 to 3.4, 4.1)."""
    for node in document.nodes:
        if node.allowed and node.type not in node.allowed and isinstance(node.value.get("type"), str):
            yield Place(document.place(node.at("type")), " or ".join(node.allowed), node.type)


def arrays(document: Document) -> Iterator[Place]:
    """What may have several values is an array of what it must be (4.2, 4.3)."""
    for node in document.nodes:
        for name, each in ARRAYS.items():
            if name in node.value and not _is_exempt(node, name):
                yield from _array(document, node.at(name), node.value[name], each)


def _is_exempt(node: Node, name: str) -> bool:
    """Whether another specification shapes a property: of services, of annotation pages, of embedded text."""
    of_page = node.kind == "AnnotationPage" and name == "partOf"
    return node.kind == "Service" or of_page or (node.type == "TextualBody" and name == "language")


def _array(document: Document, where: str, value: object, each: type) -> Iterator[Place]:
    if not isinstance(value, list):
        yield Place(document.place(where), f"an array of {_NAMED[each]}", shown(value))
        return
    for number, found in enumerate(value):
        if not isinstance(found, each):
            yield Place(document.place(f"{where}[{number}]"), _ONE[each], shown(found))


def single_values(document: Document) -> Iterator[Place]:
    """What has one value has it in the JSON type that it must be (3.1 to 3.4)."""
    for node in document.nodes:
        for name, expected in SINGLE.items():
            if name in node.value and not isinstance(node.value[name], expected) and not _shaped_elsewhere(node, name):
                yield Place(document.place(node.at(name)), _ONE[expected], shown(node.value[name]))


def _shaped_elsewhere(node: Node, name: str) -> bool:
    """Whether an older specification shapes a property: a profile may be an array in Image API 2."""
    return node.kind == "Service" and name not in {"id", "type"}


def empty(document: Document) -> Iterator[Place]:
    """What is there has at least one entry (3.1 to 3.4)."""
    for node in document.nodes:
        for name, value in _counted(node).items():
            if value in ([], {}):
                yield Place(document.place(node.at(name)), "at least one entry", "none")


def _counted(node: Node) -> Mapping[str, Any]:
    """Return the properties of a resource that may not be empty."""
    names = {*ARRAYS, "label", "summary"}
    if node.kind in {"Collection", "Canvas", "AnnotationPage"}:
        names.discard("items")
    return {} if node.kind == "Service" else {name: value for name, value in node.value.items() if name in names}


def empty_collection(document: Document) -> Iterator[Place]:
    """A collection has items (5.1)."""
    yield from _without_items(document, "Collection")


def empty_canvas(document: Document) -> Iterator[Place]:
    """A canvas has annotation pages, and these have annotations (3.4)."""
    yield from _without_items(document, "Canvas", "AnnotationPage")


def _without_items(document: Document, *kinds: str) -> Iterator[Place]:
    for node in document.of(*kinds):
        if node.value.get("items") == []:
            yield Place(document.place(node.at("items")), "at least one item", "none")
