"""The record: what an archive holds of one document, and states about it.

Nothing in it is filled in by us. A blank value is an absent one: it is dropped before anything is checked.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from records import dates
from records.values import (
    SERVICE_PROFILES,
    URI,
    Language,
    LocalIdentifier,
    OAIIdentifier,
    Relator,
    RightsURI,
    SetSpec,
    Text,
    WebURI,
)

MODS_TYPES = (
    "text",
    "cartographic",
    "notated music",
    "sound recording-musical",
    "sound recording-nonmusical",
    "sound recording",
    "still image",
    "moving image",
    "three dimensional object",
    "software, multimedia",
    "mixed material",
)
DCMI_TYPES = (
    "Collection",
    "Dataset",
    "Event",
    "Image",
    "InteractiveResource",
    "MovingImage",
    "PhysicalObject",
    "Service",
    "Software",
    "Sound",
    "StillImage",
    "Text",
)


FUNDERS = "funder"
"""The set of the funders' sets; the name is reserved for it."""


def _edtf(value: str) -> str:
    dates.parse(value.strip())
    return value.strip()


EDTF = Annotated[Text, AfterValidator(_edtf)]
"""A date that `dates.parse` can read; blanks around it are dropped."""


UNNAMED = 'a record needs a main title: "titles": [{"text": "..."}]'
"""What is wrong with a record without a title."""

QUALIFIERS = frozenset({"kind", "language", "label", "authority", "roles"})
"""Fields that say of what kind a statement is, and state nothing by themselves."""


def without_blanks(value: object) -> object:
    """Return the value without what is blank in it, None if it is blank: null, white text, empty lists and objects.

    An object of which only qualifiers are left is blank too: `{"text": "", "language": "en"}` is an empty cell.
    """
    if isinstance(value, str):
        return None if not value or value.isspace() else value
    if isinstance(value, dict):
        kept = {key: item for key, old in value.items() if (item := without_blanks(old)) is not None}
        return None if not kept or (len(kept) < len(value) and kept.keys() <= QUALIFIERS) else kept
    if isinstance(value, (list, tuple)):
        return [item for item in map(without_blanks, value) if item is not None] or None
    return value


def _collection_spec(value: str) -> str:
    if value.partition(":")[0] == FUNDERS:
        raise ValueError(f"{value!r}: '{FUNDERS}' is reserved for the sets of funders; name the collection otherwise")
    return value


CollectionSpec = Annotated[SetSpec, AfterValidator(_collection_spec)]
"""A set spec that an archive gives to a collection of its own."""


