"""oai_dcterms: qualified Dublin Core, all in the dcterms namespace (DCMI Metadata Terms; XML Schemas of 2008-02-11).

The root. DCMI's schema declares `qualifieddc` without a target namespace, so that each application includes it into
one. DSpace, CONTENTdm and others each gave their own; the one of OCLC (CONTENTdm) is what the stylesheets of DPLA hubs
match and what Islandora and Oregon Digital took over, so we take it too: a name of our own would have to be taught to
every harvester, and would change with the address of each installation. The schema, an inclusion of DCMI's and nothing
else, is `mappings/schemas/qualifieddc.xsd`; we serve it, so that schemaLocation leads to what it says.

The order is that of `dublin_core`, and so is the choice of creators. What dcterms says more exactly:

- A value is typed (`xsi:type`) where it is of an encoding scheme for certain: URI for addresses, W3CDTF for a plain
  year, month or day (a range or an uncertain date stays EDTF, untyped), DCMIType, ISO639-2 for a language that this
  standard knows and RFC4646 for a tag that says more, IMT, LCSH and MESH for subjects of these lists.
- dcterms:identifier: the landing page, the local identifier, the others as stated.
- The manifest is dcterms:isReferencedBy, where DPLA hubs look for it, and nothing else is.
- dcterms:rights is the statement, verbatim, then the URI; a licence of Creative Commons is dcterms:license. Access and
  classification are dcterms:accessRights. The acknowledgments are a dcterms:description each, verbatim.
- A series and a host are isPartOf, predecessor and successor replaces and isReplacedBy, another version isVersionOf,
  another format isFormatOf; a related original is a source.

Not carried, for want of a term: the words of a date that EDTF says too, edition, place of origin, roles but for
creator, authority URIs, the funder as data (a name here would be read as a contributor's), award numbers that are no
grant agreement, coordinates, texts, PDFs, parts of the document, previews, other links, labels and descriptions of
relations, the cataloguing, the digital origin, a stated OAI identifier (the header has it). MODS carries them.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from lxml import etree
from lxml.etree import _Element

from mappings import native, rights, selection, types
from mappings.elements import LANG, SCHEMA_LOCATION, Attributes, around, tags
from mappings.iiif import uris
from mappings.languages import plain_code
from mappings.namespaces import DCTERMS, QUALIFIED_DC, SCHEMAS, XSI
from mappings.repository import Repository
from records.model import DCMI_TYPES, Date, Record, Relation, Subject
from records.xml import escaped

_NAMESPACES: Attributes = {"xmlns:qdc": QUALIFIED_DC, "xmlns:dcterms": DCTERMS, "xmlns:xsi": XSI}
_TYPE = "xsi:type"
_URI = "dcterms:URI"
_DATES = {
    "created": "created",
    "issued": "issued",
    "copyright": "dateCopyrighted",
    "modified": "modified",
    "valid": "valid",
    "uploaded": "dateSubmitted",
    "captured": "date",
    "other": "date",
}
_SUBJECTS = {"place": "spatial", "time": "temporal"}
_SUBJECT_SCHEMES = {"lcsh": "dcterms:LCSH", "mesh": "dcterms:MESH"}
_RELATIONS = {
    "host": "isPartOf",
    "series": "isPartOf",
    "original": "source",
    "other version": "isVersionOf",
    "other format": "isFormatOf",
    "references": "references",
    "preceding": "replaces",
    "succeeding": "isReplacedBy",
}

_OF_RIGHTS = frozenset({"accessRights", "license", "rights", "rightsHolder"})
"""Terms that say the same of a text: one of them is enough."""

Value = tuple[str, str | None, str | None, str | None]
"""A term, its text, its language, its encoding scheme; a scheme excludes a language (dcterms.xsd)."""


def write(record: Record, repository: Repository) -> bytes | None:
    """Write a record as qualified Dublin Core.

    A record that arrived as such is served as it arrived, with what it lacks: our links, rights, acknowledgments.

    Args:
        record: the record, collection defaults applied.
        repository: who publishes it, where.

    Returns:
        The document in UTF-8 without an XML declaration; None for a record that is only a deletion.
    """
    if record.visibility == "deleted":
        return None
    schema = f"{QUALIFIED_DC} {uris.schema(repository.base_url, SCHEMAS[QUALIFIED_DC])}"
    root = native.root(record, "oai_dcterms", f"{{{QUALIFIED_DC}}}qualifieddc")
    if root is not None:
        native.append(root, _written(_missing(root, record, repository)), _NAMESPACES)
        native.locate(root, schema)
        return native.document(root)
    values = _written(_values(record, repository))
    return around("qdc:qualifieddc", values, {**_NAMESPACES, SCHEMA_LOCATION: schema}).encode()


def _written(values: Iterable[Value]) -> Iterator[str]:
    """Yield each value once as an element."""
    for term, text, language, scheme in dict.fromkeys(values):
        if text:
            opening, closing = _tags(term, language, scheme)
            yield f"{opening}{escaped(text)}{closing}"


@lru_cache(maxsize=1024)
def _tags(term: str, language: str | None, scheme: str | None) -> tuple[str, str]:
    return tags(f"dcterms:{term}", {LANG: language, _TYPE: scheme})


def _missing(root: _Element, record: Record, repository: Repository) -> Iterator[Value]:
    """Yield the rights, the acknowledgments and the links that a document lacks, of whichever of the two namespaces.

    An encoding scheme is a name with a prefix; it is left out where the document has none for dcterms.
    """
    present = {
        (_kind(etree.QName(element).localname), native.squeezed(element.text))
        for element in root.iterchildren(etree.Element)
    }
    typed = root.nsmap.get("dcterms") == DCTERMS
    ours = (
        *_rights(record),
        *(("description", text, None, None) for text in rights.acknowledgments(record)),
        ("identifier", uris.landing_page(repository, record), None, _URI),
        ("isReferencedBy", uris.manifest(repository, record), None, _URI),
    )
    for term, text, language, scheme in ours:
        if (_kind(term), native.squeezed(text)) not in present:
            yield term, text, language, scheme if typed else None


def _kind(term: str) -> str:
    return "rights" if term in _OF_RIGHTS else term


def _values(record: Record, repository: Repository) -> Iterator[Value]:
    yield from _titles(record)
    yield from _agents(record)
    yield from map(_subject, record.subjects)
    yield from _descriptions(record)
    if provider := repository.provider(record):
        yield "publisher", provider.name, None, None
    yield from map(_date, record.dates)
    yield from _kinds(record)
    yield from _identifiers(record, repository)
    yield from _source(record)
    for tag in (*record.languages, *record.original_languages):
        code = plain_code(tag)
        yield "language", code or tag, None, "dcterms:ISO639-2" if code else "dcterms:RFC4646"
    yield from _relations(record, repository)
    yield from _rights(record)


def _titles(record: Record) -> Iterator[Value]:
    main = record.title
    yield "title", main.text, main.language, None
    yield from (("alternative", title.text, title.language, None) for title in record.titles if title is not main)


def _agents(record: Record) -> Iterator[Value]:
    yield from (("creator", agent.name, None, None) for agent in record.agents if selection.creates(agent))
    yield from (("contributor", agent.name, None, None) for agent in record.agents if not selection.creates(agent))


def _subject(subject: Subject) -> Value:
    scheme = _SUBJECT_SCHEMES.get((subject.authority or "").lower())
    return _SUBJECTS.get(subject.kind, "subject"), subject.text, None, scheme


def _descriptions(record: Record) -> Iterator[Value]:
    yield from (("abstract", abstract.text, abstract.language, None) for abstract in record.abstracts)
    yield from (("tableOfContents", contents.text, contents.language, None) for contents in record.contents)
    yield from (("description", note.text, note.language, None) for note in record.notes)
    yield from (("description", text, None, None) for text in rights.acknowledgments(record))


def _date(date: Date) -> Value:
    """Return a date; the year 0000 is none that XML Schema knows (XML Schema 1.0, gYear), so it stays untyped."""
    plain = date.span.plain if date.span else None
    known = plain and not plain.startswith("0000")
    return _DATES[date.kind], date.edtf or date.text, None, "dcterms:W3CDTF" if known else None


def _kinds(record: Record) -> Iterator[Value]:
    for name in types.dcmi(record):
        yield "type", name, None, "dcterms:DCMIType" if name in DCMI_TYPES else None
    yield from (("type", genre.text, None, None) for genre in record.genres)
    yield from (("extent", extent, None, None) for extent in record.extents)
    for media_type in record.media_types:
        yield "format", media_type, None, "dcterms:IMT" if "/" in media_type else None


def _identifiers(record: Record, repository: Repository) -> Iterator[Value]:
    yield "identifier", uris.landing_page(repository, record), None, _URI
    yield "identifier", record.identifier, None, None
    yield from (("identifier", identifier.value, None, None) for identifier in record.identifiers)


def _source(record: Record) -> Iterator[Value]:
    if source := record.source:
        yield "source", selection.place_of_original(source), None, None
        yield "source", source.uri, None, _URI
        yield "bibliographicCitation", source.citation, None, None


def _relations(record: Record, repository: Repository) -> Iterator[Value]:
    yield from (("isPartOf", repository.collection_title(spec), None, None) for spec in record.collections)
    for relation in record.relations:
        yield from _relation(relation)
    yield from (("relation", award, None, None) for award in selection.grant_agreements(record))
    yield "isReferencedBy", uris.manifest(repository, record), None, _URI


def _relation(relation: Relation) -> Iterator[Value]:
    term = _RELATIONS[relation.kind] if relation.kind else "relation"
    yield term, relation.title, None, None
    yield term, relation.identifier, None, None
    yield term, relation.url, None, _URI


def _rights(record: Record) -> Iterator[Value]:
    if not (stated := record.rights):
        return
    yield "rights", rights.statement(record), None, None
    if uri := rights.uri(record):
        yield "license" if rights.is_creative_commons(uri) else "rights", uri, None, _URI
    yield "rights", rights.contact(record), None, None
    yield "rightsHolder", stated.holder, None, None
    yield "accessRights", stated.access, None, None
    yield "accessRights", stated.classification, None, None
