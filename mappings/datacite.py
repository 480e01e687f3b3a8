"""oai_datacite: DataCite Metadata Schema 4, kernel of 4.7, for records that have a DOI.

The root is the plain `resource`, which OpenAIRE reads under this prefix. DataCite's own provider wraps it together with
the symbol of a data centre, which no record here states.

- identifier is the first DOI of the record, alone; every other identifier is an alternateIdentifier.
- creators are the agents that made the work; the others contribute: translators and editors as such, the rest as Other;
  the rights holder as RightsHolder.
- publisher is who provides the record; publicationYear is the year of issue, else of creation, if it is known.
- Only a funder that is named has a fundingReference; each acknowledgment is a description of type Other, verbatim, and
  the rights statement a rights element of its own.

A record without a DOI, a creator, a provider, a known year or a type that DataCite knows has no document.

Not carried: authority URIs of agents and genres, places of origin, edition, shelfmark, dates that are no plain day,
month, year or range of such, links, texts, cataloguing. MODS carries them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from mappings import rights, selection, types
from mappings.elements import LANG, SCHEMA_LOCATION, Attributes, around, element
from mappings.iiif import uris
from mappings.namespaces import DATACITE, SCHEMAS, XSI
from mappings.repository import Repository
from records.dates import Span
from records.model import Agent, Funding, Record

_ROOT: Attributes = {"xmlns": DATACITE, "xmlns:xsi": XSI, SCHEMA_LOCATION: f"{DATACITE} {SCHEMAS[DATACITE]}"}
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)?(10\.[0-9]{4,9}/\S+)", re.IGNORECASE)
_OF_ONE_YEAR = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")
"""A date whose year is known: the year alone, a month or a day of it, or a season (1965-21)."""

_TYPES = {
    "Text": "Text",
    "Image": "Image",
    "StillImage": "Image",
    "MovingImage": "Audiovisual",
    "Sound": "Sound",
    "PhysicalObject": "PhysicalObject",
    "Collection": "Collection",
    "Dataset": "Dataset",
    "Event": "Event",
    "InteractiveResource": "InteractiveResource",
    "Service": "Service",
    "Software": "Software",
}
_CONTRIBUTORS = {"trl": "Translator", "edt": "Editor"}
_NAMES = {"person": "Personal", "organization": "Organizational"}
_TITLES = {"translated": "TranslatedTitle", "alternative": "AlternativeTitle", "abbreviated": "AlternativeTitle"}
_DATES = {
    "created": "Created",
    "issued": "Issued",
    "copyright": "Copyrighted",
    "modified": "Updated",
    "valid": "Valid",
    "uploaded": "Available",
    "other": "Other",
}
_RELATIONS = {"host": "IsPartOf", "series": "IsPartOf", "original": "IsDerivedFrom", "references": "References"}
_FUNDERS = {
    "https://ror.org/": "ROR",
    "https://doi.org/10.13039/": "Crossref Funder ID",
    "http://dx.doi.org/10.13039/": "Crossref Funder ID",
    "https://isni.org/": "ISNI",
    "http://isni.org/": "ISNI",
    "https://www.grid.ac/": "GRID",
}

Item = tuple[str | None, Attributes]
"""The text of an element of a list, and its attributes; one without a text is left out."""


def fills(record: Record, repository: Repository) -> bool:
    """Return whether a record states what DataCite must have.

    Args:
        record: the record, collection defaults applied.
        repository: who publishes it, where.
    """
    return (
        record.visibility != "deleted"
        and doi(record) is not None
        and any(map(selection.creates, record.agents))
        and repository.provider(record) is not None
        and year(record) is not None
        and general_type(record) is not None
    )


def doi(record: Record) -> str | None:
    """Return the first DOI of a record, without a resolver before it."""
    stated = (identifier.value.strip() for identifier in record.identifiers if (identifier.kind or "").lower() == "doi")
    return next((found[1] for found in map(_DOI.fullmatch, stated) if found), None)


def year(record: Record) -> str | None:
    """Return the year of issue, else of creation, if one is known for certain."""
    dates = [date for kind in ("issued", "created") for date in record.dates if date.kind == kind]
    return next((date.edtf[:4] for date in dates if date.edtf and _OF_ONE_YEAR.fullmatch(date.edtf)), None)


def general_type(record: Record) -> str | None:
    """Return the resourceTypeGeneral of the first stated type that has one."""
    return next((_TYPES[name] for name in types.dcmi(record) if name in _TYPES), None)


def write(record: Record, repository: Repository) -> bytes | None:
    """Write a record as a DataCite resource.

    Args:
        record: the record, collection defaults applied.
        repository: who publishes it, where.

    Returns:
        The document in UTF-8 without an XML declaration; None for a record that cannot fill it.
    """
    if not fills(record, repository):
        return None
    return around("resource", _parts(record, repository), _ROOT).encode()


def _parts(record: Record, repository: Repository) -> Iterator[str]:
    provider, general = repository.provider(record), general_type(record)
    kind = record.genres[0].text if record.genres else general
    yield element("identifier", doi(record), {"identifierType": "DOI"})
    yield from _agents(record)
    yield from _list("titles", "title", _titles(record))
    yield element("publisher", provider.name if provider else None)
    yield element("publicationYear", year(record))
    yield element("resourceType", kind, {"resourceTypeGeneral": general})
    yield element("language", next(iter(record.languages), None))
    yield from _lists(record, repository)
    yield from _funding(record.funding)


def _list(name: str, each: str, items: Iterable[Item]) -> Iterator[str]:
    """Yield a list, if anything stands in it."""
    stated = [element(each, text, attributes) for text, attributes in items if text]
    if stated:
        yield around(name, stated)


def _lists(record: Record, repository: Repository) -> Iterator[str]:
    subjects = (
        (subject.text, {"subjectScheme": subject.authority, "valueURI": subject.uri}) for subject in record.subjects
    )
    yield from _list("subjects", "subject", subjects)
    yield from _list("dates", "date", _dates(record))
    yield from _list("alternateIdentifiers", "alternateIdentifier", _identifiers(record))
    yield from _list("relatedIdentifiers", "relatedIdentifier", _related(record, repository))
    yield from _list("sizes", "size", ((extent, {}) for extent in record.extents))
    yield from _list("formats", "format", ((media_type, {}) for media_type in record.media_types))
    yield from _list("rightsList", "rights", _rights(record))
    yield from _list("descriptions", "description", _descriptions(record))


def _agents(record: Record) -> Iterator[str]:
    makers = [agent for agent in record.agents if selection.creates(agent)]
    others = [agent for agent in record.agents if agent not in makers]
    contributors = [_contributor(_contribution(agent), agent.name, agent.kind) for agent in others]
    if record.rights and record.rights.holder:
        contributors.append(_contributor("RightsHolder", record.rights.holder, None))
    creators = (around("creator", [_name("creatorName", agent.name, agent.kind)]) for agent in makers)
    yield around("creators", creators)
    if contributors:
        yield around("contributors", contributors)


def _contributor(contribution: str, name: str, kind: str | None) -> str:
    return around("contributor", [_name("contributorName", name, kind)], {"contributorType": contribution})


def _contribution(agent: Agent) -> str:
    return next((_CONTRIBUTORS[role] for role in agent.roles if role in _CONTRIBUTORS), "Other")


def _name(name: str, text: str, kind: str | None) -> str:
    return element(name, text, {"nameType": _NAMES.get(kind or "")})


def _titles(record: Record) -> Iterator[Item]:
    main = record.title
    yield main.text, {LANG: main.language}
    for title in record.titles:
        if title is not main:
            yield title.text, {LANG: title.language, "titleType": _TITLES.get(title.kind, "Other")}


def _dates(record: Record) -> Iterator[Item]:
    for date in record.dates:
        if date.kind in _DATES and date.span and _is_plain(date.span):
            yield date.edtf, {"dateType": _DATES[date.kind], "dateInformation": date.text}


def _is_plain(span: Span) -> bool:
    return bool(span.start and span.end) and not (span.approximate or span.questionable)


def _identifiers(record: Record) -> Iterator[Item]:
    yield record.identifier, {"alternateIdentifierType": "local"}
    for identifier in record.identifiers:
        if identifier.value.strip() and not _DOI.fullmatch(identifier.value.strip()):
            yield identifier.value, {"alternateIdentifierType": identifier.kind or "local"}


def _related(record: Record, repository: Repository) -> Iterator[Item]:
    yield uris.manifest(repository, record), {"relatedIdentifierType": "URL", "relationType": "HasMetadata"}
    for relation in record.relations:
        if relation.kind in _RELATIONS:
            yield relation.url, {"relatedIdentifierType": "URL", "relationType": _RELATIONS[relation.kind]}


def _rights(record: Record) -> Iterator[Item]:
    if stated := record.rights:
        yield rights.statement(record), {}
        if uri := rights.uri(record):
            yield rights.label(uri), {"rightsURI": uri}
        yield from ((text, {}) for text in (rights.contact(record), stated.access, stated.classification))


def _descriptions(record: Record) -> Iterator[Item]:
    for abstract in record.abstracts:
        yield abstract.text, {LANG: abstract.language, "descriptionType": "Abstract"}
    for contents in record.contents:
        yield contents.text, {LANG: contents.language, "descriptionType": "TableOfContents"}
    for note in record.notes:
        yield note.text, {LANG: note.language, "descriptionType": "Other"}
    yield from ((text, {"descriptionType": "Other"}) for text in rights.acknowledgments(record))


def _funding(funding: Sequence[Funding]) -> Iterator[str]:
    named = [around("fundingReference", _reference(each)) for each in funding if each.funder]
    if named:
        yield around("fundingReferences", named)


def _reference(funding: Funding) -> Iterator[str]:
    yield element("funderName", funding.funder)
    if uri := funding.identifier:
        kind = next((kind for start, kind in _FUNDERS.items() if uri.startswith(start)), "Other")
        yield element("funderIdentifier", uri, {"funderIdentifierType": kind})
    yield element("awardNumber", funding.award)
