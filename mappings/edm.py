"""edm: the Europeana Data Model, external profile (schemas of December 2025), in RDF/XML.

Three things stand in it: the object of the archive (edm:ProvidedCHO), each image of it on the web (edm:WebResource, by
Europeana's pattern for IIIF: isReferencedBy the manifest, has_service the image service), and the ore:Aggregation that
says who provides both. A typeset page is not the object: it is no view and no preview here.

- edm:dataProvider is who provides the record. edm:provider is the aggregator that is configured, for the repository or
  the collection; without one it is the institution that runs this repository, since that delivers the records itself.
- edm:rights is the stated URI of rightsstatements.org or Creative Commons, never one that was inferred.
- edm:type is read off the stated types; a physical object or a collection says nothing of what is on the web.
- The order and the choice of creators are those of `dublin_core`; dates, relations, contents are said by dcterms.

A record has no EDM that does not state a rights URI, a type, and a language where that type is TEXT (Europeana's rules
on edm:ProvidedCHO and ore:Aggregation): a value that is missing is not made up.

Not carried, for want of a place or since it is the web's and not the object's: authority URIs, roles, places of origin,
edition, the words of a date that EDTF says too, days of digitizing and uploading, media types, the funder as data,
texts, other links, the cataloguing. MODS carries them.
"""

from collections.abc import Iterator, Sequence

from mappings import rights, selection, types
from mappings.elements import LANG, SCHEMA_LOCATION, Attributes, around, element
from mappings.iiif import uris
from mappings.iiif.leaves import IMAGE_API, Leaf, leaves
from mappings.namespaces import DC, DCTERMS, DOAP, EDM, ORE, RDF, SCHEMAS, SVCS, XSI
from mappings.repository import Repository
from records.model import Institution, Record, Relation

_ROOT: Attributes = {
    "xmlns:rdf": RDF,
    "xmlns:edm": EDM,
    "xmlns:ore": ORE,
    "xmlns:dc": DC,
    "xmlns:dcterms": DCTERMS,
    "xmlns:svcs": SVCS,
    "xmlns:doap": DOAP,
    "xmlns:xsi": XSI,
    SCHEMA_LOCATION: f"{RDF} {SCHEMAS[EDM]}",
}
_ABOUT, _RESOURCE = "rdf:about", "rdf:resource"
_TYPES = {"Text": "TEXT", "Image": "IMAGE", "StillImage": "IMAGE", "Sound": "SOUND", "MovingImage": "VIDEO"}
_DATES = {"created": "dcterms:created", "issued": "dcterms:issued", "other": "dc:date"}
_SUBJECTS = {"place": "dcterms:spatial", "time": "dcterms:temporal"}
_RELATIONS = {
    None: "dc:relation",
    "host": "dcterms:isPartOf",
    "series": "dcterms:isPartOf",
    "original": "dc:source",
    "other version": "dcterms:isVersionOf",
    "other format": "dcterms:isFormatOf",
    "references": "dcterms:references",
    "preceding": "dcterms:replaces",
    "succeeding": "dcterms:isReplacedBy",
}

Value = tuple[str, str | None, str | None]
"""A property, its text, its language."""


def fills(record: Record, repository: Repository) -> bool:
    """Return whether a record states what EDM must have.

    Args:
        record: the record, collection defaults applied.
        repository: who publishes it, where.
    """
    kind, uri = edm_type(record), rights.uri(record)
    if record.visibility == "deleted" or kind is None or uri is None or rights.publisher(uri) is None:
        return False
    if kind == "TEXT" and not (record.languages or record.original_languages):
        return False
    return _provider(record, repository) is not None and repository.provider(record) is not None


def edm_type(record: Record) -> str | None:
    """Return the edm:type of the first stated type that has one."""
    return next((_TYPES[name] for name in types.dcmi(record) if name in _TYPES), None)


def write(record: Record, repository: Repository) -> bytes | None:
    """Write a record as EDM.

    Args:
        record: the record, collection defaults applied.
        repository: who publishes it, where.

    Returns:
        The document in UTF-8 without an XML declaration; None for a record that cannot fill it.
    """
    if not fills(record, repository):
        return None
    shown = list(leaves(record, repository)) if record.pages else []
    parts = (
        _object(record, repository),
        *_images(shown, uris.manifest(repository, record)),
        *_services(shown),
        _aggregation(record, repository, list(dict.fromkeys(leaf.image.uri for leaf in shown))),
    )
    return around("rdf:RDF", parts, _ROOT).encode()


def _provider(record: Record, repository: Repository) -> Institution | None:
    return repository.aggregator_of(record) or repository.institution


