"""A record's fields as rows for readers, in their words: on the web page and in the manifest.

A field that states nothing has no row.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mappings.languages import language_name
from mappings.repository import Repository
from records.model import Date, Record, Subject
from records.relators import RELATORS

TITLES = {
    "alternative": "Alternative title",
    "translated": "Translated title",
    "abbreviated": "Abbreviated title",
    "uniform": "Uniform title",
}
DATES = {
    "created": "Date",
    "issued": "Date issued",
    "captured": "Date of digitization",
    "copyright": "Copyright date",
    "modified": "Date modified",
    "valid": "Date valid",
    "uploaded": "Date uploaded",
    "other": "Other date",
}
SUBJECTS = {
    "topic": "Subject",
    "person": "Person",
    "organization": "Organization",
    "family": "Family",
    "meeting": "Meeting",
    "place": "Place",
    "time": "Period",
    "title": "Work",
    "genre": "Subject genre",
    "occupation": "Occupation",
}


RELATIONS = {
    "host": "Part of",
    "series": "Series",
    "original": "Original",
    "other version": "Other version",
    "other format": "Other format",
    "references": "Refers to",
    "preceding": "Preceded by",
    "succeeding": "Followed by",
}
SCHEMES = {scheme.lower(): scheme for scheme in ("ARK", "DOI", "ISBN", "ISSN", "LCCN", "OCLC", "URN")}
"""Kinds of identifiers that people write in capitals."""

SHOWN_BY_OTHER_MEANS = {"landing page", "manifest", "preview"}
"""Kinds of links that page and manifest have a place for."""


class Value(NamedTuple):
    """A value of a row: its text, the language that it is in and a web address about it, where stated."""

    text: str
    language: str | None = None
    uri: str | None = None


class Row(NamedTuple):
    """A field and its values."""

    label: str
    values: tuple[Value, ...]


def description(record: Record, repository: Repository) -> list[Row]:
    """Return what is stated of a record, but for what is always shown: main title, abstract, rights statement, text.

    Args:
        record: the record with what its collections state.
        repository: who publishes it.
    """
    pairs = [
        *_titles(record),
        *_agents(record),
        *_dates(record),
        *_kinds(record),
        *_subjects(record),
        *_source(record),
        *_relations(record),
        *_rights(record),
        *_identifiers(record, repository),
    ]
    values: dict[str, list[Value]] = {}
    for label, value in pairs:
        values.setdefault(label, []).append(value)
    return [Row(label, tuple(dict.fromkeys(found))) for label, found in values.items()]


Pairs = Iterator[tuple[str, Value]]


def _titles(record: Record) -> Pairs:
    for title in record.titles:
        if title is not record.title:
            yield TITLES.get(title.kind, "Title"), Value(title.text, title.language)


def _agents(record: Record) -> Pairs:
    for agent in record.agents:
        for role in agent.roles or (None,):
            label = RELATORS[role].capitalize() if role else "Name"
            yield label, Value(agent.name, uri=_web(agent.uri))


def _dates(record: Record) -> Pairs:
    for date in record.dates:
        yield DATES[date.kind], Value(_words(date))


def _words(date: Date) -> str:
    return date.text or date.edtf or ""


def _kinds(record: Record) -> Pairs:
    yield from (("Type", Value(_type(kind))) for kind in record.types)
    yield from (("Genre", Value(genre.text, uri=_web(genre.uri))) for genre in record.genres)
    yield from (("Language", Value(language_name(tag))) for tag in record.languages)
    yield from (("Language of the original", Value(language_name(tag))) for tag in record.original_languages)
    yield from (("Place of origin", Value(place.text, uri=_web(place.uri))) for place in record.places_of_origin)
    yield from _texts("Edition", [record.edition])
    yield from _texts("Extent", record.extents)
    yield from (("Contents", Value(content.text, content.language)) for content in record.contents)
    yield from (("Note", Value(note.text, note.language)) for note in record.notes)


def _type(kind: str) -> str:
    """Return a type in a reader's words: DCMI's `StillImage` is a still image."""
    return re.sub("(?<=[a-z])(?=[A-Z])", " ", kind).capitalize()


def _subjects(record: Record) -> Pairs:
    for subject in record.subjects:
        yield SUBJECTS[subject.kind], Value(_placed(subject), uri=_web(subject.uri))


def _placed(subject: Subject) -> str:
    if subject.latitude is None or subject.longitude is None:
        return subject.text
    return f"{subject.text} ({subject.latitude}, {subject.longitude})"


def _source(record: Record) -> Pairs:
    source = record.source
    if source is None:
        return
    if source.repository:
        yield "Archive", Value(source.repository, uri=_web(source.uri))
    yield from _texts("Archive's collection", [source.collection])
    yield from _texts("Shelfmark", [source.shelfmark])
    yield from _texts("Citation", [source.citation])
    if source.uri and not source.repository:
        yield "Source", Value(source.uri, uri=_web(source.uri))


def _relations(record: Record) -> Pairs:
    for relation in record.relations:
        label = relation.label or RELATIONS.get(relation.kind or "", "Related")
        yield label, Value(relation.title, uri=relation.url)
        yield from _texts(label, [relation.identifier, relation.description])
    for link in record.links:
        if link.kind not in SHOWN_BY_OTHER_MEANS:
            yield "Link", Value(link.label or link.kind.capitalize(), uri=link.url)


def _rights(record: Record) -> Pairs:
    if rights := record.rights:
        yield from _texts("Rights holder", [rights.holder])
        yield from _texts("Rights contact", [rights.contact])
        yield from _texts("Access", [rights.access])
        yield from _texts("Classification of the original", [rights.classification])
    for funding in record.funding:
        if funding.funder:
            yield "Funder", Value(funding.funder, uri=_web(funding.identifier))
        yield from _texts("Award", [funding.award])


def _identifiers(record: Record, repository: Repository) -> Pairs:
    if provider := repository.provider(record):
        yield "Provided by", Value(provider.name, uri=provider.homepage)
    for identifier in record.identifiers:
        yield (
            SCHEMES.get(identifier.kind or "", identifier.kind or "Identifier"),
            Value(identifier.value, uri=_web(identifier.value)),
        )
    yield "Record identifier", Value(repository.oai_identifier(record))


def _texts(label: str, texts: Iterable[str | None]) -> Pairs:
    yield from ((label, Value(text)) for text in texts if text)


def _web(uri: str | None) -> str | None:
    """Return a URI if it is one that a browser may follow."""
    return uri if uri and uri.lower().startswith(("http://", "https://")) else None
