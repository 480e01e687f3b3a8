"""MARC 21: codes and numbers (0XX), edition, production, extent (2XX, 3XX), notes (5XX) and genres (655)."""

from collections.abc import Iterator

from mappings import rights, selection, types
from mappings.languages import iso639_2b, plain_code
from mappings.marc21.field import Field, Subfield, field
from mappings.repository import Repository
from records.dates import OPEN
from records.model import DCMI_TYPES, Cataloguing, Date, Identifier, Record

_NUMBERS = {"isbn": "020", "issn": "022"}
_SCHEMES = frozenset({"ark", "doi", "hdl", "uri", "urn"})
"""Kinds of identifiers that MARC has a source code for (024 $2), beside those with a field of their own."""

_NOTES = {
    "acquisition": "541",
    "additional physical form": "530",
    "bibliography": "504",
    "biographical/historical": "545",
    "exhibitions": "585",
    "funding": "536",
    "language": "546",
    "ownership": "561",
    "preferred citation": "524",
    "system details": "538",
    "thesis": "502",
    "venue": "518",
}
"""MODS note type and the MARC field that it stands for; any other note is a general one, 500."""

_CODED_DATES = {"created": ("k", "l"), "valid": ("m", "n"), "modified": ("j", "j")}
_RIGHTS_SOURCES = {"creativecommons.org": "cc", "rightsstatements.org": "rs"}


def codes(record: Record, repository: Repository) -> Iterator[Field]:
    """Yield the identifiers, the cataloguing source, the languages and the coded dates."""
    yield from map(_identifier, record.identifiers)
    if record.oai_identifier:
        yield field("024", "8 ", ("a", record.oai_identifier), ("q", "oai"))
    provider = repository.provider(record)
    stated = record.cataloguing or Cataloguing()
    language = plain_code(stated.languages[0]) if stated.languages else None
    agency = stated.source or (provider.name if provider else None)
    yield field("040", "  ", ("a", agency), ("b", language))
    yield from _languages(record)
    yield from (_coded_date(date, *_CODED_DATES[date.kind]) for date in record.dates if date.kind in _CODED_DATES)


def _identifier(identifier: Identifier) -> Field:
    kind = (identifier.kind or "").lower()
    if kind in _NUMBERS:
        return field(_NUMBERS[kind], "  ", ("a", identifier.value))
    if kind in _SCHEMES:
        return field("024", "7 ", ("a", identifier.value), ("2", kind))
    return field("024", "8 ", ("a", identifier.value), ("q", identifier.kind))


def _languages(record: Record) -> Iterator[Field]:
    """Yield 041 in MARC's codes, and again as tags of RFC 5646 for what these codes cannot say.

    The first indicator says that it is a translation where the original has other languages.
    """
    said = (("a", record.languages), ("h", record.original_languages))
    first = "1" if record.original_languages and set(record.original_languages) != set(record.languages) else " "
    yield field("041", f"{first} ", *((code, iso639_2b(tag)) for code, tags in said for tag in tags))
    tags: list[Subfield] = [(code, tag) for code, tags in said for tag in tags if not plain_code(tag)]
    if tags:
        yield field("041", f"{first}7", *tags, ("2", "rfc5646"))


def _coded_date(date: Date, start: str, end: str) -> Field:
    """Return 046 of a date in EDTF; a range in its two ends."""
    if not date.edtf:
        return field("046", "  ")
    first, slash, last = date.edtf.partition("/")
    if not slash or start == end:
        return field("046", "  ", (start, date.edtf), ("2", "edtf"))
    ends = [(code, text) for code, text in ((start, first), (end, last)) if text not in OPEN]
    return field("046", "  ", *ends, ("2", "edtf"))


def production(record: Record, repository: Repository) -> Iterator[Field]:
    """Yield the edition, how it came about (264: made, published, protected), extent and media types."""
    yield field("250", "  ", ("a", record.edition))
    places = (("a", place.text) for place in record.places_of_origin)
    yield field("264", " 0", *places, *_words(record, "created"))
    provider = repository.provider(record)
    yield field("264", " 1", ("b", provider.name if provider else None), *_words(record, "issued"))
    yield field("264", " 4", *_words(record, "copyright"))
    yield field("300", "  ", *(("a", extent) for extent in record.extents))
    yield field("347", "  ", *(("b", media_type) for media_type in record.media_types))


def _words(record: Record, kind: str) -> Iterator[Subfield]:
    yield from (("c", date.text or date.edtf) for date in record.dates if date.kind == kind)


def notes(record: Record) -> Iterator[Field]:
    """Yield the notes, the abstracts and contents, and where the original lies; then rights and funding."""
    yield from (field(_NOTES.get(note.kind or "", "500"), "  ", ("a", note.text)) for note in record.notes)
    yield from (field("505", "0 ", ("a", contents.text)) for contents in record.contents)
    yield from (field("520", "3 ", ("a", abstract.text)) for abstract in record.abstracts)
    if source := record.source:
        yield field("524", "  ", ("a", source.citation))
        yield field("535", "1 ", ("a", selection.place_of_original(source)))
    if record.cataloguing:
        yield field("588", "  ", ("a", record.cataloguing.origin))
    yield from use(record)
    yield from (field("536", "  ", ("a", money.acknowledgment), ("c", money.award)) for money in record.funding)


def use(record: Record) -> Iterator[Field]:
    """Yield what is stated of access (506), use (540: statement, URI, whom to ask) and copyright (542)."""
    if not (stated := record.rights):
        return
    yield field("506", "  ", ("a", stated.access))
    yield field("506", "  ", ("a", stated.classification))
    yield field("540", "  ", ("a", rights.statement(record)))
    if uri := rights.uri(record):
        publisher = rights.publisher(uri)
        label = rights.label(uri) if publisher else None
        yield field("540", "  ", ("f", label), ("2", _RIGHTS_SOURCES[publisher[0]] if publisher else None), ("u", uri))
    yield field("540", "  ", ("b", rights.contact(record)))
    yield field("542", "  ", ("d", stated.holder))


def genres(record: Record) -> Iterator[Field]:
    """Yield the genres, and the types as terms of DCMI (655, source dct); a term without a list has indicator 4."""
    for genre in record.genres:
        yield field(
            "655", " 7" if genre.authority else " 4", ("a", genre.text), ("2", genre.authority), ("0", genre.uri)
        )
    for name in types.dcmi(record):
        listed = name in DCMI_TYPES
        yield field("655", " 7" if listed else " 4", ("a", name), ("2", "dct" if listed else None))
