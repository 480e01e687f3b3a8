"""MARC 21: related resources (76X-78X, 534) and addresses on the web (856).

856, second indicator: 0 the resource itself (the landing page), 1 a version of it (a file), 2 what is related.
"""

from collections.abc import Iterator

from mappings.iiif import uris
from mappings.marc21.field import Field, field
from mappings.repository import Repository
from records.model import Record, Relation

_ENTRIES = {
    "host": ("773", "0 "),
    "series": ("760", "0 "),
    "other version": ("775", "0 "),
    "other format": ("776", "0 "),
    "preceding": ("780", "00"),
    "succeeding": ("785", "00"),
}
_OTHER = ("787", "0 ")


def relations(record: Record, repository: Repository) -> Iterator[Field]:
    """Yield the collections as hosts, and the other relations by their kind."""
    for spec in record.collections:
        yield field("773", "0 ", ("t", repository.collection_title(spec)))
    yield from map(_relation, record.relations)


def _relation(relation: Relation) -> Field:
    told = (("n", relation.description), ("o", relation.identifier), ("o", relation.url))
    if relation.kind == "original":
        return field("534", "  ", ("p", relation.label), ("t", relation.title), *told)
    tag, indicators = _ENTRIES.get(relation.kind or "", _OTHER)
    return field(tag, indicators, ("i", relation.label), ("t", relation.title), *told)


def locations(record: Record, repository: Repository) -> Iterator[Field]:
    """Yield each address once: the landing page, the manifest, a preview, the texts, the original, other links."""
    ours = own(record, repository)
    given = {text for found in ours for code, text in found.subfields if code == "u"}
    yield from ours
    for number, text in enumerate(record.texts, start=1):
        yield _address("42", uris.text(repository, record, number), text.kind.capitalize(), text.label)
    if record.source:
        yield _address("42", record.source.uri, "Original")
    for link in record.links:
        if link.url not in given:
            indicators = "41" if link.kind == "file" else "42"
            what = None if link.kind == "other" else link.kind.capitalize()
            yield _address(indicators, link.url, what, link.label, link.media_type)


def own(record: Record, repository: Repository) -> tuple[Field, ...]:
    """Return the landing page, the manifest and a preview, as far as there are any."""
    return (
        _address("40", uris.landing_page(repository, record)),
        _address("42", uris.manifest(repository, record), "IIIF manifest"),
        _address("42", uris.preview(repository, record), "Thumbnail"),
    )


def _address(
    indicators: str, uri: str | None, what: str | None = None, label: str | None = None, media_type: str | None = None
) -> Field:
    """Return 856: the material ($3), its address, its media type, its label; no field without an address."""
    if not uri:
        return field("856", indicators)
    return field("856", indicators, ("3", what), ("u", uri), ("q", media_type), ("y", label))