class Statement(BaseModel):
    """A part of a record: immutable, and of exactly the fields that it declares."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=False)


class Title(Statement):
    """A title; the main one names the record."""

    text: Text
    language: Language | None = None
    kind: Literal["main", "alternative", "translated", "abbreviated", "uniform"] = "main"


class LocalText(Statement):
    """A text with the language that it is in, if stated."""

    text: Text
    language: Language | None = None


class Term(Statement):
    """A word out of a vocabulary, or a free one: a genre, a place of origin."""

    text: Text
    uri: URI | None = None
    authority: Text | None = None


class Agent(Statement):
    """A person or body, and what it did (MARC relator codes)."""

    name: Text
    kind: Literal["person", "organization", "family", "meeting"] | None = None
    roles: tuple[Relator, ...] = ()
    uri: URI | None = None
    authority: Text | None = None


class Date(Statement):
    """A date in EDTF, with the words that the source has for it. Words alone ("undated") are kept as words."""

    edtf: EDTF | None = None
    text: Text | None = None
    kind: Literal["created", "issued", "captured", "copyright", "modified", "valid", "uploaded", "other"] = "created"

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.edtf is None and self.text is None:
            raise ValueError("a date needs 'edtf', or 'text' where there is no date to state")
        return self

    @property
    def span(self) -> dates.Span | None:
        """What the EDTF value says; None if there is none."""
        return dates.parse(self.edtf) if self.edtf else None


class Subject(Statement):
    """What the document is about."""

    text: Text
    kind: Literal[
        "topic", "person", "organization", "family", "meeting", "place", "time", "title", "genre", "occupation"
    ] = "topic"
    uri: URI | None = None
    authority: Text | None = None
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None


class Source(Statement):
    """The archive that keeps the original, where it lies there, and how it asks to be cited."""

    repository: Text | None = None
    collection: Text | None = None
    shelfmark: Text | None = None
    citation: Text | None = None
    uri: URI | None = None


class Rights(Statement):
    """The rights statement, verbatim, and what else is stated of rights."""

    statement: Text | None = None
    uri: RightsURI | None = None
    holder: Text | None = None
    contact: Text | None = None
    access: Text | None = None
    classification: Text | None = None


class Funding(Statement):
    """The acknowledgment that a funder is owed, verbatim, and the funder as data where stated."""

    acknowledgment: Text | None = None
    funder: Text | None = None
    identifier: URI | None = None
    award: Text | None = None
    slug: SetSpec | None = None


class Word(Statement):
    """A word on a page image, and its box in pixels of that image."""

    text: Text
    x: Annotated[int, Field(ge=0)]
    y: Annotated[int, Field(ge=0)]
    width: Annotated[int, Field(gt=0)]
    height: Annotated[int, Field(gt=0)]


class TextPage(Statement):
    """The text of one page, counted from 1, with word boxes where OCR gives them."""

    page: Annotated[int, Field(ge=1)]
    content: Text
    words: tuple[Word, ...] = ()


class DocumentText(Statement):
    """A text of the document, whole or page by page."""

    kind: Literal["transcript", "translation", "paraphrase"] = "transcript"
    language: Language | None = None
    label: Text | None = None
    content: Text | None = None
    pages: tuple[TextPage, ...] = ()

    @model_validator(mode="after")
    def _whole_or_pages(self) -> Self:
        if bool(self.content) == bool(self.pages):
            raise ValueError("a text needs either 'content' (the whole) or 'pages', not both")
        return self

    @property
    def whole(self) -> str:
        """The text from the first page to the last."""
        return self.content or "\n\n".join(page.content for page in self.pages)


class Page(Statement):
    """A page image: a file in the input's folder, an image on the web, or a IIIF image service.

    A file of several pages, a TIFF or a PDF, becomes as many pages at load.
    Its recognised text may stand in a file there too, ALTO or hOCR (`ocr`); at load it becomes a transcript.
    """

    file: Text | None = None
    image: WebURI | None = None
    service: WebURI | None = None
    service_type: Literal["ImageService2", "ImageService3"] | None = None
    service_profile: Text | None = None
    width: Annotated[int, Field(gt=0)] | None = None
    height: Annotated[int, Field(gt=0)] | None = None
    media_type: Text | None = None
    label: Text | None = None
    description: Text | None = None
    ocr: Text | None = None

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if sum(place is not None for place in (self.file, self.image, self.service)) != 1:
            raise ValueError("a page needs exactly one of 'file', 'image' (its web address) and 'service' (IIIF)")
        if not self.file and not (self.width and self.height):
            raise ValueError("a page that is not a file needs 'width' and 'height' in pixels")
        if bool(self.service_type) != bool(self.service_profile) or (self.service_type and not self.service):
            raise ValueError("'service_type' and 'service_profile' go together, beside 'service'")
        return self

    @model_validator(mode="after")
    def _profile_of_its_version(self) -> Self:
        if self.service_type and self.service_profile not in SERVICE_PROFILES[self.service_type]:
            raise ValueError(
                f"'service_profile': {self.service_type} has no {self.service_profile!r}; write 'level0', 'level1' or "
                f"'level2'"
            )
        return self


DEEPEST = 15
"""How many ranges may stand within each other."""


class Range(Statement):
    """A part of the document that has a name, such as a chapter: an entry of its table of contents.

    It holds pages, counted from 1, ranges within it, or both.
    """

    label: Text
    language: Language | None = None
    pages: tuple[Annotated[int, Field(ge=1)], ...] = ()
    ranges: tuple["Range", ...] = ()

    @model_validator(mode="after")
    def _holds_something(self) -> Self:
        if not self.pages and not self.ranges:
            raise ValueError("a range needs 'pages', [1, 2, 3], or 'ranges' within it")
        if self.depth > DEEPEST:
            raise ValueError(f"ranges stand within each other {self.depth} deep; leave out levels, {DEEPEST} can be")
        return self

    @property
    def depth(self) -> int:
        """How many ranges stand within each other, this one included."""
        return 1 + max((inner.depth for inner in self.ranges), default=0)


class Download(Statement):
    """The document as a PDF in the input's folder, offered beside its pages."""

    file: Text
    label: Text | None = None


class Link(Statement):
    """Something of this record that already exists on the web; where it does, we mint none."""

    url: WebURI
    kind: Literal["landing page", "manifest", "preview", "file", "transcript", "finding aid", "other"] = "other"
    label: Text | None = None
    media_type: Text | None = None


class Identifier(Statement):
    """Another identifier of the record: DOI, ARK, a number of the source system."""

    value: Text
    kind: Text | None = None


class Note(Statement):
    """A note, with its MODS note type if it has one."""

    text: Text
    kind: Text | None = None
    language: Language | None = None


class Relation(Statement):
    """Another resource that this one belongs to or goes with, beside our own collections."""

    title: Text
    kind: (
        Literal["host", "series", "original", "other version", "other format", "references", "preceding", "succeeding"]
        | None
    ) = None
    identifier: Text | None = None
    description: Text | None = None
    url: WebURI | None = None
    label: Text | None = None


class Institution(Statement):
    """An institution that provides records."""

    name: Text
    homepage: WebURI | None = None
    logo: WebURI | None = None
    uri: URI | None = None


class Cataloguing(Statement):
    """What the source says of its own description. Never filled in by us: a stamp would move the record's datestamp."""

    source: Text | None = None
    created: EDTF | None = None
    changed: EDTF | None = None
    languages: tuple[Language, ...] = ()
    origin: Text | None = None


class Native(Statement):
    """The document that the record arrived as, to be served again as it was."""

    format: Literal["mods", "oai_dc", "oai_dcterms", "marc21"]
    document: Text


