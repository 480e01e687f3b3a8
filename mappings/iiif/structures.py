"""The table of contents of a document as ranges (Presentation 3.0, 5.4)."""

from mappings.iiif import uris
from mappings.iiif.presentation import Document, language_map, plain
from mappings.repository import Repository
from records.model import Range, Record


def structures(record: Record, repository: Repository) -> list[Document]:
    """Return the ranges that a record states; a page that it does not have is left out.

    Args:
        record: the record; its page images are measured.
        repository: who publishes it.
    """
    return _ranges(record.structures, "", record, repository)


def _ranges(stated: tuple[Range, ...], above: str, record: Record, repository: Repository) -> list[Document]:
    found = (_range(each, f"{above}{place}", record, repository) for place, each in enumerate(stated, start=1))
    return [document for document in found if document["items"]]


def _range(stated: Range, place: str, record: Record, repository: Repository) -> Document:
    canvases = [
        {"id": uris.canvas(repository, record, number), "type": "Canvas"}
        for number in stated.pages
        if number <= len(record.pages)
    ]
    return {
        "id": uris.structure(repository, record, place),
        "type": "Range",
        "label": language_map([(stated.language, plain(stated.label))]),
        "items": [*canvases, *_ranges(stated.ranges, f"{place}.", record, repository)],
    }
