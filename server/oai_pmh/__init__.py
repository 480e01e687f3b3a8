"""OAI-PMH 2.0 at `/oai`: one view, the table of verbs, and errors as answers."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace

from flask import Blueprint, Response, g, request

from mappings.iiif import uris
from records.database import StoreError
from server.compression import takes_gzip
from server.current import library
from server.library import Library
from server.oai_pmh import (
    get_record,
    identify,
    list_identifiers,
    list_metadata_formats,
    list_records,
    list_sets,
)
from server.oai_pmh.arguments import LEGAL, Arguments, parse, received
from server.oai_pmh.document import Answer, Body, document
from server.oai_pmh.errors import ECHO_NOTHING, OAIErrors
from server.oai_pmh.exchange import BUSY, Exchange
from server.watching import watch
from server.watching.crowd import CrowdedError

RETRY_SECONDS = 30
"""When a harvester should ask again while the store does not answer."""

blueprint = Blueprint("oai_pmh", __name__)

VERBS: dict[str, Callable[[Arguments, Library], Answer]] = {
    "GetRecord": get_record.answer,
    "Identify": identify.answer,
    "ListIdentifiers": list_identifiers.answer,
    "ListMetadataFormats": list_metadata_formats.answer,
    "ListRecords": list_records.answer,
    "ListSets": list_sets.answer,
}


@blueprint.route("/oai", methods=["GET", "POST"])
def oai() -> Response:
    """Answer an OAI-PMH request (2.0, 3.1). Errors of the protocol are answers too, with HTTP status 200."""
    g.exchange = Exchange()
    body = respond(lambda: received(request), g.exchange, packed=takes_gzip(request.headers.get("Accept-Encoding", "")))
    answer = Response(body.content, mimetype="text/xml")
    if body.packed:
        answer.content_encoding = "gzip"
    answer.headers["Access-Control-Allow-Origin"] = "*"  # manifests refer here, and viewers of every host follow
    return answer


def respond(arguments: Callable[[], Sequence[tuple[str, str]]], exchange: Exchange, *, packed: bool = False) -> Body:
    """Return the answer to a request.

    Args:
        arguments: returns its arguments in their order, decoded, or raises OAIErrors.
        exchange: is told what becomes of it.
        packed: whether it may be packed by gzip, where it is at hand so.

    Raises:
        CrowdedError: it asks for a list, and too many do.
        StoreError: the store does not answer.
    """
    desk = library()
    base_url = uris.oai_endpoint(desk.config.base_url)
    given: dict[str, str] = {}
    try:
        parsed = replace(parse(arguments()), packed=packed)
        given = parsed.given
        exchange.asked(parsed)
        with watch().crowd.place() if LEGAL[parsed.verb].resumable else nullcontext():
            found = VERBS[parsed.verb](parsed, desk)
            body = document(found.body, time=found.time, base_url=base_url, attributes=given)
        exchange.answered(found)
    except OAIErrors as errors:
        exchange.erred(errors)
        echoed = {} if any(isinstance(error, ECHO_NOTHING) for error in errors.errors) else errors.given or given
        time = desk.store.time() if errors.time is None else errors.time
        body = document([errors.body()], time=time, base_url=base_url, attributes=echoed)
    return body


@blueprint.errorhandler(StoreError)
def unavailable(_error: StoreError) -> Response:
    """Ask the harvester to come back where the store does not answer (OAI-PMH 2.0, 3.1.2.2)."""
    return _later("The repository cannot answer now; ask again later.", RETRY_SECONDS)


@blueprint.errorhandler(CrowdedError)
def crowded(error: CrowdedError) -> Response:
    """Ask the harvester to come back where there are too many list requests."""
    g.exchange.outcome = BUSY
    return _later(f"The repository answers many harvesters now; ask again in {error.seconds} seconds.", error.seconds)


def _later(sentence: str, seconds: int) -> Response:
    answer = Response(f"{sentence}\n", status=503, mimetype="text/plain")
    answer.headers["Retry-After"] = str(seconds)
    return answer
