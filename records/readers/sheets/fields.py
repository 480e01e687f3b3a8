"""The fields that columns can fill: what they are called here and elsewhere, what stands in them, where it goes.

Names from elsewhere: CollectionBuilder, Islandora Workbench, CONTENTdm, Omeka, Hyrax, DSpace, and the terms of Dublin
Core. The roles of agents are not in the table: each label of a MARC relator is a heading too.
"""

from typing import NamedTuple

from records.readers.sheets import agents, putting
from records.readers.sheets.draft import Put

SEPARATOR = "|"
"""What divides several values in a cell, if nothing else is said."""


class Field(NamedTuple):
    """A field.

    Attributes:
        words: what stands in the column, for staff.
        example: a value.
        put: puts a value where it belongs.
        names: other headings that mean it; case, blanks, hyphens, prefixes and a plural s do not count.
        many: whether a cell can hold several values.
        joins: whether two columns can fill it.
    """

    words: str
    example: str
    put: Put
    names: tuple[str, ...] = ()
    many: bool = False
    joins: bool = True


def _many(words: str, example: str, put: Put, *names: str) -> Field:
    return Field(words, example, put, names, many=True)


def _each(words: str, example: str, put: Put, *names: str) -> Field:
    return Field(words, example, put, names)


def _one(words: str, example: str, put: Put, *names: str) -> Field:
    return Field(words, example, put, names, joins=False)


