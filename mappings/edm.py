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

from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element

from mappings import rights, selection, types
from mappings.elements import LANG, SCHEMA_LOCATION, add, document
from mappings.iiif import uris
from mappings.iiif.leaves import IMAGE_API, leaves, profile_uri
from mappings.namespaces import DC, DCTERMS, DOAP, EDM, ORE, RDF, SCHEMAS, SVCS, XSI
from mappings.repository import Repository
from records.model import Page, Record, Relation

_NAMESPACES: dict[str | None, str] = {
    "rdf": RDF,
    "edm": EDM,
    "ore": ORE,
    "dc": DC,
    "dcterms": DCTERMS,
    "svcs": SVCS,
    "doap": DOAP,
    "xsi": XSI,
}
_ABOUT, _RESOURCE = f"{{{RDF}}}about", f"{{{RDF}}}resource"
_TYPES = {"Text": "TEXT", "Image": "IMAGE", "StillImage": "IMAGE", "Sound": "SOUND", "MovingImage": "VIDEO"}
_DATES = {"created": (DCTERMS, "created"), "issued": (DCTERMS, "issued"), "other": (DC, "date")}
_SUBJECTS = {"place": (DCTERMS, "spatial"), "time": (DCTERMS, "temporal")}
_RELATIONS = {
    None: (DC, "relation"),
    "host": (DCTERMS, "isPartOf"),
    "series": (DCTERMS, "isPartOf"),
    "original": (DC, "source"),
    "other version": (DCTERMS, "isVersionOf"),
    "other format": (DCTERMS, "isFormatOf"),
    "references": (DCTERMS, "references"),
    "preceding": (DCTERMS, "replaces"),
    "succeeding": (DCTERMS, "isReplacedBy"),
}

Value = tuple[tuple[str, str], str | None, str | None]
"""A property by namespace and name, its text, its language."""


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
    root = etree.Element(f"{{{RDF}}}RDF", nsmap=_NAMESPACES)
    root.set(SCHEMA_LOCATION, f"{RDF} {SCHEMAS[EDM]}")
    _add_object(root, record, repository)
    images = _add_images(root, record, repository)
    _add_aggregation(root, record, repository, images)
    return document(root)


def _provider(record: Record, repository: Repository) -> str | None:
    provider = repository.aggregator_of(record) or repository.institution
    return provider.name if provider else None


def _add_object(root: _Element, record: Record, repository: Repository) -> None:
    cho = add(root, f"{{{EDM}}}ProvidedCHO", None, {_ABOUT: uris.cultural_object(repository, record)})
    for (namespace, name), text, language in dict.fromkeys(_values(record, repository)):
        if text:
            add(cho, f"{{{namespace}}}{name}", text, {LANG: language})
    add(cho, f"{{{EDM}}}type", edm_type(record))


def _values(record: Record, repository: Repository) -> Iterator[Value]:
    yield from _titles_and_agents(record)
    for subject in record.subjects:
        yield _SUBJECTS.get(subject.kind, (DC, "subject")), subject.text, None
    yield from _descriptions(record)
    for date in record.dates:
        if date.kind in _DATES:
            yield _DATES[date.kind], date.edtf or date.text, None
    for name in (*types.dcmi(record), *(genre.text for genre in record.genres)):
        yield (DC, "type"), name, None
    yield from (((DCTERMS, "extent"), extent, None) for extent in record.extents)
    yield (DC, "identifier"), record.identifier, None
    yield from (((DC, "identifier"), identifier.value, None) for identifier in record.identifiers)
    for tag in (*record.languages, *record.original_languages):
        yield (DC, "language"), tag, None
    yield from _relations(record, repository)
    yield from _rights(record)


def _titles_and_agents(record: Record) -> Iterator[Value]:
    main = record.title
    yield (DC, "title"), main.text, main.language
    for title in record.titles:
        if title is not main:
            yield (DCTERMS, "alternative"), title.text, title.language
    for agent in record.agents:
        yield (DC, "creator" if selection.creates(agent) else "contributor"), agent.name, None


def _descriptions(record: Record) -> Iterator[Value]:
    yield from (((DC, "description"), part.text, part.language) for part in record.abstracts)
    yield from (((DC, "description"), note.text, note.language) for note in record.notes)
    yield from (((DC, "description"), text, None) for text in rights.acknowledgments(record))
    yield from (((DCTERMS, "tableOfContents"), part.text, part.language) for part in record.contents)


def _relations(record: Record, repository: Repository) -> Iterator[Value]:
    if source := record.source:
        yield (DC, "source"), selection.place_of_original(source), None
        yield (DC, "source"), source.uri, None
    yield from (((DCTERMS, "isPartOf"), repository.collection_title(spec), None) for spec in record.collections)
    for relation in record.relations:
        yield from _relation(relation)
    yield from (((DC, "relation"), award, None) for award in selection.grant_agreements(record))


def _relation(relation: Relation) -> Iterator[Value]:
    for text in (relation.title, relation.identifier, relation.url):
        yield _RELATIONS[relation.kind], text, None


def _rights(record: Record) -> Iterator[Value]:
    if stated := record.rights:
        for text in (rights.statement(record), rights.contact(record), stated.access, stated.classification):
            yield (DC, "rights"), text, None


def _add_images(root: _Element, record: Record, repository: Repository) -> list[str]:
    """Add each page image on the web, and the image services; return the images' addresses in order."""
    shown = list(leaves(record, repository)) if record.pages else []
    manifest = uris.manifest(repository, record)
    for leaf, page in dict(zip((leaf.image.uri for leaf in shown), record.pages, strict=True)).items():
        image = add(root, f"{{{EDM}}}WebResource", None, {_ABOUT: leaf})
        if manifest:
            add(image, f"{{{DCTERMS}}}isReferencedBy", None, {_RESOURCE: manifest})
        if page.service:
            add(image, f"{{{SVCS}}}has_service", None, {_RESOURCE: page.service})
    for service, page in {page.service: page for page in record.pages if page.service}.items():
        _add_service(root, service, page)
    return list(dict.fromkeys(leaf.image.uri for leaf in shown))


def _add_service(root: _Element, service: str, page: Page) -> None:
    found = add(root, f"{{{SVCS}}}Service", None, {_ABOUT: service})
    add(found, f"{{{DCTERMS}}}conformsTo", None, {_RESOURCE: IMAGE_API})
    if profile := profile_uri(page):
        add(found, f"{{{DOAP}}}implements", None, {_RESOURCE: profile})


def _add_aggregation(root: _Element, record: Record, repository: Repository, images: list[str]) -> None:
    about = uris.aggregation(repository, record)
    found = add(root, f"{{{ORE}}}Aggregation", None, {_ABOUT: about})
    between = repository.intermediate_provider_of(record)
    provider = repository.provider(record)
    _refer(found, "aggregatedCHO", uris.cultural_object(repository, record))
    add(found, f"{{{EDM}}}dataProvider", provider.name if provider else None)
    for image in images[1:]:
        _refer(found, "hasView", image)
    _refer(found, "isShownAt", uris.landing_page(repository, record))
    _refer(found, "isShownBy", images[0] if images else None)
    _refer(found, "object", uris.preview(repository, record))
    add(found, f"{{{EDM}}}provider", _provider(record, repository))
    _refer(found, "rights", rights.uri(record))
    if between:
        add(found, f"{{{EDM}}}intermediateProvider", between.name)


def _refer(parent: _Element, name: str, uri: str | None) -> None:
    if uri:
        add(parent, f"{{{EDM}}}{name}", None, {_RESOURCE: uri})
