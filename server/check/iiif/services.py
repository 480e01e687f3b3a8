"""The services that a document names, and what all that look at them share."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from server.check.client import Fetched
from server.check.findings import CannotCheckError, Place
from server.check.iiif.document import Document, Node, objects, read, service_id, text

IMAGE, SEARCH, COMPLETION = "image", "search", "completion"
"""The kinds of services that are asked."""

_TYPES = {
    "ImageService2": (IMAGE, 2), "ImageService3": (IMAGE, 3), "SearchService1": (SEARCH, 1),
    "SearchService2": (SEARCH, 2), "AutoCompleteService1": (COMPLETION, 1), "AutoCompleteService2": (COMPLETION, 2),
}  # fmt: skip
_PROFILES = {"search": SEARCH, "autocomplete": COMPLETION}
_PROFILE = re.compile(r"http://iiif\.io/api/(?:search/([12])/(search|autocomplete)|image/(2)/level[012]\.json)")

Told = Iterator[tuple[str, list[Place] | None]]
"""The code of each rule that was looked at, with the places where it does not hold; None where it had no occasion."""


class Service(NamedTuple):
    """A service.

    Attributes:
        where: its place in the document.
        kind: one of the three.
        version: that of its specification.
        address: its id.
        profile: the profile that the document states.
        word: what to search for.
        of_text: whether that is of a text that stands in the document, and so must be found.
    """

    where: str
    kind: str
    version: int
    address: str
    profile: object
    word: str = ""
    of_text: bool = False

    def at(self, address: str) -> str:
        """Return its place, with the address that was asked."""
        return f"{self.where} ({address})"


def services(document: Document) -> Iterator[Service]:
    """Yield the services of a document that can be asked, in its order."""
    wanted = word(document)
    for node in document.of("Service"):
        address = service_id(node)
        known = _TYPES.get(node.type) or _TYPES.get(text(node.value.get("@type"))) or _by_profile(node)
        if known and address.startswith(("http://", "https://")):
            yield Service(document.place(node.where), *known, address, node.value.get("profile"), *wanted)


def _by_profile(node: Node) -> tuple[str, int] | None:
    """Return what a service of an older version is, which may have no type."""
    found = _PROFILE.fullmatch(text(node.value.get("profile")))
    if not found:
        return None
    return (IMAGE, 2) if found[3] else (_PROFILES[found[2]], int(found[1]))


def word(document: Document) -> tuple[str, bool]:
    """Return a word to search for, and whether it is of a text that stands in the document, and so must be found."""
    for node in document.of("Content"):
        page = node.above("AnnotationPage")
        if node.type == "TextualBody" and page is not None and page.role == "annotations" and (found := _long(node)):
            return found, True
    labels = (each for _step, each in objects(document.root.get("label")))
    written = " ".join(str(values) for label in labels for values in label.values())
    return _first(written) or "letter", False


def _long(body: Node) -> str | None:
    annotation = body.above("Annotation")
    of_text = annotation is not None and "supplementing" in str(annotation.value.get("motivation"))
    return _first(text(body.value.get("value"))) if of_text else None


def _first(written: str) -> str | None:
    """Return the first word of some length; of scripts without spaces that may be a phrase."""
    found = re.search(r"[^\W\d_]{4,}", written)
    return found[0][:20] if found else None


def content(where: str, fetched: Fetched, expected: str) -> tuple[dict[str, object], list[Place]]:
    """Return the JSON object of an answer, and where there is none."""
    if fetched.status != 200:
        return {}, [Place(where, expected, f"HTTP status {fetched.status}")]
    try:
        return dict(read(fetched.body, "it")), []
    except CannotCheckError as error:
        return {}, [Place(where, expected, str(error))]
