"""Every URI that we mint, grouped by what answers it. Those under "names only" are never fetched."""

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote, quote_plus, urlencode

from mappings.repository import Repository
from records.model import Record

_SEGMENT = "~!'()*:@$&+,;="
"""Characters that may stand in a path segment as they are (RFC 3986, 3.3)."""

_ASCII = "".join(map(chr, range(0x21, 0x7F)))

_quoted = lru_cache(maxsize=256)(quote_plus)
"""Many requests of one record are written one after the other."""


def encoded(address: str) -> str:
    """Return an address that a record states as a URI: what is not ASCII is encoded by % (RFC 3987, 3.1)."""
    return address if address.isascii() else quote(address, safe=_ASCII)


def front_page(base_url: str) -> str:
    """Return the web page that a reader begins at."""
    return f"{base_url}/"


def oai_endpoint(base_url: str) -> str:
    """Return the OAI-PMH base URL of a server."""
    return f"{base_url}/oai"


def schema(base_url: str, place: str) -> str:
    """Return where a schema is: where its publisher has it, or with us if its place is but the name of one of ours."""
    return place if "://" in place else f"{base_url}/schemas/{place}"


def oai_request(base_url: str, arguments: Iterable[tuple[str, str]]) -> str:
    """Return an OAI-PMH request by its arguments."""
    return f"{oai_endpoint(base_url)}?{_query(arguments)}"


def explorer(base_url: str, arguments: Iterable[tuple[str, str]] = ()) -> str:
    """Return the web page that shows the answer to an OAI-PMH request, by the request's arguments."""
    query = _query(arguments)
    return f"{base_url}/explore{query and f'?{query}'}"


def conformance(base_url: str, *parts: str) -> str:
    """Return the web page of the newest check of the records; or that of a rule, or of an aggregator, by its parts."""
    return "/".join((f"{base_url}/conformance", *(quote(part, safe=_SEGMENT) for part in parts)))


def findings(base_url: str) -> str:
    """Return what the newest check found, as CSV."""
    return f"{base_url}/conformance.csv"


def _query(arguments: Iterable[tuple[str, str]]) -> str:
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in arguments)


def asked_record(repository: Repository, record: Record, metadata_prefix: str) -> list[tuple[str, str]]:
    """Return the arguments of the OAI-PMH request for one record in one format."""
    identifier = repository.oai_identifier(record)
    return [("verb", "GetRecord"), ("metadataPrefix", metadata_prefix), ("identifier", identifier)]


def get_record(repository: Repository, record: Record, metadata_prefix: str) -> str:
    """Return the OAI-PMH request for one record in one format."""
    return oai_request(repository.base_url, asked_record(repository, record, metadata_prefix))


def landing_page(repository: Repository, record: Record) -> str:
    """Return the web page of a record: the one that it has already, else ours."""
    return record.link("landing page") or record_page(repository, record)


def record_page(repository: Repository, record: Record) -> str:
    """Return our web page of a record."""
    return page_of(repository.base_url, record.identifier)


def page_of(base_url: str, identifier: str) -> str:
    """Return our web page of a record by its local identifier."""
    return f"{base_url}/records/{identifier}"


def opened_record_page(repository: Repository, record: Record, content: str) -> str:
    """Return our web page of a record, opened at a page of the document (Content State 1.0, 3.1).

    Args:
        repository: who publishes it.
        record: the record.
        content: the content state, encoded (6).
    """
    return f"{record_page(repository, record)}?{urlencode({'iiif-content': content})}"


def document(repository: Repository, record: Record, metadata_prefix: str) -> str:
    """Return the record's document in a harvestable format, by itself."""
    return document_of(repository.base_url, record.identifier, metadata_prefix)


def document_of(base_url: str, identifier: str, metadata_prefix: str) -> str:
    """Return the same by the record's local identifier."""
    return f"{page_of(base_url, identifier)}/{metadata_prefix}.xml"


def text(repository: Repository, record: Record, number: int) -> str:
    """Return a text of the record (counted from 1) as plain text."""
    return f"{record_page(repository, record)}/text/{number}.txt"


def download(repository: Repository, record: Record, number: int) -> str:
    """Return a PDF of the record, counted from 1."""
    return f"{record_page(repository, record)}/download/{number}.pdf"


def manifest(repository: Repository, record: Record) -> str | None:
    """Return the manifest of a record: the one that it has already, else ours; None if it has nothing to show."""
    ours = manifest_of(repository.base_url, record.identifier) if record.presentable else None
    return record.link("manifest") or ours


def manifest_of(base_url: str, identifier: str) -> str:
    """Return our manifest of a record by its local identifier."""
    return f"{base_url}/iiif/{identifier}/manifest.json"


def page_image(repository: Repository, record: Record, number: int, extension: str) -> str:
    """Return a page image, counted from 1; `extension` is jpg, png, tif, webp or gif."""
    return f"{_iiif(repository, record)}/page/{number}.{quote(extension, safe=_SEGMENT)}"


def thumbnail(repository: Repository, record: Record, number: int) -> str:
    """Return the small image of a page (JPEG)."""
    return f"{_iiif(repository, record)}/page/{number}/thumbnail.jpg"


def image_service(repository: Repository, record: Record, number: int) -> str:
    """Return the image service of a page, by itself the base URI of its pictures (Image API 3.0, 2)."""
    return image_service_of(repository.base_url, record.identifier, number)


def image_service_of(base_url: str, identifier: str, number: int) -> str:
    """Return the same by the record's local identifier."""
    return f"{base_url}/iiif/{identifier}/image/{number}"


