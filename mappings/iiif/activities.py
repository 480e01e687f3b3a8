"""The stream of changes (Change Discovery 1.0, level 2): what happened to each manifest that is published here.

A page that is followed by another never changes, so that nothing stands on it that may: no title, no name, no count.
"""

from datetime import UTC, datetime

import orjson

from mappings.formats import FORMATS
from mappings.iiif import uris
from mappings.iiif.presentation import Document, english, present
from mappings.namespaces import OAI
from mappings.repository import Repository
from records.activities import Activity, ActivityPage, Stream
from records.rights_uris import canonical_rights_uri

CONTEXT = "http://iiif.io/api/discovery/1/context.json"
MEDIA_TYPE = "application/ld+json"

_PAGE = "OrderedCollectionPage"


def ordered_collection(repository: Repository, stream: Stream, *, rights: str | None = None) -> bytes:
    """Return the collection of all activities, JSON in UTF-8 (3.1).

    Args:
        repository: who publishes.
        stream: the activities.
        rights: the licence of the metadata, as configured; told if it is one that the property allows.
    """
    described = {
        "id": uris.oai_request(repository.base_url, [("verb", "Identify")]),
        "type": "Dataset",
        "label": english("The repository, as OAI-PMH describes it"),
        "format": "text/xml",
        "profile": OAI,
    }
    first, last = stream.pages[0], stream.pages[-1]
    document = {
        "@context": CONTEXT,
        **_reference(repository),
        "totalItems": stream.last - stream.first + 1,
        "rights": canonical_rights_uri(rights) if rights else None,
        "seeAlso": [described],
        "first": _page_reference(repository, first),
        "last": _page_reference(repository, last),
    }
    return orjson.dumps(present(document))


def page(repository: Repository, shown: ActivityPage) -> bytes:
    """Return a page of activities, JSON in UTF-8 (3.2)."""
    pages = shown.stream.pages
    document = {
        "@context": CONTEXT,
        **_page_reference(repository, shown.number),
        "partOf": _reference(repository),
        "startIndex": shown.start,
        "prev": _page_reference(repository, shown.number - 1) if shown.number > pages[0] else None,
        "next": None if is_last(shown) else _page_reference(repository, shown.number + 1),
        "orderedItems": [_activity(repository, activity) for activity in shown.activities],
    }
    return orjson.dumps(present(document))


def is_last(shown: ActivityPage) -> bool:
    """Whether a page is the last one, and so may change."""
    return shown.number == shown.stream.pages[-1]


def see_also(repository: Repository) -> Document:
    """Return the reference that collections make to the stream (Presentation 3.0, 3.2, seeAlso)."""
    return {
        "id": uris.activities(repository),
        "type": "Dataset",
        "label": english("Changes of all manifests (IIIF Change Discovery)"),
        "format": MEDIA_TYPE,
        "profile": CONTEXT,
    }


def _activity(repository: Repository, activity: Activity) -> Document:
    """Return an activity (3.3); the description of what is there stands beside it (3.3, object, seeAlso)."""
    manifest: Document = {"id": uris.manifest_of(repository.base_url, activity.identifier), "type": "Manifest"}
    if activity.kind != "delete":
        mods = {
            "id": uris.document_of(repository.base_url, activity.identifier, "mods"),
            "type": "Dataset",
            "format": "application/xml",
            "profile": FORMATS["mods"].profile,
        }
        manifest["seeAlso"] = [mods]
    time = datetime.fromtimestamp(activity.datestamp, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"type": activity.kind.capitalize(), "object": manifest, "endTime": time}


def _reference(repository: Repository) -> Document:
    return {"id": uris.activities(repository), "type": "OrderedCollection"}


def _page_reference(repository: Repository, number: int) -> Document:
    return {"id": uris.activity_page(repository, number), "type": _PAGE}
