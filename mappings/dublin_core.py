"""oai_dc: unqualified Dublin Core, the format that every repository must offer (OAI-PMH 2.0, 2.5; DCMES 1.1).

The order is that of a reader's interest: title, creators, contributors, subjects, descriptions, publisher, dates,
types, formats, identifiers, sources, languages, relations, coverage, rights. One value per element.

- A role that makes the work (creator, author, artist, composer, cartographer, photographer) is dc:creator; every other
  role, and a name without one, is dc:contributor.
- dc:identifier: the landing page first, then the other identifiers as stated. The local identifier stands in the OAI
  header.
- dc:language: BCP 47 tags as the record holds them, since they alone keep script and region; those of the text first,
  then those of the original.
- dc:date: the EDTF value, a range as start/end; words where there is no date. Uploading, changing and validity are no
  dates of the document and are left to MODS.
- dc:description: abstract, contents, notes, then the funders' acknowledgments, verbatim.
- dc:rights: the statement, verbatim; the URI alone; contact, access and classification where stated.
- dc:source: the place of the original as one value from the large to the small; its URI alone.

Simple Dublin Core has no place for: edition, place of origin, citation, rights holder, the funder as data, texts,
previews and other links, cataloguing. MODS carries them.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from lxml import etree
from lxml.etree import _Element

from mappings import native, rights, selection, types
from mappings.elements import LANG, SCHEMA_LOCATION, Attributes, around, tags
from mappings.iiif import uris
from mappings.namespaces import DC, OAI_DC, SCHEMAS, XSI
from mappings.repository import Repository
from records.model import Record
from records.xml import escaped

_DC: Attributes = {"xmlns:dc": DC}
_ROOT: Attributes = {
    "xmlns:oai_dc": OAI_DC,
    **_DC,
    "xmlns:xsi": XSI,
    SCHEMA_LOCATION: f"{OAI_DC} {SCHEMAS[OAI_DC]}",
}
_DATES = ("created", "issued", "captured", "copyright", "other")
_COVERAGE = frozenset({"place", "time"})

Value = tuple[str, str | None, str | None]
"""An element's name, its text, its language."""


def write(record: Record, repository: Repository) -> bytes | None:
    """Write a record as oai_dc.

    A record that arrived as oai_dc is served as it arrived, with what it lacks: our links, rights, acknowledgments.

    Args:
        record: the record, collection defaults applied.
        repository: who publishes it, where.

    Returns:
        The document in UTF-8 without an XML declaration; None for a record that is only a deletion.
    """
    if record.visibility == "deleted":
        return None
    root = native.root(record, "oai_dc", f"{{{OAI_DC}}}dc")
    if root is not None:
        native.append(root, _written(_missing(root, record, repository)), _DC)
        native.locate(root, f"{OAI_DC} {SCHEMAS[OAI_DC]}")
        return native.document(root)
    return around("oai_dc:dc", _written(_values(record, repository)), _ROOT).encode()


def _written(values: Iterable[Value]) -> Iterator[str]:
    """Yield each value once as an element."""
    for name, text, language in dict.fromkeys(values):
        if text:
            opening, closing = _tags(name, language)
            yield f"{opening}{escaped(text)}{closing}"


@lru_cache(maxsize=1024)
def _tags(name: str, language: str | None) -> tuple[str, str]:
    return tags(f"dc:{name}", {LANG: language})


def _missing(root: _Element, record: Record, repository: Repository) -> Iterator[Value]:
    """Yield the rights, the acknowledgments and the links that a document lacks."""
    present = {(element.tag, native.squeezed(element.text)) for element in root.iterchildren(etree.Element)}
    ours = (
        *_rights(record),
        *(("description", text, None) for text in rights.acknowledgments(record)),
        ("identifier", uris.landing_page(repository, record), None),
        ("relation", uris.manifest(repository, record), None),
    )
    for name, text, language in ours:
        if (f"{{{DC}}}{name}", native.squeezed(text)) not in present:
            yield name, text, language


def _values(record: Record, repository: Repository) -> Iterator[Value]:
    yield from _titles(record)
    yield from _agents(record)
    yield from (("subject", subject.text, None) for subject in record.subjects if subject.kind not in _COVERAGE)
    yield from _descriptions(record)
    if provider := repository.provider(record):
        yield "publisher", provider.name, None
    yield from _dates(record)
    yield from (("type", name, None) for name in types.dcmi(record))
    yield from (("type", genre.text, None) for genre in record.genres)
    yield from (("format", text, None) for text in (*record.extents, *record.media_types))
    yield "identifier", uris.landing_page(repository, record), None
    yield from (("identifier", identifier.value, None) for identifier in record.identifiers)
    yield from _source(record)
    yield from (("language", tag, None) for tag in (*record.languages, *record.original_languages))
    yield from _relations(record, repository)
    yield from (("coverage", subject.text, None) for subject in record.subjects if subject.kind in _COVERAGE)
    yield from _rights(record)


def _titles(record: Record) -> Iterator[Value]:
    main = record.title
    yield "title", main.text, main.language
    yield from (("title", title.text, title.language) for title in record.titles if title is not main)


def _agents(record: Record) -> Iterator[Value]:
    yield from (("creator", agent.name, None) for agent in record.agents if selection.creates(agent))
    yield from (("contributor", agent.name, None) for agent in record.agents if not selection.creates(agent))


def _descriptions(record: Record) -> Iterator[Value]:
    yield from (("description", part.text, part.language) for part in (*record.abstracts, *record.contents))
    yield from (("description", note.text, note.language) for note in record.notes)
    yield from (("description", text, None) for text in rights.acknowledgments(record))


def _dates(record: Record) -> Iterator[Value]:
    for kind in _DATES:
        yield from (("date", date.edtf or date.text, None) for date in record.dates if date.kind == kind)


def _source(record: Record) -> Iterator[Value]:
    if source := record.source:
        yield "source", selection.place_of_original(source), None
        yield "source", source.uri, None


def _relations(record: Record, repository: Repository) -> Iterator[Value]:
    yield from (("relation", repository.collection_title(spec), None) for spec in record.collections)
    for relation in record.relations:
        yield "relation", relation.title, None
        yield "relation", relation.identifier, None
        yield "relation", relation.url, None
    yield from (("relation", award, None) for award in selection.grant_agreements(record))
    yield "relation", uris.manifest(repository, record), None


def _rights(record: Record) -> Iterator[Value]:
    if stated := record.rights:
        yield "rights", rights.statement(record), None
        yield "rights", rights.uri(record), None
        yield "rights", rights.contact(record), None
        yield "rights", stated.access, None
        yield "rights", stated.classification, None