def image_service_elsewhere(template: str, record: Record, file: str) -> str:
    """Return the image service of a page on another server, by the page's place in the media folder."""
    return template.replace("{record}", record.identifier).replace("{file}", quote(file, safe=_SEGMENT))


def lines(repository: Repository, record: Record, number: int) -> str:
    """Return the text of a canvas, counted from 1, as annotations by line."""
    return f"{canvas(repository, record, number)}/lines.json"


def preview(repository: Repository, record: Record) -> str | None:
    """Return the small image of a record: a stated one, else that of its first page image; None for typeset pages."""
    return record.link("preview") or (thumbnail(repository, record, 1) if record.pages else None)


def top_collection(repository: Repository) -> str:
    """Return the IIIF collection that holds all others."""
    return f"{repository.base_url}/iiif/collection.json"


def collection(repository: Repository, spec: str) -> str:
    """Return the IIIF collection of a set."""
    return f"{repository.base_url}/iiif/collection/{quote(spec, safe=_SEGMENT)}.json"


def collection_part(repository: Repository, spec: str, span: str) -> str:
    """Return a part of the IIIF collection of a set, by its span; that of the top collection if the spec is empty."""
    place = f"/{quote(spec, safe=_SEGMENT)}" if spec else ""
    return f"{repository.base_url}/iiif/collection{place}/part/{span}.json"


def activities(repository: Repository) -> str:
    """Return the stream of changes of all manifests (Change Discovery 1.0, 3.1)."""
    return f"{repository.base_url}/iiif/activity/collection.json"


def activity_page(repository: Repository, number: int) -> str:
    """Return a page of that stream by its number."""
    return f"{repository.base_url}/iiif/activity/page/{number}.json"


def collection_page(repository: Repository, spec: str) -> str:
    """Return our web page of a collection."""
    return f"{repository.base_url}/collections/{quote(spec, safe=_SEGMENT)}"


def searched(base_url: str, *, identifier: str = "", spec: str = "") -> str:
    """Return what the services of a search begin with: of a record, of a set with all below it, or of everything."""
    within = f"/{identifier}" if identifier else f"/collection/{quote(spec, safe=_SEGMENT)}" if spec else ""
    return f"{base_url}/iiif{within}"


def search(scope: str, version: int, arguments: Iterable[tuple[str, str]] = ()) -> str:
    """Return a search service (Content Search 2.0, 3), or a search by its arguments; `searched` gives the scope."""
    return _asked(f"{scope}/search/{version}", arguments)


def completion(scope: str, version: int, arguments: Iterable[tuple[str, str]] = ()) -> str:
    """Return the service that completes what is searched for (Content Search 2.0, 5), or what it is asked."""
    return _asked(f"{scope}/autocomplete/{version}", arguments)


def _asked(service: str, arguments: Iterable[tuple[str, str]]) -> str:
    query = _query(arguments)
    return f"{service}{query and f'?{query}'}"


def viewer(repository: Repository, content: str) -> str:
    """Return the address that opens a manifest, or a content state, in the viewer that we serve.

    Args:
        repository: whose server it is.
        content: the manifest's address, or a content state, encoded (Content State 1.0, 3.1 and 6).
    """
    return f"{repository.base_url}/view?{urlencode({'iiif-content': content})}"


def framed_viewer(repository: Repository, content: str) -> str:
    """Return the same viewer without anything around it, to stand within another web page."""
    return f"{viewer(repository, content)}&framed=1"


# Names only.


def cultural_object(repository: Repository, record: Record) -> str:
    """Return the name of the archive's object itself, in EDM; its address leads to our web page of it."""
    return f"{record_page(repository, record)}#object"


def aggregation(repository: Repository, record: Record) -> str:
    """Return the name of what holds together object, images and providers, in EDM (OAI-ORE)."""
    return f"{record_page(repository, record)}#aggregation"


def canvas(repository: Repository, record: Record, number: int) -> str:
    """Return the name of a canvas, counted from 1."""
    return f"{_iiif(repository, record)}/canvas/{number}"


def structure(repository: Repository, record: Record, place: str) -> str:
    """Return the name of a range by its place in the table of contents, such as 2.1."""
    return f"{_iiif(repository, record)}/range/{place}"


def painting_page(repository: Repository, record: Record, number: int) -> str:
    """Return the name of the annotation page that paints a canvas."""
    return f"{canvas(repository, record, number)}/painting"


def painting(repository: Repository, record: Record, number: int) -> str:
    """Return the name of the annotation that paints a canvas."""
    return f"{canvas(repository, record, number)}/painting/1"


def canvas_of(base_url: str, identifier: str, number: int) -> str:
    """Return the name of a canvas by the record's local identifier."""
    return f"{base_url}/iiif/{identifier}/canvas/{number}"


def found_words(canvas_uri: str, place: int, start: int, end: int) -> str:
    """Return the name of the annotation of words that a search found.

    Args:
        canvas_uri: the canvas that they stand on.
        place: which passage of the record they stand in.
        start: where they begin in its text, in characters.
        end: where they end.
    """
    return f"{canvas_uri}/text/{place}/{start}-{end}"


def line(repository: Repository, record: Record, number: int, place: int) -> str:
    """Return the name of an annotation that holds a line of a canvas, both counted from 1."""
    return f"{canvas(repository, record, number)}/line/{place}"


def _iiif(repository: Repository, record: Record) -> str:
    return f"{repository.base_url}/iiif/{record.identifier}"
