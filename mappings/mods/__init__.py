"""MODS 3.8: the format that carries all that a record states (loc.gov/standards/mods, schema of August 2023).

Attribute choices follow what aggregators read: one text roleTerm in a role, one primary url, the provider as
recordContentSource and as an ownership note, the source archive inside relatedItem type="original", so that no
foreign archive is taken for the provider.

What a record states and MODS does not carry, and why:

- `visibility` and `embargoed_until` are about publishing, not about the document.
- `viewing_direction`, `behaviors`, and the pages with their sizes and labels are about presentation: the manifest,
  which MODS links, carries them. The same holds for the words of `texts`: each text is linked.
- `provider.logo` and a funder's `slug` are for pages and sets; a collection's spec is the setSpec in the OAI header.
- The media type of a manifest, since the note of its url says that it is one; a latitude or a longitude alone, which
  is no place.
- `unmapped` is what no one could read into a field; it stays with the record and in the report of the load.
"""

from lxml import etree
from lxml.etree import _Element

from mappings import native
from mappings.elements import SCHEMA_LOCATION, document
from mappings.mods import additions, description, locations, names, origin, record_info, relations, rights, subjects
from mappings.mods.terms import M
from mappings.namespaces import MODS, SCHEMAS, XLINK, XSI
from mappings.repository import Repository
from records.model import Record

_NAMESPACES: dict[str | None, str] = {None: MODS, "xlink": XLINK, "xsi": XSI}


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
    root = native.root(record, "mods", f"{M}mods")
    if root is not None:
        additions.add_missing(root, record, repository)
        return document(root)
    return document(_root(record, repository))


def _root(record: Record, repository: Repository) -> _Element:
    root = etree.Element(f"{M}mods", {"version": "3.8"}, nsmap=_NAMESPACES)
    root.set(SCHEMA_LOCATION, f"{MODS} {SCHEMAS[MODS]}")
    description.add_titles(root, record)
    names.add_names(root, record, repository)
    description.add_types(root, record)
    origin.add_origin(root, record)
    description.add_languages(root, record.languages)
    description.add_physical_description(root, record)
    description.add_texts(root, record)
    rights.add_funding(root, record, repository)
    description.add_ownership(root, record, repository)
    subjects.add_subjects(root, record)
    relations.add_related_items(root, record, repository)
    description.add_identifiers(root, record)
    locations.add_locations(root, record, repository)
    rights.add_access_conditions(root, record)
    record_info.add_record_info(root, record, repository)
    return root
