"""OAI-PMH 2.0: the table of verbs, and errors as answers."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace

from mappings.iiif import uris
from server.library import Library
from server.oai_pmh import (
    get_record,
    identify,
    list_identifiers,
    list_metadata_formats,
    list_records,
    list_sets,
)
from server.oai_pmh.arguments import LEGAL, Arguments, parse
from server.oai_pmh.document import Answer, Body, document
from server.oai_pmh.errors import ECHO_NOTHING, OAIErrors
from server.oai_pmh.exchange import Exchange
from server.watching.crowd import Crowd

VERBS: dict[str, Callable[[Arguments, Library], Answer]] = {
    "GetRecord": get_record.answer,
    "Identify": identify.answer,
    "ListIdentifiers": list_identifiers.answer,
    "ListMetadataFormats": list_metadata_formats.answer,
    "ListRecords": list_records.answer,
    "ListSets": list_sets.answer,
}


def respond(
    arguments: Callable[[], Sequence[tuple[str, str]]],
    exchange: Exchange,
    desk: Library,
    crowd: Crowd,
    *,
    packed: bool = False,
) -> Body:
    """Return the answer to a request. Errors of the protocol are answers too (OAI-PMH 2.0, 3.6).

    Args:
        arguments: returns its arguments in their order, decoded, or raises OAIErrors.
        exchange: is told what becomes of it.
        desk: settings and store.
        crowd: gives places to those who ask for lists.
        packed: whether it may be packed by gzip, where it is at hand so.

    Raises:
        CrowdedError: it asks for a list, and too many do.
        StoreError: the store does not answer.
    """
    base_url = uris.oai_endpoint(desk.config.base_url)
    given: dict[str, str] = {}
    try:
        parsed = replace(parse(arguments()), packed=packed)
        given = parsed.given
        exchange.asked(parsed)
        with crowd.place() if LEGAL[parsed.verb].resumable else nullcontext():
            found = VERBS[parsed.verb](parsed, desk)
            body = document(found.body, time=found.time, base_url=base_url, attributes=given)
        exchange.answered(found)
    except OAIErrors as errors:
        exchange.erred(errors)
        echoed = {} if any(isinstance(error, ECHO_NOTHING) for error in errors.errors) else errors.given or given
        time = desk.store.time() if errors.time is None else errors.time
        body = document([errors.body()], time=time, base_url=base_url, attributes=echoed)
    return body
