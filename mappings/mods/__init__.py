"""MODS 3.8: the format that carries all that a record states (loc.gov/standards/mods, schema of August 2023).

Attribute choices follow what aggregators read: one text roleTerm in a role, one primary url, the provider as
recordContentSource and as an ownership note, the source archive inside relatedItem type="original", so that no
foreign archive is taken for the provider.

What a record states and MODS does not carry, and why:

- `visibility` and `embargoed_until` are about publishing, not about the document.
- `viewing_direction`, `behaviors`, the pages with their sizes and labels, `structures` and `downloads` are about
  presentation: the manifest, which MODS links, carries them. The same holds for the words of `texts`: each text is
  linked.
- `provider.logo` and a funder's `slug` are for pages and sets; a collection's spec is the setSpec in the OAI header.
- The media type of a manifest, since the note of its url says that it is one; a latitude or a longitude alone, which
  is no place.
- `provenance` stands in a container beside the document, in OAI-PMH.
- `unmapped` is what no one could read into a field; it stays with the record and in the report of the load.
"""

from collections.abc import Iterator

from mappings import native
from mappings.elements import SCHEMA_LOCATION, Attributes, around
from mappings.mods import additions, description, locations, names, origin, record_info, relations, rights, subjects
from mappings.namespaces import MODS, SCHEMAS, XLINK, XSI
from mappings.repository import Repository
from records.model import Record

_NAMESPACES: Attributes = {"xmlns": MODS, "xmlns:xlink": XLINK}
_ROOT: Attributes = {
    **_NAMESPACES,
    "xmlns:xsi": XSI,
    "version": "3.8",
    SCHEMA_LOCATION: f"{MODS} {SCHEMAS[MODS]}",
}


def write(record: Record, repository: Repository) -> bytes | None:
    """Write a record as MODS 3.8.

    A record that arrived as MODS is served as it arrived, with what it lacks: our links, rights, acknowledgments.

    Args:
        record: the record, collection defaults applied.
        repository: who publishes it, where.

    Returns:
        The document in UTF-8 without an XML declaration; None for a record that is only a deletion.
    """
    if record.visibility == "deleted":
        return None
    root = native.root(record, "mods", f"{{{MODS}}}mods")
    if root is not None:
        native.append(root, additions.missing(root, record, repository), _NAMESPACES)
        return native.document(root)
    return around("mods", _parts(record, repository), _ROOT).encode()


def _parts(record: Record, repository: Repository) -> Iterator[str]:
    yield from description.titles(record)
    yield from names.names(record, repository)
    yield from description.types_and_genres(record)
    yield from origin.origin(record)
    yield from description.languages(record.languages)
    yield from description.physical_description(record)
    yield from description.texts(record)
    yield from rights.funding(record, repository)
    yield description.ownership(record, repository)
    yield from subjects.subjects(record)
    yield from relations.related_items(record, repository)
    yield from description.identifiers(record)
    yield from locations.locations(record, repository)
    yield from rights.access_conditions(record)
    yield record_info.record_info(record, repository)