def _object(record: Record, repository: Repository) -> str:
    values = dict.fromkeys(_values(record, repository))
    said = [element(name, text, {LANG: language}) for name, text, language in values]
    said.append(element("edm:type", edm_type(record)))
    return around("edm:ProvidedCHO", said, {_ABOUT: uris.cultural_object(repository, record)})


def _values(record: Record, repository: Repository) -> Iterator[Value]:
    yield from _titles_and_agents(record)
    for subject in record.subjects:
        yield _SUBJECTS.get(subject.kind, "dc:subject"), subject.text, None
    yield from _descriptions(record)
    for date in record.dates:
        if date.kind in _DATES:
            yield _DATES[date.kind], date.edtf or date.text, None
    for name in (*types.dcmi(record), *(genre.text for genre in record.genres)):
        yield "dc:type", name, None
    yield from (("dcterms:extent", extent, None) for extent in record.extents)
    yield "dc:identifier", record.identifier, None
    yield from (("dc:identifier", identifier.value, None) for identifier in record.identifiers)
    for tag in (*record.languages, *record.original_languages):
        yield "dc:language", tag, None
    yield from _relations(record, repository)
    yield from _rights(record)


def _titles_and_agents(record: Record) -> Iterator[Value]:
    main = record.title
    yield "dc:title", main.text, main.language
    for title in record.titles:
        if title is not main:
            yield "dcterms:alternative", title.text, title.language
    for agent in record.agents:
        yield "dc:creator" if selection.creates(agent) else "dc:contributor", agent.name, None


def _descriptions(record: Record) -> Iterator[Value]:
    yield from (("dc:description", part.text, part.language) for part in record.abstracts)
    yield from (("dc:description", note.text, note.language) for note in record.notes)
    yield from (("dc:description", text, None) for text in rights.acknowledgments(record))
    yield from (("dcterms:tableOfContents", part.text, part.language) for part in record.contents)


def _relations(record: Record, repository: Repository) -> Iterator[Value]:
    if source := record.source:
        yield "dc:source", selection.place_of_original(source), None
        yield "dc:source", source.uri, None
    yield from (("dcterms:isPartOf", repository.collection_title(spec), None) for spec in record.collections)
    for relation in record.relations:
        yield from _relation(relation)
    yield from (("dc:relation", award, None) for award in selection.grant_agreements(record))


def _relation(relation: Relation) -> Iterator[Value]:
    for text in (relation.title, relation.identifier, relation.url):
        yield _RELATIONS[relation.kind], text, None


def _rights(record: Record) -> Iterator[Value]:
    if stated := record.rights:
        for text in (rights.statement(record), rights.contact(record), stated.access, stated.classification):
            yield "dc:rights", text, None


def _images(shown: Sequence[Leaf], manifest: str | None) -> Iterator[str]:
    """Yield each page image on the web, by its address."""
    for address, service in {leaf.image.uri: leaf.service for leaf in shown}.items():
        said = (
            _reference("dcterms:isReferencedBy", manifest),
            _reference("svcs:has_service", service.uri if service else None),
        )
        yield around("edm:WebResource", said, {_ABOUT: address})


def _services(shown: Sequence[Leaf]) -> Iterator[str]:
    """Yield each image service once."""
    for address, service in {leaf.service.uri: leaf.service for leaf in shown if leaf.service}.items():
        said = (_reference("dcterms:conformsTo", IMAGE_API), _reference("doap:implements", service.profile_uri))
        yield around("svcs:Service", said, {_ABOUT: address})


def _aggregation(record: Record, repository: Repository, images: Sequence[str]) -> str:
    said = (
        _reference("edm:aggregatedCHO", uris.cultural_object(repository, record)),
        _named("edm:dataProvider", repository.provider(record)),
        *(_reference("edm:hasView", image) for image in images[1:]),
        _reference("edm:isShownAt", uris.landing_page(repository, record)),
        _reference("edm:isShownBy", images[0] if images else None),
        _reference("edm:object", uris.preview(repository, record)),
        _named("edm:provider", _provider(record, repository)),
        _reference("edm:rights", rights.uri(record)),
        _named("edm:intermediateProvider", repository.intermediate_provider_of(record)),
    )
    return around("ore:Aggregation", said, {_ABOUT: uris.aggregation(repository, record)})


def _reference(name: str, uri: str | None) -> str:
    return around(name, (), {_RESOURCE: uri}) if uri else ""


def _named(name: str, institution: Institution | None) -> str:
    return element(name, institution.name) if institution else ""
