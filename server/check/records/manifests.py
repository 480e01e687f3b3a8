"""The manifest of each record, by the rules that every IIIF document is held to (Presentation 3.0)."""

from collections.abc import Callable, Iterator

from server.check.findings import Place
from server.check.iiif.document import Document
from server.check.iiif.tables import DOCUMENT
from server.check.records.formats import MANIFEST
from server.check.records.item import Item


def _check(look: Callable[[Document], Iterator[Place]]) -> Callable[[Item], Iterator[Place]]:
    """Return a check of documents as one of a record's manifest; what cannot be read is passed over."""

    def check(item: Item) -> Iterator[Place]:
        if isinstance(item.manifest, dict) and item.manifest_document is not None:
            for place in look(item.manifest_document):
                yield place._replace(where=f"{item.at(MANIFEST)}, {place.where}")

    return check


CHECKS: dict[str, Callable[[Item], Iterator[Place]]] = {code: _check(look) for code, look in DOCUMENT.items()}
"""The checks of a manifest by the code of their rule."""