_PART: ContextVar[bool] = ContextVar("part", default=False)


@contextmanager
def parts() -> Iterator[None]:
    """Within it a record needs no title: what is read may be laid over a record that has one."""
    before = _PART.set(True)
    try:
        yield
    finally:
        _PART.reset(before)


def parts_allowed() -> bool:
    """Return whether a record may be a part, without a title."""
    return _PART.get()


_TIME = r"[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9])?"
_DATESTAMP = re.compile(rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}(T{_TIME})?")


def _datestamp(value: str) -> str:
    try:
        exists = bool(_DATESTAMP.fullmatch(value) and datetime.fromisoformat(value))
    except ValueError:
        exists = False
    if not exists:
        raise ValueError(f"{value!r} is no datestamp; write 2026-01-31 or 2026-01-31T12:00:00Z")
    return value


Datestamp = Annotated[Text, AfterValidator(_datestamp)]
"""A day or a time, as OAI-PMH's guidelines for provenance want it (XML Schema's date and dateTime)."""


class Provenance(Statement):
    """Which repository a record came from by OAI-PMH, as what, and when (guidelines for provenance).

    `altered` is stated of an earlier passing on alone: of our own it is seen in what we serve.
    """

    base_url: URI
    identifier: URI
    datestamp: Datestamp
    namespace: URI
    harvested: Datestamp
    altered: bool | None = None
    earlier: "Provenance | None" = None


class Record(Statement):
    """One document of an archive, as stated."""

    identifier: LocalIdentifier
    oai_identifier: OAIIdentifier | None = None
    identifiers: tuple[Identifier, ...] = ()
    titles: tuple[Title, ...] = ()
    agents: tuple[Agent, ...] = ()
    dates: tuple[Date, ...] = ()
    types: tuple[Literal[MODS_TYPES + DCMI_TYPES], ...] = ()  # type: ignore[valid-type]
    genres: tuple[Term, ...] = ()
    places_of_origin: tuple[Term, ...] = ()
    edition: Text | None = None
    languages: tuple[Language, ...] = ()
    original_languages: tuple[Language, ...] = ()
    abstracts: tuple[LocalText, ...] = ()
    contents: tuple[LocalText, ...] = ()
    notes: tuple[Note, ...] = ()
    subjects: tuple[Subject, ...] = ()
    source: Source | None = None
    extents: tuple[Text, ...] = ()
    media_types: tuple[Text, ...] = ()
    digital_origin: (
        Literal["born digital", "reformatted digital", "digitized microfilm", "digitized other analog"] | None
    ) = None
    collections: tuple[CollectionSpec, ...] = ()
    relations: tuple[Relation, ...] = ()
    rights: Rights | None = None
    funding: tuple[Funding, ...] = ()
    provider: Institution | None = None
    texts: tuple[DocumentText, ...] = ()
    pages: tuple[Page, ...] = ()
    structures: tuple[Range, ...] = ()
    downloads: tuple[Download, ...] = ()
    viewing_direction: Literal["left-to-right", "right-to-left", "top-to-bottom", "bottom-to-top"] | None = None
    behaviors: tuple[Literal["paged", "continuous", "individuals", "unordered"], ...] = ()
    links: tuple[Link, ...] = ()
    cataloguing: Cataloguing | None = None
    visibility: Literal["public", "hidden", "deleted"] = "public"
    embargoed_until: date | None = None
    unmapped: dict[Text, tuple[Text, ...]] = {}
    native: Native | None = None
    provenance: Provenance | None = None

    @model_validator(mode="before")
    @classmethod
    def _drop_blanks(cls, value: object) -> object:
        return without_blanks(value) or {} if isinstance(value, dict) else value

    @model_validator(mode="after")
    def _named(self) -> Self:
        if not self.named and not parts_allowed():
            raise ValueError(UNNAMED)
        return self

    @property
    def named(self) -> bool:
        """Whether it has a main title, or needs none, as a record that is only a deletion."""
        return self.visibility == "deleted" or any(title.kind == "main" for title in self.titles)

    @property
    def title(self) -> Title:
        """The main title (a record that is only a deletion has none and is never shown)."""
        return next(title for title in self.titles if title.kind == "main")

    @property
    def presentable(self) -> bool:
        """Whether there is anything to show a reader: page images, or a text or abstract that can be set as pages."""
        return bool(self.pages or self.texts or self.abstracts)

    def link(self, kind: str) -> str | None:
        """Return the address of the first link of that kind, or None."""
        return next((link.url for link in self.links if link.kind == kind), None)


class Collection(Statement):
    """A set of records, as `collections.toml` states it.

    The defaults are statements of the archive: they hold for each record of the collection that does not say otherwise.
    """

    spec: SetSpec
    title: Text
    description: Text | None = None
    rights: Rights | None = None
    provider: Institution | None = None
    intermediate_provider: Institution | None = None
    aggregator: Institution | None = None
    languages: tuple[Language, ...] = ()
    original_languages: tuple[Language, ...] = ()
    funding: tuple[Funding, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _drop_blanks(cls, value: object) -> object:
        return without_blanks(value) or {} if isinstance(value, dict) else value
