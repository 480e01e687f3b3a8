"""Collections, canvases, and what is painted on them or said of them (Presentation 3.0, 5.1, 5.3 and 5.5 to 5.7)."""

from collections.abc import Iterator, Sequence

from server.check.findings import Place
from server.check.iiif.document import Document, Node, objects, text
from server.check.iiif.parts import Box, Part, box, parts
from server.check.iiif.words import is_duration, is_painted, is_size, motivations

_PAINTABLE = ("Image", "Video", "Sound", "Canvas", "Model")


def collection_manifests(document: Document) -> Iterator[Place]:
    """A collection holds no whole manifest (5.1)."""
    for node in document.of("Manifest"):
        if node.parent is not None and node.parent.kind == "Collection" and "items" in node.value:
            yield Place(document.place(node.where), "a Manifest without items", "a whole manifest")


def services_at_top(document: Document) -> Iterator[Place]:
    """Only the topmost resource has services (3.3.1)."""
    for node in document.nodes[1:]:
        if node.kind in {"Collection", "Manifest"} and "services" in node.value:
            yield Place(document.place(node.where), "no services", "services")


def pairs(document: Document) -> Iterator[Place]:
    """A canvas has height and width, or neither (3.2)."""
    for node in document.of("Canvas"):
        if ("height" in node.value) != ("width" in node.value):
            missing = "height" if "width" in node.value else "width"
            yield Place(document.place(node.where), "height and width", f"no {missing}")


def extents(document: Document) -> Iterator[Place]:
    """A canvas has an extent in space or time (5.3)."""
    for node in document.of("Canvas"):
        if not node.reference and not {"height", "width", "duration"} & set(node.value):
            yield Place(document.place(node.where), "height and width, or duration", "none of them")


def within(document: Document) -> Iterator[Place]:
    """A placeholder or accompanying canvas has none itself (3.1)."""
    for node in document.of("Canvas"):
        for name in ("placeholderCanvas", "accompanyingCanvas"):
            if node.role in {"placeholderCanvas", "accompanyingCanvas"} and name in node.value:
                yield Place(document.place(node.where), f"no {name}", name)


def _annotations(document: Document, role: str) -> Iterator[tuple[Node, Node]]:
    """Yield each annotation in the pages of a property, with the resource that has that property."""
    for node in document.of("Annotation"):
        page = node.parent
        if page is not None and page.kind == "AnnotationPage" and page.role == role and page.parent is not None:
            yield node, page.parent


def painting(document: Document) -> Iterator[Place]:
    """What stands in the items of a canvas paints (5.3)."""
    for node, _canvas in _annotations(document, "items"):
        if "painting" not in motivations(node):
            found = ", ".join(filter(None, motivations(node))) or "none"
            yield Place(document.place(node.at("motivation")), "painting", found)


def painting_elsewhere(document: Document) -> Iterator[Place]:
    """What stands in annotations does not paint (3.4)."""
    for node, _resource in _annotations(document, "annotations"):
        if "painting" in motivations(node):
            yield Place(document.place(node.at("motivation")), "another motivation, such as supplementing", "painting")


def painting_targets(document: Document) -> Iterator[Place]:
    """What paints a canvas has it as its target (5.6)."""
    for node, canvas in _annotations(document, "items"):
        found = list(parts(node.value.get("target")))
        whole = canvas.id.partition("#")[0]
        if "target" in node.value and canvas.id and not any(part.id == whole for part in found):
            yield Place(document.place(node.at("target")), canvas.id, _named(found))


def annotation_targets(document: Document) -> Iterator[Place]:
    """What is said of a resource has it, or a part of it, as its target (3.4)."""
    for node, resource in _annotations(document, "annotations"):
        found = list(parts(node.value.get("target")))
        within = any(_is_in(each, resource) for part in found for each in document.by_id.get(part.id, ()))
        if "target" in node.value and resource.id and not within:
            yield Place(document.place(node.at("target")), resource.id, _named(found))


def _is_in(node: Node, resource: Node) -> bool:
    """Whether a resource is another one, or stands in it."""
    step: Node | None = node
    while step is not None and step is not resource:
        step = step.parent
    return step is resource


def _named(found: Sequence[Part]) -> str:
    return ", ".join(part.id for part in found if part.id) or "none"


