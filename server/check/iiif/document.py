"""A IIIF document, read: plain JSON, and every resource of Presentation 3.0 that is described or named in it.

Nothing here expects the document to be sound: what has another shape than it should is passed over, and left to the
rules that look at shapes.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from server.check.findings import CannotCheckError

CONTEXT = "http://iiif.io/api/presentation/3/context.json"

CLASSES = ("Collection", "Manifest", "Canvas", "Range", "AnnotationPage", "Annotation", "AnnotationCollection")
"""The classes of Presentation 3.0 (2.1, 2.2), beside content, agents and services."""

DEEPEST = 100
"""Levels of JSON that are read; a manifest has some fifteen."""

HELD: dict[tuple[str, str], tuple[str, ...]] = {
    ("Collection", "items"): ("Manifest", "Collection"),
    ("Manifest", "items"): ("Canvas",),
    ("Manifest", "structures"): ("Range",),
    ("Canvas", "items"): ("AnnotationPage",),
    ("AnnotationPage", "items"): ("Annotation",),
    ("Range", "items"): ("Canvas", "Range", "SpecificResource"),
}
"""What a property of a class holds (3.4): one of these types."""

HELD_BY_ANY: dict[str, tuple[str, ...]] = {
    "annotations": ("AnnotationPage",),
    "provider": ("Agent",),
    "placeholderCanvas": ("Canvas",),
    "accompanyingCanvas": ("Canvas",),
    "start": ("Canvas", "SpecificResource"),
    "supplementary": ("AnnotationCollection",),
    "logo": ("Image",),
}
"""What a property holds whatever has it (3.1 to 3.4): one of these types."""

CONTENT = ("thumbnail", "homepage", "rendering", "seeAlso", "logo")
"""Properties that hold content resources (5.7)."""

SERVICES = ("service", "services")
REFERRING = ("partOf", "start", "supplementary")
"""Properties that name a resource and do not describe it (3.3.2)."""


@dataclass(frozen=True, eq=False)
class Node:
    """A JSON object of a document, and what it is by the place where it stands.

    Attributes:
        kind: its class; Content, Agent, Service or SpecificResource where it is none of CLASSES.
        role: the property that holds it; "" at the top.
        where: its place in the document.
        value: the object.
        parent: the resource that has that property.
        reference: whether it names a resource that is described elsewhere.
        allowed: the types that may stand here; empty where any may.
    """

    kind: str
    role: str
    where: str
    value: Mapping[str, Any]
    parent: "Node | None" = None
    reference: bool = False
    allowed: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Its id; "" where it has none that is a string."""
        return text(self.value.get("id"))

    @property
    def type(self) -> str:
        """Its type; "" where it has none that is a string."""
        return text(self.value.get("type"))

    def at(self, name: str) -> str:
        """Return the place of a property."""
        return f"{self.where}.{name}"

    def above(self, kind: str) -> "Node | None":
        """Return the nearest resource of a class that holds it."""
        node = self.parent
        while node is not None and node.kind != kind:
            node = node.parent
        return node


@dataclass(frozen=True)
class Document:
    """A JSON document that says it is of IIIF.

    Attributes:
        name: the address or file that it was read from.
        body: its bytes.
        url: the addresses that it was fetched by: the one that was asked, and the one that answered; none for a file.
        main: whether it is what was to be checked, and not what that links to.
    """

    name: str
    body: bytes
    url: tuple[str, ...] = ()
    main: bool = True
    repeated: list[str] = field(default_factory=list, compare=False)

    def place(self, where: str) -> str:
        """Return a place in it, as a person finds it."""
        return where if self.main else f"{self.name} {where}"

    @cached_property
    def root(self) -> Mapping[str, Any]:
        """The object at its top.

        Raises:
            CannotCheckError: it is no JSON, or no object stands at the top.
        """
        return read(self.body, self.name, self.repeated)

    @cached_property
    def nodes(self) -> Sequence[Node]:
        """Every resource in it, the topmost first."""
        kind = text(self.root.get("type"))
        kind = kind if kind in CLASSES else "Manifest"
        return list(_walk(Node(kind, "", kind, self.root, allowed=CLASSES)))

    @property
    def top(self) -> Node:
        """The topmost resource."""
        return self.nodes[0]

    @cached_property
    def extended(self) -> bool:
        """Whether it names contexts beside that of Presentation 3.0, which may define what we do not know (4.6)."""
        return any(context != CONTEXT for context in contexts(self.root))

    def of(self, *kinds: str) -> Iterator[Node]:
        """Yield the resources of some classes."""
        return (node for node in self.nodes if node.kind in kinds)

    @cached_property
    def by_id(self) -> Mapping[str, Sequence[Node]]:
        """The resources that have or name an id, its fragment left away."""
        found: dict[str, list[Node]] = {}
        for node in self.nodes:
            found.setdefault(node.id.partition("#")[0], []).append(node)
        return found

    @cached_property
    def canvases(self) -> Mapping[str, Node]:
        """The canvases that the document describes, by their ids."""
        return {node.id: node for node in self.of("Canvas") if not node.reference}


