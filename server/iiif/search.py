"""Searching a record, a set with all below it, or everything (Content Search 2.0 and 1.0)."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, abort, request

from mappings.iiif import passages as reading
from mappings.iiif import search as answers
from mappings.iiif import uris
from mappings.iiif.passages import Passage
from mappings.iiif.search import Asked, Manifest, Match, Page
from records.search.query import LONGEST, Query, asked
from records.search.results import BEGINNING, Found, Position, Results, Scope, position
from server.current import library
from server.iiif import known
from server.iiif.conditional import conditional
from server.iiif.media_type import PLAIN
from server.publishing import MANIFEST

HITS = 100
"""Hits of a page of an answer."""

TERMS = 20
"""Terms of an answer at most."""

MOTIVATIONS = {1: {"painting", "sc:painting"}, 2: {"supplementing", "contextualizing"}}
"""What the annotations of an answer are for, in each version: who asks for others finds nothing."""

_NUMBER = re.compile("[0-9]{1,9}", re.ASCII)


def search_in(version: str, identifier: str = "", spec: str = "") -> Response:
    """Return a page of what is found in a record, in a set, or in everything where neither is named."""
    scope, number = _scope(identifier, spec), int(version)
    wanted = _asked(identifier, spec, {"q", "motivation", "page"})
    start = _start()
    page = Page(())
    if _motivated(number):
        found = library().store.search(_query(), scope, start, HITS)
        page = _page(found, one=identifier)
    return conditional(answers.answer(number, wanted, page), PLAIN)


def complete_in(version: str, identifier: str = "", spec: str = "") -> Response:
    """Return the words of a record, of a set, or of everything that begin with what is asked."""
    scope, number = _scope(identifier, spec), int(version)
    wanted = _asked(identifier, spec, {"q", "motivation", "min"})
    question, least = _question(), _least()
    found = library().store.terms(question, scope, least=least, most=TERMS) if _motivated(number) else []
    return conditional(answers.terms(number, wanted, found), PLAIN)


def _scope(identifier: str, spec: str) -> Scope:
    """Return where to search.

    Raises:
        NotFound: there is no such record or collection.
        Gone: the record was withdrawn.
    """
    found = library().store.scope(identifier=identifier or None, set_spec=known.spec(spec) if spec else None)
    if found is None:
        known.document(identifier, MANIFEST)
        abort(404, "there is nothing to search at this address")
    return found


def _asked(identifier: str, spec: str, obeyed: set[str]) -> Asked:
    arguments = [(name, " ".join(request.args.getlist(name))) for name in ("q", "motivation", "min") if name in obeyed]
    return Asked(
        uris.searched(library().config.base_url, identifier=identifier, spec=spec),
        tuple((name, value) for name, value in arguments if value),
        tuple(name for name in request.args if name not in obeyed),
    )


def _question() -> str:
    """Return what is searched for; without it nothing is found.

    Raises:
        BadRequest: it is too long.
    """
    question = " ".join(request.args.getlist("q"))
    if len(question) > LONGEST:
        abort(400, f"q has {len(question)} characters; ask for {LONGEST} at most")
    return question


def _query() -> Query:
    """Return what is searched for, word by word.

    Raises:
        BadRequest: that is too much.
    """
    try:
        return asked(_question())
    except ValueError as error:
        abort(400, str(error))


def _motivated(version: int) -> bool:
    """Whether annotations such as ours are asked for (Content Search 2.0, 4.1.1)."""
    wanted = set(" ".join(request.args.getlist("motivation")).split())
    return not wanted or bool(wanted & MOTIVATIONS[version])


def _start() -> Position:
    """Return where the page begins that is asked for.

    Raises:
        BadRequest: there is no such page.
    """
    written = request.args.get("page")
    try:
        return position(written) if written else BEGINNING
    except ValueError as error:
        abort(400, str(error))


def _least() -> int:
    """Return how often a term must be found.

    Raises:
        BadRequest: it is no number.
    """
    written = request.args.get("min") or "1"
    if not _NUMBER.fullmatch(written):
        abort(400, f"min is {written!r}; write a number such as 2")
    return int(written)


def _page(results: Results, *, one: str) -> Page:
    """Return results with their places on canvases; `one` is the record that is searched, if it is one alone."""
    lines = library().store.found_lines([found.key for found in results.found])
    identifiers = dict.fromkeys(identifier for identifier, _lines in lines.values())
    manifests = {} if one else _manifests(list(identifiers))
    matches: list[Match] = []
    for found in results.found:
        identifier, kept = lines.get(found.key, ("", None))
        if kept and (one or identifier in manifests):
            matches += _matches(found, reading.kept(kept), identifier, manifests.get(identifier))
    return Page(matches, results.start, results.previous, results.next, results.hits, results.lines, results.last)


def _matches(found: Found, passage: Passage, identifier: str, manifest: Manifest | None) -> list[Match]:
    canvas = uris.canvas_of(library().config.base_url, identifier, passage.number)
    places = [answers.Place(*found.tokens(hit), hit.reaches) for hit in found.hits]
    return list(answers.matches(passage, places, canvas=canvas, place=found.place, manifest=manifest))


def _manifests(identifiers: Sequence[str]) -> Mapping[str, Manifest]:
    """Return the manifests of records that are shown, as collections refer to them."""
    documents = library().store.shown_references(identifiers)
    return {key: _manifest(json.loads(document)) for key, document in documents.items()}


def _manifest(document: Mapping[str, Any]) -> Manifest:
    return Manifest(document["id"], document["label"])
