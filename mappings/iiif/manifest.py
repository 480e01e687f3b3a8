"""The IIIF manifest of a record (Presentation 3.0): the document, whose it is, and who paid for it."""

from html import escape
from typing import Any

import iiif_prezi3

from mappings import rights
from mappings.description import Row, Value, description
from mappings.formats import FORMATS
from mappings.iiif import uris
from mappings.iiif.leaves import Leaf, leaves
from mappings.iiif.openings import have_facing_pages, heading
from mappings.iiif.passages import searchable
from mappings.iiif.presentation import (
    Document,
    LanguageMap,
    english,
    finished,
    html,
    language_map,
    name_map,
    plain,
    present,
    readable,
)
from mappings.iiif.search import contexts, services
from mappings.iiif.structures import structures
from mappings.languages import language_name
from mappings.repository import Repository
from records.model import Institution, Record
from records.rights_uris import canonical_rights_uri

Documents = list[Document]


def write(record: Record, repository: Repository) -> bytes | None:
    """Return the finished manifest, JSON in UTF-8.

    Args:
        record: the record with what its collections state; its page images are measured.
        repository: who publishes it.

    Returns:
        None if there is nothing to show, or if the record states a manifest that exists elsewhere.
    """
    if record.visibility == "deleted" or not record.presentable or record.link("manifest"):
        return None
    shown = list(leaves(record, repository))
    searching = search_services(record, repository)
    document: Document = {
        "@context": contexts(searching),
        "id": uris.manifest(repository, record),
        "type": "Manifest",
        "label": label(record),
    }
    optional = {
        "metadata": metadata(record, repository),
        "summary": language_map((abstract.language, readable(abstract.text)) for abstract in record.abstracts),
        "requiredStatement": required_statement(record),
        "rights": rights_uri(record),
        "provider": provider(repository.provider(record), besides=uris.landing_page(repository, record)),
        "thumbnail": [shown[0].thumbnail.resource()],
        "navDate": nav_date(record),
        "viewingDirection": record.viewing_direction,
        "behavior": behavior(record),
        "start": start(record, repository),
        "homepage": homepage(record, repository),
        "seeAlso": see_also(record, repository),
        "rendering": rendering(record, repository),
        "partOf": part_of(record, repository),
        "service": searching,
    }
    document |= present(optional)
    document["items"] = [_canvas(leaf, record, repository) for leaf in shown]
    document |= present({"structures": structures(record, repository)})
    return finished(document, iiif_prezi3.Manifest)


def search_services(record: Record, repository: Repository) -> Documents:
    """Return the services that search the texts of a record; none if it has none (3.3.1, service)."""
    return services(uris.searched(repository.base_url, identifier=record.identifier)) if searchable(record) else []


def label(record: Record) -> LanguageMap:
    """Return the main title, and its translations as the same label in other languages (3.1, label)."""
    named = (title for title in record.titles if title.kind == "translated")
    return language_map((title.language, plain(title.text)) for title in (record.title, *named))


def metadata(record: Record, repository: Repository) -> Documents:
    """Return what is stated as pairs of label and value (3.1, metadata).

    Values in several languages would count as translations of each other, so each language has a pair of its own.
    """
    pairs = [pair for row in description(record, repository) for pair in _pairs(row)]
    titles = dict.fromkeys(readable(repository.collection_title(spec)) for spec in record.collections)
    own = [
        ("Collection", list(titles)),
        ("Rights", [readable(text) for text in _rights_texts(record)]),
        ("Funding", [readable(text) for text in rights.acknowledgments(record)]),
    ]
    return pairs + [{"label": english(name), "value": {"none": values}} for name, values in own if values]


def _pairs(row: Row) -> Documents:
    values = language_map((value.language, _value(value)) for value in row.values)
    return [{"label": english(plain(row.label)), "value": {language: texts}} for language, texts in values.items()]


def _value(value: Value) -> str:
    """Return a value; one that is named by a web address links there (4.5)."""
    return f'<a href="{escape(uris.encoded(value.uri))}">{html(value.text)}</a>' if value.uri else readable(value.text)


def required_statement(record: Record) -> Document | None:
    """Return acknowledgments and rights statement as the one statement that viewers must show (3.1).

    It is one value in HTML, a paragraph for each: viewers run several values together, and show those of one language
    only. The acknowledgment comes first, since it is short and must not be pushed out of sight.
    """
    thanks = rights.acknowledgments(record)
    stated = _rights_texts(record)
    named = "Acknowledgment and rights" if stated and thanks else "Rights" if stated else "Acknowledgment"
    paragraphs = [f"<p>{html(text)}</p>" for text in (*thanks, *stated)]
    value = "".join(paragraphs) if len(paragraphs) < 2 else f"<span>{''.join(paragraphs)}</span>"  # one root (4.5)
    return {"label": english(named), "value": {"none": [value]}} if value else None


def _rights_texts(record: Record) -> list[str]:
    """Return the rights statement and the name of the rights URI, which viewers show as an address alone; each once."""
    uri = rights.uri(record)
    texts = (rights.statement(record), rights.label(uri) if uri else None)
    return list(dict.fromkeys(text for text in texts if text))


def rights_uri(record: Record) -> str | None:
    """Return the stated rights URI if it is one that this property allows (3.1, rights)."""
    uri = rights.uri(record)
    return canonical_rights_uri(uri) if uri else None