def read(body: bytes, name: str, repeated: list[str] | None = None) -> Mapping[str, Any]:
    """Return the object of a JSON document. Of a name that comes twice in an object the last value counts.

    Args:
        body: the document, in any encoding of Unicode.
        name: what it is called.
        repeated: is told of each name that comes twice in an object.

    Raises:
        CannotCheckError: it is no JSON, or no object stands at the top.
    """

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        value = dict(found)
        if repeated is not None and len(value) < len(found):
            names = [key for key, _value in found]
            repeated.extend(sorted({key for key in names if names.count(key) > 1}))
        return value

    try:
        found = json.loads(body, object_pairs_hook=pairs)
    except UnicodeDecodeError as error:
        raise CannotCheckError(
            f"{name} is no JSON: it is not in UTF-8 ({error.reason} at byte {error.start})"
        ) from None
    except json.JSONDecodeError as error:
        raise CannotCheckError(f"{name} is no JSON: {error.msg} in line {error.lineno}, column {error.colno}") from None
    except (RecursionError, ValueError):
        raise CannotCheckError(
            f"{name} is no JSON that we can read: too deeply nested, or with too long numbers"
        ) from None
    if not isinstance(found, dict):
        raise CannotCheckError(f"{name} is JSON, but no object that could be a manifest or a collection")
    if _is_deeper(found, DEEPEST):
        raise CannotCheckError(f"{name} is nested deeper than {DEEPEST} levels, which no manifest or collection is")
    return found


def _is_deeper(value: object, levels: int) -> bool:
    """Whether a value holds others, and these others, for more levels than that."""
    row = [value]
    for _ in range(levels):
        row = [each for held in row for each in _held_by(held)]
    return bool(row)


def _held_by(value: object) -> Collection[object]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def contexts(value: Mapping[str, Any]) -> list[str]:
    """Return the contexts that an object names, where they are strings."""
    found = value.get("@context")
    return [each for each in (found if isinstance(found, list) else [found]) if isinstance(each, str)]


def text(value: object) -> str:
    """Return a value if it is a string, else ""."""
    return value if isinstance(value, str) else ""


def service_id(node: Node) -> str:
    """Return the id of a service, whatever version it is of."""
    return node.id or text(node.value.get("@id"))


def objects(value: object) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield each JSON object of a value that is one or an array of them, with what leads to it: "" or "[0]"."""
    if isinstance(value, dict):
        yield "", value
    for number, each in enumerate(value if isinstance(value, list) else []):
        if isinstance(each, dict):
            yield f"[{number}]", each


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in _children(node):
        yield from _walk(child)


def _children(node: Node) -> Iterator[Node]:
    for name, value in node.value.items():
        for step, each in objects(value):
            if child := _child(node, name, node.at(name) + step, each):
                yield child


def _child(node: Node, name: str, where: str, value: Mapping[str, Any]) -> Node | None:
    """Return a resource that a property holds; None if the property holds none, or its type is unheard of there."""
    if node.kind == "Service":
        return Node("Service", name, where, value, node) if name == "service" else None
    if allowed := HELD.get((node.kind, name)) or HELD_BY_ANY.get(name):
        return _held(node, name, where, value, allowed)
    if name in CONTENT:
        return Node("Content", name, where, value, node)
    if name in SERVICES:
        return Node("Service", name, where, value, node)
    if name == "partOf":
        return Node("Content", name, where, value, node, reference=True)
    return _content(node, name, where, value)


def _held(node: Node, name: str, where: str, value: Mapping[str, Any], allowed: tuple[str, ...]) -> Node:
    found = text(value.get("type"))
    kind = found if found in allowed else allowed[0]
    reference = _names_only(node, name, kind, value)
    return Node("Content" if kind == "Image" else kind, name, where, value, node, reference, allowed)


def _content(node: Node, name: str, where: str, value: Mapping[str, Any]) -> Node | None:
    """Return the content that an annotation, a choice or a specific resource holds (5.6, 5.7)."""
    inside = node.kind == "Annotation" and name == "body"
    inside = inside or (node.type == "Choice" and name == "items")
    inside = inside or (node.kind == "SpecificResource" and node.role != "start" and name == "source")
    if not inside:
        return None
    found = text(value.get("type"))
    if found == "Canvas":
        return Node("Canvas", name, where, value, node, reference="items" not in value)
    return Node("SpecificResource" if found == "SpecificResource" else "Content", name, where, value, node)


def _names_only(node: Node, name: str, kind: str, value: Mapping[str, Any]) -> bool:
    """Whether an object that stands somewhere names a resource and does not describe it (1.2)."""
    if name in REFERRING or (node.kind == "Range" and kind == "Canvas"):
        return True
    if kind == "Range":
        return not {"items"} & set(value) and set(value) <= {"id", "type", "label", "behavior", "thumbnail"}
    if node.kind == "Collection" and name == "items":
        return "items" not in value or kind == "Manifest"
    if name in {"placeholderCanvas", "accompanyingCanvas"}:
        return "items" not in value
    return kind in {"AnnotationPage", "AnnotationCollection"} and "items" not in value
