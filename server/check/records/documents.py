"""The documents of a record, each by itself: there, well-formed, valid. Yields where they are not as they must be."""

from collections.abc import Callable, Iterator

from server.check.findings import Place
from server.check.records.formats import FORMATS, MANIFEST
from server.check.records.item import Item
from server.check.schemas import Schemas, faults


def page(item: Item) -> Iterator[Place]:
    """The record has a web page."""
    if item.page_status != 200:
        yield Place(item.at("page"), "a web page", f"HTTP status {item.page_status}")


def oai_dc(item: Item) -> Iterator[Place]:
    """The record can be harvested as Dublin Core (OAI-PMH 2.0, 3.4)."""
    if "oai_dc" not in item.documents:
        yield Place(item.at("oai_dc"), "a document", f"none; documents in {', '.join(item.documents) or 'no format'}")


def well_formed(item: Item) -> Iterator[Place]:
    """Each document can be read."""
    for name, root in item.parsed.items():
        if isinstance(root, str):
            yield Place(item.at(name), "well-formed XML", root)
    if isinstance(item.manifest, str):
        yield Place(item.at(MANIFEST), "a JSON object", item.manifest)


def valid(name: str) -> Callable[[Item, Schemas, str], Iterator[Place]]:
    """Return the check of a format's documents by its schema; it is given the schemas and our base URL."""
    form = FORMATS[name]

    def check(item: Item, schemas: Schemas, base_url: str) -> Iterator[Place]:
        if (root := item.roots.get(name)) is not None:
            address = form.address(base_url)
            official = schemas.importing((form.namespace, address))
            if not official.validate(root):
                yield from (Place(item.at(name), f"valid by {address}", fault) for fault in faults(official))

    return check