def provider(institution: Institution | None, *, besides: str | None = None) -> Documents:
    """Return the institution as an agent (3.1, provider), which needs an address; without one the metadata names it.

    Args:
        institution: who provides the record.
        besides: the record's web page, if any: it is not named once more as that of the institution (3.2, id).
    """
    if institution is None or not (institution.uri or institution.homepage):
        return []
    name = name_map(institution.name)
    page = {
        "id": uris.encoded(institution.homepage or ""),
        "type": "Text",
        "label": name,
        "format": "text/html",
    }
    agent = {
        "id": uris.encoded(institution.uri or institution.homepage or ""),
        "type": "Agent",
        "label": name,
        "homepage": [page] if institution.homepage not in {None, besides} else [],
        "logo": [{"id": uris.encoded(institution.logo), "type": "Image"}] if institution.logo else [],
    }
    return [present(agent)]


def nav_date(record: Record) -> str | None:
    """Return the first date of creation, else of issue, if its day is known for certain (3.1, navDate).

    Other dates, such as that of digitization, would put the document into a time that it is not of.
    """
    spans = [date.span for kind in ("created", "issued") for date in record.dates if date.kind == kind and date.span]
    day = spans[0].day if spans else None
    return f"{day}T00:00:00Z" if day and not day.startswith("0000") else None


def behavior(record: Record) -> list[str]:
    """Return how pages are turned: as it is stated, else in twos where texts face each other (3.4, behavior)."""
    return list(record.behaviors) or (["paged"] if have_facing_pages(record) else [])


def start(record: Record, repository: Repository) -> Document | None:
    """Return the canvas behind a title page, so that viewers open at the text (3.4, start)."""
    return {"id": uris.canvas(repository, record, 2), "type": "Canvas"} if have_facing_pages(record) else None


def homepage(record: Record, repository: Repository) -> Documents:
    """Return the record's web page (3.2, homepage)."""
    page = uris.encoded(uris.landing_page(repository, record))
    return [{"id": page, "type": "Text", "label": label(record), "format": "text/html"}]


def see_also(record: Record, repository: Repository) -> Documents:
    """Return the record in the formats of harvesters, by itself and by OAI-PMH (3.2, seeAlso)."""
    filled = {prefix: form for prefix, form in FORMATS.items() if form.fills(record, repository)}
    by_itself = [
        present(
            {
                "id": uris.document(repository, record, prefix),
                "type": "Dataset",
                "label": english(form.title),
                "format": "application/xml",
                "profile": form.profile,
            }
        )
        for prefix, form in filled.items()
    ]
    by_protocol = [
        {
            "id": uris.get_record(repository, record, prefix),
            "type": "Dataset",
            "label": english(f"OAI-PMH record ({form.title})"),
            "format": "text/xml",
        }
        for prefix, form in filled.items()
    ]
    return by_itself + by_protocol


def rendering(record: Record, repository: Repository) -> Documents:
    """Return PDFs, each text as plain text, our page of a record whose landing page is elsewhere (3.2, rendering)."""
    found: Documents = [
        {
            "id": uris.download(repository, record, number),
            "type": "Text",
            "label": name_map(download.label) if download.label else english(_document(record, number)),
            "format": "application/pdf",
        }
        for number, download in enumerate(record.downloads, start=1)
    ]
    for number, text in enumerate(record.texts, start=1):
        language = f" in {language_name(text.language)}" if text.language else ""
        properties: dict[str, Any] = {
            "id": uris.text(repository, record, number),
            "type": "Text",
            "label": english(f"{text.kind.capitalize()}{language}, plain text"),
            "format": "text/plain",
            "language": [text.language] if text.language else [],
        }
        found.append(present(properties))
    if record.link("landing page"):
        page = uris.record_page(repository, record)
        found.append({"id": page, "type": "Text", "label": english("Web page"), "format": "text/html"})
    return found


def _document(record: Record, number: int) -> str:
    """Return what a PDF is called that has no label."""
    return f"Document{'' if len(record.downloads) == 1 else f' {number}'}, PDF"


def part_of(record: Record, repository: Repository) -> Documents:
    """Return the collections that hold the record, else the one that holds all (3.2, partOf)."""
    if not record.collections:
        return [{"id": uris.top_collection(repository), "type": "Collection", "label": name_map(repository.name)}]
    return [
        {
            "id": uris.collection(repository, spec),
            "type": "Collection",
            "label": name_map(repository.collection_title(spec)),
        }
        for spec in dict.fromkeys(record.collections)
    ]


def _canvas(leaf: Leaf, record: Record, repository: Repository) -> Document:
    canvas = uris.canvas(repository, record, leaf.number)
    body = leaf.image.resource()
    if leaf.service and (service := leaf.service.reference()):
        body["service"] = [service]
    painting = {
        "id": uris.painting(repository, record, leaf.number),
        "type": "Annotation",
        "motivation": "painting",
        "body": body,
        "target": canvas,
    }
    page = {"id": uris.painting_page(repository, record, leaf.number), "type": "AnnotationPage", "items": [painting]}
    document = {
        "id": canvas,
        "type": "Canvas",
        "label": leaf.label,
        "height": leaf.image.height,
        "width": leaf.image.width,
        "thumbnail": [leaf.thumbnail.resource()],
        "items": [page],
    }
    if leaf.texts:
        named = {"id": uris.lines(repository, record, leaf.number), "type": "AnnotationPage"}
        document["annotations"] = [named | {"label": english(heading(*leaf.texts))}]
    return document
