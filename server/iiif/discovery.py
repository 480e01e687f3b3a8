"""The stream of changes over HTTP (Change Discovery 1.0, 4): its pages, but for the last one, may be kept for ever."""

from flask import Response, abort

from mappings.iiif import activities
from server.current import library
from server.iiif import known
from server.iiif.presentation import answer

LINKED_DATA = f'{activities.MEDIA_TYPE};profile="{activities.CONTEXT}"'
FOR_EVER = "public, max-age=31536000, immutable"
"""A year: nothing may be kept for longer by HTTP (RFC 9111, 5.2.2.1; RFC 8246)."""


def collection() -> Response:
    """Return the collection of all activities."""
    stream = library().store.activities()
    if stream is None:
        abort(404, "no manifest was published here yet, so that there is no change to tell")
    config = library().config
    document = activities.ordered_collection(library().repository(), stream, rights=config.metadata_rights)
    return answer(document, LINKED_DATA)


def page(number: str) -> Response:
    """Return a page of activities; one that is followed by another never changes."""
    found = library().store.activity_page(known.page(number))
    if found is None:
        abort(404, "there is no such page of changes; begin at /iiif/activity/collection.json")
    response = answer(activities.page(library().repository(), found), LINKED_DATA)
    if not activities.is_last(found):
        response.headers["Cache-Control"] = FOR_EVER
    return response
