"""What harvesters would see change: documents as they are published held against those that would be."""

import difflib
import json
from collections.abc import Iterator

from lxml import etree

from records.publish import Publication, Published
from records.store import Store
from server.publishing import MANIFEST


def of(store: Store, publication: Publication, result: Published) -> Iterator[str]:
    """Yield the lines of the differences that a record would make, format by format.

    Args:
        store: the store, in which nothing has changed yet.
        publication: the record as it would be published.
        result: what would become of it.
    """
    for name in result.moved:
        old = store.documents([publication.identifier], name).get(publication.identifier)
        yield from _between(f"{publication.identifier} {name}", name, old, publication.documents.get(name))


def _between(title: str, name: str, old: bytes | None, new: bytes | None) -> Iterator[str]:
    if new is None:
        yield f"{title}: deleted"
    elif old is None:
        yield f"{title}: added"
    elif old == new:
        yield f"{title}: the same document with other sets or another provenance"
    else:
        lines = _lines(old, name), _lines(new, name)
        if lines[0] == lines[1]:
            yield f"{title}: differs in nothing but the layout"
        yield from difflib.unified_diff(*lines, f"{title} (as it is)", f"{title} (as it would be)", n=1, lineterm="")


def _lines(document: bytes, name: str) -> list[str]:
    """Return a document with a line for each element or value."""
    if name == MANIFEST:
        return json.dumps(json.loads(document), ensure_ascii=False, indent=1).split("\n")
    root = etree.fromstring(document, etree.XMLParser(remove_blank_text=True, huge_tree=True))
    return etree.tostring(root, pretty_print=True, encoding="unicode").rstrip("\n").split("\n")