def painting_bodies(document: Document) -> Iterator[Place]:
    """What paints a canvas says what is painted (5.6)."""
    for node, _canvas in _annotations(document, "items"):
        if not any(True for _ in objects(node.value.get("body"))) and "painting" in motivations(node):
            found = "nothing" if "body" not in node.value else "no object"
            yield Place(document.place(node.at("body")), "an object, such as an Image", found)


def painted(document: Document) -> Iterator[Node]:
    """Yield what is painted: bodies, each option of a choice, and what specific resources take a part of."""
    for node in document.of("Content", "Canvas"):
        if node.role in {"body", "items", "source"} and node.type not in {"Choice", ""} and is_painted(node):
            yield node


def painting_text(document: Document) -> Iterator[Place]:
    """What is painted is something that viewers paint (5.7)."""
    for node in painted(document):
        if node.type not in _PAINTABLE and not document.extended:
            yield Place(document.place(node.where), "Image, Sound, Video or Canvas", node.type)


def painting_measures(document: Document) -> Iterator[Place]:
    """Content is painted where the canvas has the measures that it has (5.3)."""
    for node in painted(document):
        canvas = node.above("Canvas")
        for name in _needed(node) if canvas is not None else ():
            if canvas is not None and name not in canvas.value and {"height", "width", "duration"} & set(canvas.value):
                expected = f"no {node.type}, as the canvas has no {name}"
                yield Place(document.place(node.where), expected, node.type)
                break


def _needed(node: Node) -> tuple[str, ...]:
    needed = {"Image": ("height",), "Video": ("height", "duration"), "Sound": ("duration",)}
    return needed.get(node.type, ())


def image_services(document: Document) -> Iterator[Place]:
    """What has an image service is an Image, and not the service itself (5.7)."""
    for node in document.of("Content"):
        for _step, service in objects(node.value.get("service")):
            kind = text(service.get("type")) or text(service.get("@type"))
            address = text(service.get("id")) or text(service.get("@id"))
            if not kind.startswith("ImageService") or node.role not in {"body", "items", "source", "thumbnail", "logo"}:
                continue
            if node.type not in {"Image", ""}:
                yield Place(document.place(node.at("type")), "Image", node.type)
            if address and node.id.rstrip("/") in {address.rstrip("/"), f"{address.rstrip('/')}/info.json"}:
                yield Place(document.place(node.at("id")), f"{address.rstrip('/')}/full/max/0/default.jpg", node.id)


def regions(document: Document) -> Iterator[Place]:
    """Parts of canvases lie within them (5.3)."""
    for where, value in _naming(document):
        for part in parts(value):
            if canvas := document.canvases.get(part.id):
                for fragment in part.fragments:
                    yield from (Place(document.place(where), *told) for told in _outside(fragment, canvas))


def _naming(document: Document) -> Iterator[tuple[str, object]]:
    """Yield each value that names canvases or parts of them, with its place."""
    for node in document.nodes:
        if node.kind == "Annotation" and "target" in node.value:
            yield node.at("target"), node.value["target"]
        elif (node.role == "items" and node.parent is not None and node.parent.kind == "Range") or node.role == "start":
            yield node.where, node.value


def _outside(fragment: str, canvas: Node) -> Iterator[tuple[str, str]]:
    width, height, duration = (canvas.value.get(name) for name in ("width", "height", "duration"))
    found = box(fragment, width if is_size(width) else 0, height if is_size(height) else 0)
    if "xywh=" in fragment and found.corner is None:
        yield "a region such as xywh=0,0,300,400", fragment
    elif found.corner and not {"width", "height"} & set(canvas.value):
        yield "no region, as the canvas has no height and width", fragment
    elif is_size(width) and is_size(height) and _is_beyond(found, width, height):
        yield f"a region within {width} x {height}", fragment
    if found.end is not None and "duration" not in canvas.value:
        yield "no time, as the canvas has no duration", fragment
    elif found.end is not None and is_duration(duration) and found.end > duration:
        yield f"a time within {duration} seconds", fragment


def _is_beyond(found: Box, width: int, height: int) -> bool:
    """Whether a region goes over an edge of its canvas."""
    over = found.corner is not None and (found.corner[0] > width or found.corner[1] > height)
    return over or (found.start is not None and min(found.start) < 0)