FIELDS: dict[str, Field] = {
    "identifier": _one(
        "Names the record for ever and stands in its address. Needed.",
        "letter-1",
        putting.identifier,
        *("objectid", "id", "record id", "local identifier", "local id", "item id", "node id", "nid"),
    ),
    "other identifier": _many(
        "Other numbers of the same document.",
        "Acc. 1965-12",
        putting.other_identifier(None),
        *("alternative identifier", "identifier other", "accession number", "contentdm number", "oclc number"),
        *("identifier local", "legacy id", "isbn", "uuid", "pid"),
    ),
    "oai identifier": _one("The OAI-PMH identifier that the record has already.", "", putting.oai_identifier),
    "doi": _many("Its DOI.", "", putting.other_identifier("doi"), "identifier doi"),
    "ark": _many("Its ARK.", "", putting.other_identifier("ark"), "identifier ark"),
    "title": _each(
        "The title. Needed. A title in another language has a column of its own: title@zh.",
        "Letter to a friend",
        putting.title("main"),
        *("main title", "title proper", "name of item"),
    ),
    "alternative title": _many(
        "Another title.", "", putting.title("alternative"), "alternative", "alt title", "title alternative", "subtitle"
    ),
    "translated title": _many("A translation of the title.", "", putting.title("translated"), "title translated"),
    "uniform title": _many("The uniform title.", "", putting.title("uniform"), "title uniform"),
    "creator": _many(
        "Who wrote or made it; 'sender' and 'author' mean the same.",
        "Kraus, Anna",
        agents.agent("cre"),
        *("sender", "author", "contributor author", "from"),
    ),
    "recipient": _many("Whom it was sent to.", "Weber, Karl", agents.agent("rcp"), "addressee", "to"),
    "contributor": _many("Who else had a part in it.", "", agents.agent("ctb")),
    "translator": _many(
        "Who translated it. Each MARC relator can head a column so: photographer, editor.",
        "",
        agents.agent("trl"),
    ),
    "agents": _many(
        "Anybody, with the role in front.",
        "relators:trl:person:Kraus, Charles",
        agents.agent(None),
        *("agent", "linked agent"),
    ),
    "date": _many(
        "When it was made, as EDTF or in words.",
        "1965-03-02",
        putting.date("created"),
        *(
            "date created",
            "created",
            "creation date",
            "date of creation",
            "edtf date created",
            "edtf date",
            "date original",
        ),
        *("original date",),
    ),
    "date issued": _many(
        "When it was published.",
        "",
        putting.date("issued"),
        *("issued", "publication date", "date published", "edtf date issued", "date of publication"),
    ),
    "date copyrighted": _many("The year of copyright.", "", putting.date("copyright"), "copyright date"),
    "date digitized": _many(
        "When it was digitized.", "", putting.date("captured"), "date captured", "digitization date"
    ),
    "date modified": _many("When it was changed.", "", putting.date("modified"), "modified"),
    "date valid": _many("When it is valid.", "", putting.date("valid"), "valid"),
    "date uploaded": _many(
        "When it was put on the web.",
        "",
        putting.date("uploaded"),
        "date submitted",
        "upload date",
        "date available",
        "original upload date",
    ),
    "type": _many(
        "What it is, in a word of DCMI or MODS; other words become its genre.",
        "Text",
        putting.kind,
        *("resource type", "type of resource", "dcmi type"),
    ),
    "genre": _many(
        "Its genre in your own words.", "letters", putting.term("genres"), "document type", "form", "work type"
    ),
    "language": _many(
        "The language of the text.",
        "en",
        putting.language("languages"),
        *("language of text", "language of translation", "language iso", "inlanguage"),
    ),
    "original language": _many(
        "The language of the original.", "zh", putting.language("original_languages"), "language of original"
    ),
    "abstract": _each(
        "What it says, in a few sentences. By language: abstract@de.",
        "Asks for news of the family.",
        putting.local_text("abstracts"),
        *("description", "summary", "description abstract", "long description"),
    ),
    "contents": _each(
        "Its table of contents.", "", putting.local_text("contents"), "table of contents", "description tableofcontents"
    ),
    "note": _each("Anything else to be said.", "", putting.note, "notes", "general note", "comment"),
    "place of origin": _many(
        "Where it was made or published.",
        "Berlin",
        putting.term("places_of_origin"),
        *("place of publication", "publication place", "place published", "place of creation", "production place"),
    ),
    "edition": _one("The edition.", "", putting.single("edition")),
    "subject": _many(
        "What it is about.",
        "families | war",
        putting.subject("topic"),
        "keyword",
        "topic",
        "tag",
        "subject topic",
        "subject lcsh",
    ),
    "person": _many(
        "Persons that it is about.",
        "",
        putting.subject("person"),
        "subject person",
        "subject name",
        "people",
        "depicted",
    ),
    "organization": _many(
        "Bodies that it is about.",
        "",
        putting.subject("organization"),
        *("subject organization", "subject corporate", "organisation", "corporate body"),
    ),
    "place": _many(
        "Places that it is about.",
        "Vienna",
        putting.subject("place"),
        *("location", "spatial", "based near", "coverage spatial", "spatial coverage", "geographic subject"),
        *("subject geographic", "subject place", "country", "city"),
    ),
    "time": _many(
        "Times that it is about.",
        "1914-1918",
        putting.subject("time"),
        *(
            "temporal",
            "coverage temporal",
            "temporal coverage",
            "temporal subject",
            "subject temporal",
            "period",
            "era",
            "time period",
        ),
    ),
    "coverage": _many("A place or a time that it is about.", "", putting.coverage),
    "latitude": _one("Latitude of the place, in degrees.", "", putting.degrees("latitude", 90), "lat"),
    "longitude": _one(
        "Longitude of the place, in degrees.", "", putting.degrees("longitude", 180), "lon", "long", "lng"
    ),
    "coordinates": _one("Latitude and longitude of the place.", "", putting.coordinates, "geolocation"),
    "repository": _one(
        "The archive that keeps the original.",
        "Town Archive",
        putting.part("source", "repository"),
        *(
            "source repository",
            "holding institution",
            "holding repository",
            "archive",
            "physical location",
            "source archive",
            "original archive",
        ),
    ),
    "source collection": _one(
        "The holdings of that archive in which it is.",
        "",
        putting.part("source", "collection"),
        *("archival collection", "fonds", "original collection"),
    ),
    "shelfmark": _one(
        "Where it lies there.",
        "Box 3, 17",
        putting.part("source", "shelfmark"),
        *("source shelfmark", "call number", "reference code", "signature", "shelf locator", "classmark"),
    ),
    "citation": _one(
        "How it is to be cited.",
        "",
        putting.part("source", "citation"),
        *("preferred citation", "bibliographic citation", "source citation", "identifier citation"),
    ),
    "source": _each("What it was made from, in words.", "", putting.relation("original")),
    "is part of": _each(
        "The whole that it is a part of, in words.", "", putting.relation("host"), "host", "relation ispartof"
    ),
    "series": _each("The series that it belongs to.", "", putting.relation("series"), "relation ispartofseries"),
    "relation": _each("What it goes with.", "", putting.relation(None), "related resource"),
    "extent": _many(
        "How many leaves, and how large.",
        "2 leaves",
        putting.listed("extents"),
        "physical description",
        "format extent",
        "dimensions",
    ),
    "format": _many(
        "The media type of the file.",
        "",
        putting.media_type,
        *("media type", "mime type", "internet media type", "file format", "format mimetype"),
    ),
    "digital origin": _one(
        "born digital, reformatted digital, digitized microfilm or digitized other analog.", "", putting.digital_origin
    ),
    "collection": _many(
        "The sets that it belongs to, as collections.toml has them.",
        "letters:1965",
        putting.collection,
        *("collection id", "set", "set spec", "oai set"),
    ),
    "rights": _one(
        "The rights statement, word for word.",
        "Free for research. Ask us before you publish.",
        putting.rights,
        *(
            "rights text",
            "copyright",
            "copyright statement",
            "use and reproduction",
            "terms of use",
            "conditions of use",
        ),
        *("rights note", "rights information"),
    ),
    "rights uri": _one(
        "The URI of a rights statement or licence.",
        "http://rightsstatements.org/vocab/InC/1.0/",
        putting.rights_uri,
        *(
            "rights statement",
            "rights statement uri",
            "license",
            "licence",
            "license uri",
            "rights url",
            "rights license",
        ),
        *("standardized rights", "rights link", "licence uri", "edm rights"),
    ),
    "rights holder": _one("Who holds the rights.", "", putting.part("rights", "holder"), "copyright holder"),
    "rights contact": _one("Whom to ask.", "", putting.part("rights", "contact")),
    "access": _one(
        "Who may see it.", "", putting.part("rights", "access"), "access rights", "access restriction", "rights access"
    ),
    "classification": _one(
        "How secret the original was.",
        "",
        putting.part("rights", "classification"),
        *("original classification", "classification level"),
    ),
    "funding acknowledgment": _one(
        "What the funder wants to be said, word for word.",
        "Made possible by the Town Foundation.",
        putting.part("funding", "acknowledgment"),
        *(
            "acknowledgment",
            "acknowledgement",
            "funding acknowledgement",
            "funding note",
            "funding statement",
            "funding",
        ),
        *("sponsorship", "description sponsorship", "funder acknowledgment"),
    ),
    "funder": _many(
        "The name of the funder.", "Town Foundation", putting.funder, "funder name", "funding agency", "sponsor"
    ),
    "funder identifier": _one(
        "The funder's ROR or other URI.", "", putting.funder_identifier, "funder uri", "funder id", "funder ror"
    ),
    "award": _one(
        "The number of the grant.",
        "",
        putting.part("funding", "award"),
        *("award number", "grant number", "grant", "award identifier"),
    ),
    "provider": _one(
        "The institution that provides the record.",
        "",
        putting.part("provider", "name"),
        *("data provider", "contributing institution", "digital publisher", "institution"),
    ),
    "transcript": _each(
        "The text of the document.",
        "",
        putting.text("transcript"),
        *("transcription", "object transcript", "full text", "ocr", "ocr text", "text"),
    ),
    "translation": _each("A translation of the text. By language: translation@en.", "", putting.text("translation")),
    "landing page": _many(
        "The page on the web that the record has already.",
        "",
        putting.link("landing page"),
        *("homepage", "url", "identifier uri", "reference url", "is shown at", "item url", "permalink", "item uri"),
    ),
    "manifest": _many(
        "The IIIF manifest that it has already.", "", putting.link("manifest"), "iiif manifest", "manifest url"
    ),
    "preview": _many(
        "The web address of a small image.",
        "",
        putting.preview,
        "thumbnail",
        "thumbnail url",
        "image thumb",
        "image small",
    ),
    "finding aid": _many("The web address of the finding aid.", "", putting.link("finding aid"), "finding aid url"),
    "link": _many("Another web address.", "", putting.link("other"), "related url", "related link", "see also"),
    "file": _many(
        "The page images, in order, as they lie beside the sheet; or a PDF, each of whose pages is one.",
        "scans/1.jpg | scans/2.jpg",
        putting.file,
        *("file name", "object location", "image", "image file", "object filename", "object", "image url", "scan"),
    ),
    "pdf": _many(
        "A PDF of the whole beside the page images, for readers to download.",
        "",
        putting.download,
        "pdf file",
        "download",
    ),
    "structure": _many(
        "Parts of the document, each as its pages and its name.",
        "1-3 First letter | 4 Enclosure",
        putting.part_of_document,
        *("structures", "ranges", "page ranges"),
    ),
    "image description": _one(
        "What the image shows, for who cannot see it.", "", putting.alt_text, "image alt text", "alt text"
    ),
    "parent": _one(
        "In the row of a page: the identifier of the record that it is a page of.",
        "",
        putting.another_parent,
        "parent id",
    ),
    "member of": _one("The same in Islandora, where it may name what lies elsewhere.", "", putting.another_parent),
    "order": _one(
        "In the row of a page: its place among the pages.", "", putting.kept, "weight", "page order", "sequence"
    ),
    "model": _one("'Collection' in the row of what holds records, not pages (Islandora).", "", putting.kept),
    "visibility": _one(
        "public, hidden, or deleted.", "public", putting.visibility, "published", "visible", "is public"
    ),
    "embargo": _one(
        "Hidden until that day.",
        "",
        putting.embargo,
        *("embargoed until", "embargo date", "embargo release date", "embargo until"),
    ),
    "viewing direction": _one("left-to-right, right-to-left, top-to-bottom or bottom-to-top.", "", putting.direction),
    "kept as it is": _each(
        "What other programs need, kept and shown nowhere.",
        "",
        putting.kept,
        *(
            "display template",
            "display hint",
            "file size",
            "checksum",
            "contentdm file name",
            "contentdm file path",
            "layout",
        ),
    ),
}
"""The name of each field to what is known of it; a row is read in this order."""
